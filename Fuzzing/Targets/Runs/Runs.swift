import Core
import Decoding
import FuzzingSupport
import Raster

/// Files of masks as runs: whatever is read lies in its image and is painted as it was read.
@main
enum FuzzRuns: Fuzzing {
  static let longest = 512

  private static let file = HeldFile("runs")

  static func read(_ input: [UInt8]) {
    file.hold(input)
    _ = RunFile.isRunFile(input)
    let runFile = attempt { () throws(Problem) in try RunFile(opening: file.path) }.value
    for image in runFile?.images ?? [] {
      let size = image.size ?? (7, 5)
      // More than that takes only longer.
      guard let runFile, size.width * size.height <= 1 << 16 else { continue }
      var masks: [LabelRuns.Mask] = []
      for (index, mask) in image.masks.enumerated() {
        let runs = attempt { () throws(Problem) in
          try runFile.runs(of: mask, width: size.width, height: size.height)
        }.value
        guard let runs else { continue }
        claimAreApart(runs, pixels: size.width * size.height)
        masks.append(.init(label: Label(index % 300), runs: runs))
      }
      let labels = attempt { () throws(Problem) in
        try LabelRuns(masks, width: size.width, height: size.height) { "mask \($0)" }
      }.value
      guard let labels else { continue }
      claim(labels.pieces.last?.end == UInt32(labels.pixels), "pixels are left over")
      let painted = labels.map.labels
      for mask in masks {
        let own = painted.count { $0 == mask.label }
        claim(own >= mask.runs.reduce(0) { $0 + Int($1.count) }, "a mask lost pixels")
      }
    }
  }

  private static func claimAreApart(_ runs: [Run], pixels: Int) {
    var end = -1
    for run in runs {
      claim(run.count > 0 && Int(run.start) > end, "runs touch, overlap or are empty")
      end = Int(run.start) + Int(run.count)
    }
    claim(end <= pixels, "a run leaves the image")
  }
}
