import Testing

/// Small scenes, what a model finds in them, and a plain count of how well.
enum Trees {
  static let rows = 20
  static let columns = 28

  /// The class at a pixel: fields of 5 by 7 pixels, which shift from image to image.
  static func truth(_ image: Int, _ row: Int, _ column: Int, of classes: Int) -> Int {
    (row / 5 * 4 + column / 7 + image * 3) % classes
  }

  /// One pixel in nine is taken for the next class.
  static func found(_ image: Int, _ row: Int, _ column: Int, of classes: Int) -> Int {
    let label = truth(image, row, column, of: classes)
    return (row * 7 + column * 3 + image) % 9 == 0 ? (label + 1) % classes : label
  }

  /// The probability of a class, which adds up to 1 over all of them.
  static func share(_ c: Int, _ image: Int, _ row: Int, _ column: Int, of classes: Int) -> Double {
    let sure = 0.55 + Double((row * 5 + column) % 40) / 100
    let isFound = found(image, row, column, of: classes) == c
    return isFound ? sure : (1 - sure) / Double(classes - 1)
  }

  /// The rows of a picture of `depth` bits.
  static func map(depth: Int = 8, _ label: (Int, Int) -> Int) -> [[UInt8]] {
    (0..<rows).map { row in
      (0..<columns).flatMap { column -> [UInt8] in
        let number = label(row, column)
        return depth == 16 ? [UInt8(number >> 8), UInt8(number & 255)] : [UInt8(number)]
      }
    }
  }

  /// A photograph.
  static func photo(_ image: Int) -> [UInt8] {
    png(
      (0..<rows).map { row in
        (0..<columns).flatMap { column in
          (0..<3).map { UInt8((row * 37 + column * 11 + $0 * 71 + image * 5 + row * column) % 251) }
        }
      }, color: 2)
  }

  /// Each class's intersection over union, over all pixels that count.
  ///
  /// - Parameter isCounted: whether a pixel of the truth counts.
  static func ious(
    of classes: Int, images: Int, isCounted: (Int, Int, Int) -> Bool = { _, _, _ in true }
  ) -> [Double] {
    (0..<classes).map { c in
      var (both, either) = (0, 0)
      for image in 0..<images {
        for row in 0..<rows {
          for column in 0..<columns where isCounted(image, row, column) {
            let isTrue = truth(image, row, column, of: classes) == c
            let isFound = found(image, row, column, of: classes) == c
            if isTrue && isFound { both += 1 }
            if isTrue || isFound { either += 1 }
          }
        }
      }
      return Double(both) / Double(either)
    }
  }
}

extension Folder {
  /// The column of the finished run's classes.csv, in the order of the classes.
  func classes(_ column: String, in directory: String = "out") throws -> [String] {
    let lines = try text("\(directory)/classes.csv").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let place = try #require(lines[0].firstIndex(of: column))
    return lines.dropFirst().map { $0[place] }
  }

  func ious() throws -> [Double] { try classes("iou").map { try #require(Double($0)) } }

  /// Writes the configuration for what lies here, runs it as it is, and compares the intersections
  /// over unions with those that were counted plainly.
  func expectInit(_ arguments: String..., counts expected: [Double]) throws -> String {
    let ending = try shell("unmask init \(arguments.joined(separator: " "))")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(ending.out == "pipeline.yml is written; next: unmask validate, then unmask run\n")
    let text = try text("pipeline.yml")
    let run = try unmask("run")
    #expect(run.code == 0, "\(run.error)\(run.out)\(text)")
    let counted = try ious()
    #expect(counted.count == expected.count, "\(text)")
    for (a, b) in zip(counted, expected) { #expect(abs(a - b) < 1e-6, "\(a) and \(b)") }
    return text
  }
}
