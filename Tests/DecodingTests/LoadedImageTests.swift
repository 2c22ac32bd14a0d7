import Core
import Decoding
import Foundation
import Raster
import Testing

@Suite("An image of an array")
struct LoadedImageTests {
  /// Two images of 2 × 3 pixels and 4 classes, or as many numbers in other orders.
  private let numbers = (0..<48).map { UInt8($0) }

  @Test(
    "is read by itself where its numbers lie side by side, and has the same planes",
    arguments: [
      (AxisOrder.NHWC, "(2, 2, 3, 4)"), (.NCHW, "(2, 4, 2, 3)"), (.NHW, "(2, 4, 6)"),
      (.HWC, "(3, 4, 4)"), (.CHW, "(4, 3, 4)"), (.HW, "(6, 8)"),
    ], [false, true])
  func samePlanes(layout: (axes: AxisOrder, shape: String), fortran: Bool) throws {
    let axes = layout.axes
    let file = npy("|u1", layout.shape, fortran: fortran, data: numbers)
    try withFile(file) { path in
      let array = try ArrayFile(opening: path).array(named: nil)
      let images = axes.hasImages ? 2 : 1
      for image in 0..<images {
        let loaded = try array.loading(image: image, axes)
        // In Fortran's order the images of an array take turns.
        #expect((loaded.bytes !== array.bytes) == (!fortran || images == 1))
        #expect(loaded.bytes === array.bytes || loaded.bytes.count == 48 / images)
        for c in 0..<(axes.hasClasses ? 4 : 1) {
          let plane = loaded.plane(axes, image: 0, class: c)
          #expect(plane.levels == array.plane(axes, image: image, class: c).levels)
        }
      }
    }
  }

  @Test("of an array whose file was cut meanwhile is a problem that names the file")
  func cut() throws {
    try withFile(npy("|u1", "(2, 2, 3, 4)", data: numbers)) { path in
      let array = try ArrayFile(opening: path).array(named: nil)
      try #require(unsafe truncate(path, off_t(array.offset + 30)) == 0)
      // Of the first image everything is there, and yet it may be half of another run's.
      for image in 0..<2 {
        #expect(throws: changed(path)) { try array.loading(image: image, .NHWC) }
      }
    }
  }

  @Test(
    "of an array that was written to meanwhile is a problem, also where it is as long as before")
  func rewritten() throws {
    try withFile(npy("|u1", "(2, 2, 3, 4)", data: numbers)) { path in
      let array = try ArrayFile(opening: path).array(named: nil)
      try array.bytes.expectUnchanged()
      let file = try FileHandle(forWritingTo: URL(filePath: path))
      try file.seek(toOffset: UInt64(array.offset))
      // The time of a file has steps of some milliseconds.
      Thread.sleep(forTimeInterval: 0.02)
      try file.write(contentsOf: [9])
      try file.close()
      #expect(throws: changed(path)) { try array.bytes.expectUnchanged() }
      #expect(throws: changed(path)) { try array.loading(image: 1, .NHWC) }
    }
  }

  private func changed(_ path: String) -> Problem {
    Problem(
      "changed while it was read", at: .file(path),
      remedy: "run again when the writer is done; best write beside and rename")
  }

  @Test(
    "without pixels stays as it is, however long its sides",
    arguments: [
      ("(3, 0, 4, 2)", AxisOrder.NHWC), ("(2, 4611686018427387904, 0)", .NHW),
      ("(4611686018427387904, 0)", .HW),
    ])
  func empty(shape: String, axes: AxisOrder) throws {
    let array = try array(npy("<f4", shape))
    let loaded = try array.loading(image: axes.hasImages ? 1 : 0, axes)
    #expect(loaded.bytes === array.bytes)
  }
}
