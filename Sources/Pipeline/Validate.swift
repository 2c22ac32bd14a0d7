internal import Configuration
package import Core
internal import Decoding
internal import Diagnosis
internal import Raster
internal import Reports
internal import Threads

/// What a look at a run's files says, before the run.
package struct Validation: Sendable {
  package var images: Int
  package var classes: Int
  var hasTruth: Bool
  package var notes: [String]
  /// Of images, and of files without a partner.
  package var problems: [ImageProblem]
  /// What a few images show of the set-up. Of those that need all images, only where all were read.
  var setUp: [SetUpFault]

  package var exitCode: ExitCode {
    images == 0 || setUp.withholdVerdict
      ? .noVerdict : problems.isEmpty ? .complete : .incomplete
  }

  /// For people: what is wrong with the set-up, and a line on all.
  package var text: String {
    let files =
      "\(Figure.count(images, "image")) with predictions\(hasTruth ? " and truth" : " alone"), \(Figure.count(classes, "class", "classes"))"
    let problems = problems.isEmpty ? [] : [Figure.count(problems.count, "problem")]
    let shown = setUp.filter { $0.severity != .accepted }.count
    let wrong =
      shown == 0
      ? []
      : [
        setUp.withholdVerdict
          ? "the set-up is wrong: see above" : "\(Figure.count(shown, "warning")): see above"
      ]
    let found = problems + wrong
    let result = found.isEmpty ? "nothing is wrong" : found.joined(separator: ", and ")
    return (setUp.summaryLines + ["\(files): \(result)"]).map { $0 + "\n" }.joined()
  }
}

/// Checks everything that can be checked without decoding all images: the configuration, which files
/// belong together, the sizes that their headers state, and by a few images, as a whole, whether the
/// set-up is right.
///
/// - Throws: Failure: the configuration is wrong, or nothing can be paired.
package func validate(_ request: ConfigurationRequest) throws(Failure) -> Validation {
  let request = try failing(.configuration) { () throws(Problem) in try request.ofLastRun() }
  let file = try failing(.configuration) { () throws(Problem) in try request.read() }
  let plan = try Plan(resolving: file, in: request.root)
  try plan.expectImages()
  _ = try file.loadBaseline(in: request.root)
  var problems = plan.problems
  for image in plan.images {
    do throws(Problem) {
      try image.expectFittingHeaders(by: plan.scheme)
    } catch {
      problems.append(ImageProblem(image: image.name, problem: error))
    }
  }
  let few = try failing(.configuration) { () throws(Problem) in try plan.lookedAtAsAWhole() }
  let known = Set(problems.map(\.image))
  problems += few.problems.filter { !known.contains($0.image) }
  let looked = SetUp(of: file.measurements(of: few), accepting: file.accepted)
  let setUp = file.hasTruth ? looked.faults : looked.faultsOfPredictions
  if !file.hasTruth {
    _ = try file.readReference(in: request.root, besides: file.report.directory.under(request.root))
  }
  return Validation(
    images: plan.images.count, classes: file.decode.classes.count, hasTruth: file.hasTruth,
    notes: plan.notes,
    problems: problems,
    setUp: few.listed == plan.images.count
      ? setUp : setUp.filter { setUp.withholdVerdict && $0.severity != .warning })
}

extension Plan {
  /// The evidence of the images that a run would look at for its set-up.
  fileprivate func lookedAtAsAWhole() throws(Problem) -> Evidence {
    var few = self
    few.problems = []
    few.images = images.indices.filter { Glance.isTaken($0, of: images.count) }.map { images[$0] }
    for index in few.images.indices { few.images[index].index = index }
    return try gather(
      few, jobs: processors, keepsLevels: false, sink: { _ in }, progress: { _ in true }
    )
    .evidence
  }
}

extension ImageFiles {
  /// That both sides are of one size, as far as their headers say; where one is resized, each by itself.
  fileprivate func expectFittingHeaders(by scheme: Scheme) throws(Problem) {
    // Headers may bring the voxels of both sides into one order.
    let truth = try self.truth.headers(turned: scheme.orientation.truth)
    let prediction = try self.prediction.headers(turned: scheme.orientation.predictions)
    if (truth + prediction).contains(where: { $0.slices > 1 }) {
      _ = try OpenedImage(self, by: DecodeRules(scheme))
      return
    }
    for sizes in scheme.resizes ? [truth, prediction] : [truth + prediction] {
      guard let first = sizes.first else { continue }
      for other in sizes { try other.expect(sameAs: first, remedy: scheme.remedyForSizes) }
    }
  }
}

extension ImageSource {
  /// Of all files but arrays, which are opened and say nothing without their axes.
  fileprivate func headers(turned turn: Turn) throws(Problem) -> [StatedSize] {
    let files =
      switch self {
      case .file(let path, _): [path]
      case .classFiles(let parts): parts.flatMap(\.self)
      case .item, .runs, .unknown: [String]()
      }
    var sizes: [StatedSize] = []
    for path in files {
      if let size = try statedSize(of: path) { sizes.append(size.turned(turn)) }
    }
    return sizes
  }
}
