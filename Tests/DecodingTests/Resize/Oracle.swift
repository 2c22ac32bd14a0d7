import Core
import Foundation
import Raster

/// What the libraries themselves made of a few planes: Oracle/resize.py wrote it.
struct ResizeOracle: Decodable {
  var versions: [String: String]
  var planes: [Numbers]
  var results: [Result]
  var columns: [Columns]

  struct Numbers: Decodable {
    var height: Int
    var width: Int
    var numbers: [Float]
  }

  struct Result: Decodable {
    var function: String
    /// The plane that was resized, by its place.
    var plane: Int
    var height: Int
    var width: Int
    var numbers: [Float]
  }

  /// Which of `input` columns each of `output` columns takes.
  struct Columns: Decodable {
    var function: String
    var input: Int
    var output: Int
    var taken: [Int]
  }

  static func read() throws -> ResizeOracle {
    let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "oracle.json")
    return try JSONDecoder().decode(ResizeOracle.self, from: Data(contentsOf: path))
  }
}

extension ResizeOracle.Numbers {
  var plane: Plane { .floats(numbers, width: width) }

  /// The largest number less the smallest.
  var range: Double { Double((numbers.max() ?? 0) - (numbers.min() ?? 0)) }
}

extension Plane {
  static func floats(_ numbers: [Float], width: Int) -> Plane {
    let bytes = Bytes(count: numbers.count, of: Float.self) { target in
      for (place, number) in numbers.enumerated() { target[place] = number }
    }
    return Plane(packed: bytes, element: .f4, width: width, height: numbers.count / width)
  }

  var floats: [Float] {
    var numbers = [Float](repeating: 0, count: pixels)
    var span = numbers.mutableSpan
    load(0..<pixels, into: &span)
    return numbers
  }

  func resized(by name: String, width: Int, height: Int) throws -> Plane {
    let function = try Interpolation.named(name)
    return resized(
      by: Resizing(function, from: (self.width, self.height), to: (width, height)))
  }
}

extension Interpolation {
  static func named(_ name: String) throws -> Interpolation {
    struct Unknown: Error { var name: String }
    guard let function = all.first(where: { $0.name == name }) else { throw Unknown(name: name) }
    return function
  }
}
