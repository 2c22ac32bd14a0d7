/// Prediction and truth of one image, decoded.
package struct ImagePair: Sendable {
  package var name: String
  package var width: Int
  package var height: Int
  package var prediction: Prediction
  package var truth: Truth
  /// Pixels predicted as a label that the class list lacks; each is a miss.
  package var unlistedPredictions: Int
  /// For each class its name and the file that its plane is in, for messages.
  package var origins: [Origin]
  /// What every pixel of the image counts in losses that are weighed by sample.
  package var weight = 1.0

  package struct Origin: Hashable, Sendable {
    package var className: String
    package var file: String

    package init(className: String, file: String) {
      self.className = className
      self.file = file
    }
  }

  package init(
    name: String, width: Int, height: Int, prediction: Prediction, truth: Truth,
    unlistedPredictions: Int = 0, origins: [Origin] = []
  ) {
    self.name = name
    self.width = width
    self.height = height
    self.prediction = prediction
    self.truth = truth
    self.unlistedPredictions = unlistedPredictions
    self.origins = origins
  }

  package var pixels: Int { width * height }
}

/// What a model said of each pixel.
package enum Prediction: Sendable {
  /// One class a pixel: its place in the list, or `Label.none`.
  case labels([Label])
  /// For each class whether it was predicted (1) or not (0).
  case masks([[UInt8]])
  /// For each class an 8-bit plane of probabilities: level / 255.
  case levels([[UInt8]])
  /// For each class a plane of probabilities: a 16-bit level / 65535, or a float.
  case probabilities([Plane])
  /// For each class a plane of logits.
  case logits([Plane])
}

/// What is true of each pixel.
package enum Truth: Sendable {
  /// One class a pixel: its place in the list, `Label.none` or `Label.ignored`.
  case labels([Label])
  /// For each class whether it is there (1) or not (0).
  case masks([[UInt8]])
}

/// A class as its place in the list.
package typealias Label = UInt16

extension Label {
  /// No class of the list.
  package static let none: Label = 0xfffe
  /// A pixel that does not count, for any class.
  package static let ignored: Label = 0xffff
  /// As many classes as there can be.
  package static let limit = 0xfffe
}

/// What a truth says of one pixel to one class.
package enum Standing {
  package static let other: UInt8 = 0
  package static let own: UInt8 = 1
  package static let ignored: UInt8 = 2
}

extension Truth {
  /// Writes what the truth says to class `c` at a run of pixels, from `start` on.
  package func write(
    _ pixels: Range<Int>, class c: Int, into standings: inout MutableSpan<UInt8>, at start: Int
  ) {
    var index = start
    switch self {
    case .labels(let labels):
      let own = Label(c)
      for pixel in pixels {
        let label = labels[pixel]
        standings[index] =
          label == own ? Standing.own : label == .ignored ? Standing.ignored : Standing.other
        index &+= 1
      }
    case .masks(let masks):
      let mask = masks[c]
      for pixel in pixels {
        standings[index] = mask[pixel]
        index &+= 1
      }
    }
  }

  /// Pixels that do not count.
  package var ignored: Int {
    switch self {
    case .labels(let labels): labels.reduce(0) { $0 + ($1 == .ignored ? 1 : 0) }
    case .masks: 0
    }
  }
}
