internal import CFiles
internal import Synchronization

/// By device, since a run asks for each of its files.
private let known = Mutex<[Int: Bool]>([:])

/// Whether a file system notes by itself when a file changed, and takes no time for it from anybody.
///
/// - Parameter path: of a file on it.
func hasOwnTimes(device: Int, with path: String) -> Bool {
  if let known = known.withLock({ $0[device] }) { return known }
  let isTrusted = unsafe unmask_has_own_times(path) == 1
  known.withLock { $0[device] = isTrusted }
  return isTrusted
}
