internal import Configuration
package import Core
internal import Decoding
internal import Raster

/// What a look at a run's files says, before the run.
package struct Validation: Sendable {
  package var images: Int
  package var classes: Int
  package var notes: [String]
  /// Of images, and of files without a partner.
  package var problems: [ImageProblem]

  package var exitCode: ExitCode {
    images == 0 ? .noVerdict : problems.isEmpty ? .complete : .incomplete
  }

  /// For people, on a line or two.
  package var text: String {
    let files =
      "\(Figure.count(images, "image")) with predictions and truth, \(Figure.count(classes, "class", "classes"))"
    let result = problems.isEmpty ? "nothing is wrong" : Figure.count(problems.count, "problem")
    return "\(files): \(result)\n"
  }
}

/// Checks everything that can be checked without decoding all images: the configuration, which files
/// belong together, the sizes that their headers state, and one image as a whole.
///
/// - Throws: Failure: the configuration is wrong, or nothing can be paired.
package func validate(_ request: ConfigurationRequest) throws(Failure) -> Validation {
  let file = try failing(.configuration) { () throws(Problem) in try request.read() }
  let plan = try Plan(resolving: file, in: request.root)
  try plan.expectImages()
  var problems = plan.problems
  var isOneWhole = false
  for image in plan.images {
    do throws(Problem) {
      try image.expectFittingHeaders(turned: plan.scheme.orientation)
      guard !isOneWhole else { continue }
      _ = try ImagePair(decoding: image, by: plan.rules)
      isOneWhole = true
    } catch {
      problems.append(ImageProblem(image: image.name, problem: error))
      // What is wrong with one image as a whole is most likely wrong with all.
      isOneWhole = true
    }
  }
  return Validation(
    images: plan.images.count, classes: file.decode.classes.count, notes: plan.notes,
    problems: problems)
}

extension ImageFiles {
  /// That both sides are PNG files of one size, as far as they are PNG files.
  fileprivate func expectFittingHeaders(turned orientation: PerSide<Turn>) throws(Problem) {
    let truth = try self.truth.headers(turned: orientation.truth)
    let prediction = try self.prediction.headers(turned: orientation.predictions)
    guard let first = truth.first ?? prediction.first else { return }
    for other in prediction + truth
    where (other.width, other.height) != (first.width, first.height) {
      throw Problem(
        "is \(other.width) × \(other.height) pixels, but \(printable(first.file)) is \(first.width) × \(first.height)",
        at: .file(other.file), remedy: "save both at the same size; nothing is resized here")
    }
  }
}

/// A file's size as its header states it.
private struct StatedSize {
  var file: String
  var width: Int
  var height: Int
}

extension ImageSource {
  /// Of the PNG files; an array is opened, and its header read.
  fileprivate func headers(turned turn: Turn) throws(Problem) -> [StatedSize] {
    let files =
      switch self {
      case .file(let path, _): [path]
      case .classFiles(let parts): parts.flatMap(\.self)
      case .item: [String]()
      }
    var sizes: [StatedSize] = []
    for path in files {
      guard ![".npy", ".npz"].contains(path.suffix(4).lowercased()) else {
        _ = try ArrayFile(opening: path)
        continue
      }
      let header: PNGHeader
      do throws(Problem) {
        header = try PNGHeader(reading: try FileBytes.map(path))
      } catch {
        throw error.inFile(path)
      }
      let isTurned = turn.exchangesSides
      sizes.append(
        StatedSize(
          file: path, width: isTurned ? header.height : header.width,
          height: isTurned ? header.width : header.height))
    }
    return sizes
  }
}
