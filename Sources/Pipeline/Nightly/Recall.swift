internal import Core
internal import Decoding
internal import Foundation
internal import Hashing
internal import Store
internal import Synchronization

/// What earlier nights counted: asked before an image is decoded, and told what was counted anew.
///
/// An image is known by what its files hold, and by how it is counted. Whether files are as they were is told by what the
/// system says of them; where that has changed, by a hash of their bytes.
package final class Recall: Sendable {
  private let store: StateStore
  private let scheme: (id: Int64, Scheme)
  /// Of the run that asks.
  private let run: Int
  /// Whether there is anything to be found, which in a first night there is not.
  private let hasImages: Bool
  private let kept = Mutex(Kept())

  private struct Kept {
    /// Of each image that is known from now on, by its place in the run.
    var contents: [Int: Data] = [:]
    var new: [NewImage] = []
    var counted = 0
    var unkept = 0
    var fault: Problem?
  }

  /// A transaction costs as much as some images.
  private static let batch = 256

  init(_ store: StateStore, counting scheme: Scheme, tool: String, in run: Int) throws(Problem) {
    self.store = store
    self.scheme = (try store.scheme(scheme, tool: tool), scheme)
    self.run = run
    hasImages = try store.hasImages(counted: self.scheme.id)
  }

  var schemeID: Int64 { scheme.id }

  /// Images that were counted, and not remembered.
  var counted: Int { kept.withLock { $0.counted } }

  /// Of these, how many no state can keep.
  var unkept: Int { kept.withLock { $0.unkept } }

  /// What an image contributed, from an earlier night or counted now.
  ///
  /// - Parameters:
  ///   - needsGlance: whether a look at its set-up belongs to it.
  ///   - count: counts it; whether a state can keep that stands beside it.
  func evidence(
    of files: ImageFiles, needsGlance: Bool,
    counting count: () throws(Problem) -> (evidence: ImageEvidence, canBeKept: Bool)
  ) throws(Problem) -> ImageEvidence {
    let moment = secondsNow()
    let sighting = files.sighting(at: moment)
    let seen = sighting.map(StoredSighting.init)
    var content: Data?
    let image = ListedImage(name: files.name, index: files.index, group: files.group)
    if let seen {
      let remembered: Remembered? =
        hasImages
        ? noting { () throws(Problem) in
          try store.remembered(image, at: seen, counted: scheme, in: run)
        } : .nothing
      switch remembered {
      case .evidence(let evidence, let known)? where evidence.has(glance: needsGlance):
        note(files.index, known)
        return evidence.with(glance: needsGlance)
      case .evidence(_, let known)?, .content(let known)?: content = known
      case .nothing?, nil:
        content = try? files.content().map { Data($0.bytes) }
        if let content, let evidence = known(image, content, needsGlance: needsGlance) {
          let isSettled = sighting?.isSettled ?? false
          if isSettled, sighting?.holds ?? false {
            add(NewImage(sighting: seen, content: content, evidence: nil))
          }
          note(files.index, content)
          return evidence
        }
      }
    }
    let (evidence, canBeKept) = try count()
    kept.withLock { kept in
      kept.counted += 1
      if !canBeKept || content == nil { kept.unkept += 1 }
    }
    guard canBeKept, let content, let sighting, let seen, sighting.holds else { return evidence }
    // What changed a moment ago may change again without another time to tell by.
    if !sighting.isSettled {
      guard let again = try? files.content(), Data(again.bytes) == content else { return evidence }
    }
    add(
      NewImage(
        sighting: sighting.isSettled ? seen : nil, content: content,
        evidence: PackedEvidence(evidence)))
    note(files.index, content)
    return evidence
  }

  private func known(
    _ image: ListedImage, _ content: Data, needsGlance: Bool
  ) -> ImageEvidence? {
    guard hasImages else { return nil }
    let evidence = noting {
      () throws(Problem) in
      try store.evidence(of: image, content: content, counted: scheme, in: run)
    }
    guard let evidence = evidence ?? nil, evidence.has(glance: needsGlance) else { return nil }
    return evidence.with(glance: needsGlance)
  }

  private func note(_ index: Int, _ content: Data) {
    kept.withLock { $0.contents[index] = content }
  }

  private func add(_ image: NewImage) {
    let full: [NewImage] = kept.withLock { kept in
      kept.new.append(image)
      guard kept.new.count >= Recall.batch else { return [] }
      defer { kept.new = [] }
      return kept.new
    }
    _ = noting { () throws(Problem) in
      try store.remember(full, counted: scheme.id, in: run)
    }
  }

  /// A fault of the state is none of an image: it ends the run when all images are through.
  private func noting<Result>(_ body: () throws(Problem) -> Result) -> Result? {
    do throws(Problem) {
      return try body()
    } catch {
      kept.withLock { $0.fault = $0.fault ?? error }
      return nil
    }
  }

  /// Writes what is not written yet.
  ///
  /// - Returns: the content of each image that is known, by its place in the run.
  /// - Throws: Problem: something could not be read or written, now or before.
  func finish() throws(Problem) -> [Int: Data] {
    let (new, fault, contents) = kept.withLock { kept in
      defer { kept.new = [] }
      return (kept.new, kept.fault, kept.contents)
    }
    if let fault { throw fault }
    try store.remember(new, counted: scheme.id, in: run)
    return contents
  }
}

extension ImageEvidence {
  fileprivate func has(glance isNeeded: Bool) -> Bool { !isNeeded || glance != nil }

  /// Which images are looked at depends on how many there are.
  fileprivate func with(glance isNeeded: Bool) -> ImageEvidence {
    guard !isNeeded, glance != nil else { return self }
    var image = self
    image.glance = nil
    return image
  }
}

extension StoredSighting {
  /// Half of the hash of a place: nobody gains by two places that look the same, and by chance none do.
  init(_ sighting: Sighting) {
    self.init(
      place: Data(sighting.place.bytes.prefix(16)), stamp: Data(sighting.stamp.bytes.prefix(16)))
  }
}
