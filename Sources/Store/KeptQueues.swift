internal import GRDB
internal import Synchronization

/// Queues of files that were opened. When a queue goes, Dispatch wants a thread for its end and waits for ever where
/// the system gives none; the file itself is closed by whoever opened it.
private let opened = Mutex<[DatabaseQueue]>([])

extension DatabaseQueue {
  /// A queue that stays until the process ends: an evidence file each, of which a process opens few.
  static func kept(at path: String, _ configuration: Configuration) throws -> DatabaseQueue {
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    opened.withLock { $0.append(queue) }
    return queue
  }
}
