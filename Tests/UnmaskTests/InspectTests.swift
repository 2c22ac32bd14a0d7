import Testing

@Suite("Looking into files")
struct InspectTests {
  @Test("a label map: its bits, its labels, and the ignored one apart")
  func labelMap() throws {
    let folder = try Folder()
    var rows = drawn("0011/0022/0122/0005").map { $0.map(UInt8.init) }
    rows[3][0] = 255
    try folder.write(png(rows), to: "a.png")
    #expect(
      try folder.unmask("inspect", "a.png")
        == Ending(
          code: 0,
          out: """
            a.png
              picture     4 × 4, 8-bit grey
              range       0 … 255
              labels      0…2, 5, and 255 in 6.25 % of the pixels
              pixels      0: 7, 2: 4, 1: 3, 5: 1 and 255: 1
              looks like  a label map: `kind: labels`

            """))
  }

  @Test("a palette, of greys or of colours")
  func palettes() throws {
    let folder = try Folder()
    try folder.write(palette("0120", of: [[0, 0, 0], [128, 0, 0], [0, 128, 0]]), to: "a.png")
    try folder.write(palette("0110", of: [[255, 255, 255], [0, 0, 0]]), to: "b.png")
    let out = try folder.unmask("inspect", "a.png", "b.png").out
    #expect(out.contains("picture     4 × 1, 8-bit palette\n"))
    #expect(out.contains("palette     3 colours: 0, [128, 0, 0] and [0, 128, 0]\n"))
    #expect(out.contains("palette     2 greys: 255 and 0\n"))
    #expect(out.contains("looks like  a mask of one class, or a label map of two"))
  }

  @Test("colours are counted, and grey that was saved as RGB is grey")
  func colors() throws {
    let folder = try Folder()
    try folder.write(rgb("0011", of: [[128, 64, 128], [0, 0, 142]]), to: "colors.png")
    try folder.write(rgb("0112", of: [[0, 0, 0], [1, 1, 1], [2, 2, 2]]), to: "grey.png")
    let out = try folder.unmask("inspect", "colors.png", "grey.png").out
    #expect(out.contains("colours     2: [0, 0, 142] 50.0 % and [128, 64, 128] 50.0 %\n"))
    #expect(out.contains("picture     4 × 1, 8-bit RGB, all channels equal\n"))
    #expect(out.contains("labels      0…2\n"))
  }

  @Test(
    "probabilities and logits are told by their range, softmax by its sums, axes by both",
    arguments: [
      (
        [2, 1, 2, 3], [0.25, 0.5, 0.75, 0.125, 0.5, 0.5, 0.75, 0.5, 0.25, 0.875, 0.5, 0.5],
        "probabilities of 2 classes that add up to 1: `kind: probabilities`, `activation: softmax`, `axes: CHW`"
      ),
      (
        [2, 2, 1], [0.25, 0.5, 0.75, 0.125],
        "probabilities of one class that do not add up to 1: `kind: probabilities`, `activation: sigmoid`"
      ),
      (
        [2, 3, 2], [-4.5, 0.5, 0.75, 0.125, 0.5, 0.5, 0.75, 0.5, 3.25, 0.875, 0.5, 0.5],
        "logits of one class, since they leave 0 to 1: `kind: logits`; which axis is which cannot be told: say `axes`"
      ),
      (
        [3, 4, 2], (0..<24).map { Double($0) / 24 },
        "probabilities of 2 classes that do not add up to 1: `kind: probabilities`, `activation: sigmoid`, `axes: HWC`"
      ),
    ] as [([Int], [Double], String)])
  func arrays(shape: [Int], numbers: [Double], words: String) throws {
    let folder = try Folder()
    try folder.write(npy(.float32, shape, numbers), to: "a.npy")
    let ending = try folder.unmask("inspect", "a.npy")
    #expect(ending.code == 0)
    #expect(ending.line("  looks like") == words)
  }

  @Test("the forms of the files below a directory, with where image and class stand")
  func directory() throws {
    let folder = try Folder()
    for image in ["0001", "0002"] {
      for (name, drawing) in [("road", "0011"), ("pole", "0100")] {
        try folder.write(gray(drawing, times: 255), to: "d/masks/\(image)/\(name).png")
        try folder.write(gray(drawing, times: 255), to: "d/flat/\(image)_\(name).png")
      }
      try folder.write(gray("0123"), to: "d/val/x/x_\(image)_labelIds.png")
      try folder.write(gray("0123"), to: "d/val/y/y_\(image)_labelIds.png")
    }
    try folder.write("a", to: "d/list.txt")
    #expect(
      try folder.unmask("inspect", "d")
        == Ending(
          code: 0,
          out: """
            d
              path                          files  images  what is in a few
              d/masks/{image}/{class}.png       4       2  8-bit grey: 0, and 255 in 37.5 % of the pixels
              d/flat/{image}_{class}.png        4       2  8-bit grey: 0, and 255 in 37.5 % of the pixels
              d/val/*/{image}_labelIds.png      4       4  8-bit grey: 0…3
              besides: 1 .txt

            `unmask inspect FILE` says more of one file, and `unmask init` writes a pipeline.yml.

            """))
  }

  @Test("a file that cannot be read is named, and the others are looked into")
  func damaged() throws {
    let folder = try Folder()
    try folder.write([1, 2, 3], to: "a.png")
    try folder.write(gray("01"), to: "b.png")
    let ending = try folder.unmask("inspect", "a.png", "b.png", "c.npy")
    #expect(ending.code == 3)
    #expect(ending.out.hasPrefix("b.png\n"))
    #expect(ending.error.contains("a.png: "))
    #expect(ending.error.contains("c.npy: does not exist"))
  }
}
