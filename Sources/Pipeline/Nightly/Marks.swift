internal import Configuration
internal import Core
internal import Decoding
internal import Diagnosis
internal import Foundation
internal import Hashing
internal import Reports
internal import Store

extension PreparedRun {
  /// A hash of everything that decides what is published; `nil` where something may have changed unseen.
  var inputMark: Data? {
    let moment = secondsNow()
    var hasher = ContentHasher()
    for text in [tool, plan.file.text, plan.file.path, "\(request.ending)"] + plan.notes {
      hasher.add(text)
    }
    // Such a run has a file more.
    hasher.add(request.nightly?.isUnattended ?? false ? 1 : 0)
    for format in formats { hasher.add(format.name) }
    hasher.add(baseline?.text(by: tool).text ?? "")
    guard let scheme = try? plan.scheme.json else { return nil }
    hasher.add(scheme)
    // What is accepted is so until a day.
    let day = today()
    for acceptance in plan.file.acceptances { hasher.add(day <= acceptance.until ? 1 : 0) }
    for problem in plan.problems {
      hasher.add(problem.image)
      hasher.add(problem.problem.description)
    }
    for image in plan.images {
      hasher.add(image.name)
      hasher.add(image.group ?? "")
      guard let sighting = image.sighting(at: moment) else {
        // Missing, or with a header that cannot be read; what becomes of it is seen by its files.
        guard let stamps = image.stamps else { return nil }
        for stamp in stamps {
          guard stamp?.isSettled(at: moment) ?? true else { return nil }
          hasher.add(stamp == nil ? 0 : 1)
          for number in stamp?.numbers ?? [] { hasher.add(number) }
        }
        continue
      }
      guard sighting.isSettled else { return nil }
      hasher.add(sighting.place.description)
      hasher.add(sighting.stamp.description)
      if let picture = image.picture {
        // Where there is none, none is drawn.
        let stamp = FileStamp(of: picture)
        guard stamp?.isSettled(at: moment) ?? true else { return nil }
        for number in stamp?.numbers ?? [] { hasher.add(number) }
      }
    }
    return Data(hasher.finished().bytes)
  }
}

/// Jenkins leaves out results that are older than its build.
let touchedFile = "junit.xml"

/// A hash of a set's files as they lie there; `nil` where one is missing. Of those that get a new time every night it has
/// what they hold, or nothing.
func outputMark(of place: String) -> Data? {
  guard let set = try? SetNames(keptIn: place) else { return nil }
  var hasher = ContentHasher()
  for name in set.names.sorted() {
    guard let stamp = FileStamp(of: name.under(place)) else { return nil }
    hasher.add(name)
    switch name {
    case RunFacts.freshness: break
    case touchedFile:
      guard let text = try? readText(name.under(place)) else { return nil }
      hasher.add(text)
    default: for number in stamp.numbers { hasher.add(number) }
    }
  }
  return Data(hasher.finished().bytes)
}
