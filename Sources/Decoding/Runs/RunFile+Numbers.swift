package import Core
internal import Raster

// What a file of runs holds, before anybody says what its categories mean.

extension RunFile {
  /// The numbers of an image's categories, and how many pixels each has; categories that are names are left out.
  ///
  /// - Throws: Problem: the runs are damaged.
  package func categories(ofImage index: Int) throws(Problem) -> [Int64: Int] {
    var counts: [Int64: Int] = [:]
    for (number, runs) in try numberedMasks(ofImage: index).masks {
      counts[number, default: 0] += runs.reduce(0) { $0 + Int($1.count) }
    }
    return counts
  }

  /// Row by row the number of each pixel's category, −1 where there is none; of masks that overlap the last.
  ///
  /// - Throws: Problem: the runs are damaged, or the file does not say how large the image is.
  package func numbers(
    ofImage index: Int
  ) throws(Problem) -> (numbers: [Int64], width: Int, height: Int) {
    let (masks, width, height) = try numberedMasks(ofImage: index)
    var numbers = [Int64](repeating: -1, count: width * height)
    for (number, runs) in masks {
      for run in runs {
        for place in Int(run.start)..<Int(run.start + run.count) {
          numbers[place % height * width + place / height] = number
        }
      }
    }
    return (numbers, width, height)
  }

  private func numberedMasks(
    ofImage index: Int
  ) throws(Problem) -> (masks: [(Int64, [Run])], width: Int, height: Int) {
    let image = images[index]
    guard let size = image.size else {
      throw Problem("does not say how large its images are", remedy: "name the other side's files")
    }
    var masks: [(Int64, [Run])] = []
    for mask in image.masks {
      let number: Int64? =
        switch mask.category {
        case nil: 1
        case .number(let number)?: number
        case .name(let name)?: Int64(name)
        }
      guard let number else { continue }
      masks.append((number, try runs(of: mask, width: size.width, height: size.height)))
    }
    return (masks, size.width, size.height)
  }
}
