import Core
import Counting
import Decoding
import Foundation
import Raster
import Testing

/// run-a.npy, run-a-logits.npy and truth.npy of the street samples: 5 images, 5 classes.
struct Street {
  enum Input { case probabilities, doubles, logits }

  private let probabilities: NumberArray
  private let logits: NumberArray
  private let truth: NumberArray

  init() throws {
    let folder = try #require(street)
    func array(_ name: String) throws -> NumberArray {
      let file = folder.appending(path: name).path(percentEncoded: false)
      return try ArrayFile(opening: file).array(named: nil)
    }
    probabilities = try array("run-a.npy")
    logits = try array("run-a-logits.npy")
    truth = try array("truth.npy")
  }

  func counted(
    _ measures: [Measure], of input: Input = .probabilities, exclusive: Bool = false
  ) throws -> Tally {
    try images(measures, of: input, exclusive: exclusive).reduce(.zero, +)
  }

  func images(
    _ measures: [Measure], of input: Input = .probabilities, exclusive: Bool = false
  ) throws -> [Tally] {
    try (0..<5).map { image in
      let masks = (0..<5).map { mask(image, $0) }
      let labels = masks[0].indices.map { pixel in
        masks.firstIndex { $0[pixel] == 1 }.map { Label($0) } ?? .none
      }
      let truth: Truth = exclusive ? .labels(labels) : .masks(masks)
      return try tally(
        pair(prediction(input, image), truth, width: 128), classes: 5, measures,
        exclusive: exclusive)
    }
  }

  /// Each pixel's probability and truth.
  func numbers(ofClass c: Int) -> [(p: Float, t: Float)] {
    (0..<5).flatMap { image in
      zip(floats(probabilities.plane(.NHWC, image: image, class: c)), mask(image, c))
        .map { ($0, Float($1)) }
    }
  }

  private func prediction(_ input: Input, _ image: Int) -> Prediction {
    let planes = (0..<5).map { c in
      (input == .logits ? logits : probabilities).plane(.NHWC, image: image, class: c)
    }
    return switch input {
    case .probabilities: .probabilities(planes)
    case .doubles:
      .probabilities(planes.map { plane(floats($0).map { Double($0) }, .f8, width: 128) })
    case .logits: .logits(planes)
    }
  }

  private func mask(_ image: Int, _ c: Int) -> [UInt8] {
    let plane = truth.plane(.NHWC, image: image, class: c)
    var mask = [UInt8](repeating: 0, count: plane.pixels)
    var span = mask.mutableSpan
    plane.load(0..<plane.pixels, into: &span)
    return mask
  }

  private func floats(_ plane: Plane) -> [Float] {
    var floats = [Float](repeating: 0, count: plane.pixels)
    var span = floats.mutableSpan
    plane.load(0..<plane.pixels, into: &span)
    return floats
  }
}

/// samples/street beside the Package.swift that this file belongs to.
let street: URL? = {
  var folder = URL(filePath: #filePath)
  repeat {
    folder.deleteLastPathComponent()
    let samples = folder.appending(path: "samples/street")
    let package = folder.appending(path: "Package.swift").path(percentEncoded: false)
    if FileManager.default.fileExists(atPath: package) {
      let array = samples.appending(path: "run-a.npy").path(percentEncoded: false)
      return FileManager.default.fileExists(atPath: array) ? samples : nil
    }
  } while folder.pathComponents.count > 1
  return nil
}()
