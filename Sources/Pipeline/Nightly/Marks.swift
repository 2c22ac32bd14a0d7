internal import Configuration
internal import Core
internal import Decoding
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
    for format in formats { hasher.add(format.name) }
    hasher.add(baseline?.text(by: tool).text ?? "")
    guard let scheme = try? plan.scheme.json else { return nil }
    hasher.add(scheme)
    // What is accepted is so until a day.
    hasher.add(plan.file.acceptances.isEmpty ? "" : "\(today())")
    for problem in plan.problems {
      hasher.add(problem.image)
      hasher.add(problem.problem.description)
    }
    for image in plan.images {
      hasher.add(image.name)
      hasher.add(image.group ?? "")
      guard let sighting = image.sighting(at: moment) else {
        // One that cannot even be looked at keeps the run incomplete.
        hasher.add("")
        continue
      }
      guard sighting.isSettled else { return nil }
      hasher.add(sighting.place.description)
      hasher.add(sighting.stamp.description)
      if let picture = image.picture {
        guard let stamp = FileStamp(of: picture), stamp.isSettled(at: moment) else { return nil }
        for number in stamp.numbers { hasher.add(number) }
      }
    }
    return Data(hasher.finished().bytes)
  }
}

/// A hash of a set's files as they lie there; `nil` where one is missing. Those that are renewed every night are left
/// out.
func outputMark(of place: String) -> Data? {
  guard let set = try? SetNames(keptIn: place) else { return nil }
  var hasher = ContentHasher()
  for name in set.names.sorted() where name != RunFacts.freshness && name != "junit.xml" {
    guard let stamp = FileStamp(of: name.under(place)) else { return nil }
    hasher.add(name)
    for number in stamp.numbers { hasher.add(number) }
  }
  return Data(hasher.finished().bytes)
}
