import Testing

@Suite("The total of several outputs")
struct TotalTests {
  @Test("is the sum of the outputs' losses, each times its weight, and is shown as such")
  func sum() throws {
    let folder = try Street.folder()
    _ = try folder.unmask("run")
    let ending = try folder.unmask("total", "seg=out", "edge=out/evidence.sqlite:0.5")
    #expect(ending.code == 0)
    // 0.219 · 1.5
    #expect(ending.out.hasPrefix("total loss 0.328, the sum of\n"), "\(ending.out)")
    #expect(ending.out.contains("seg   1 · 0.219 = 0.219 (66.7 %)"))
    #expect(ending.out.contains("edge  0.5 · 0.219 = 0.109 (33.3 %)"))
  }

  @Test("what is no run, no loss or no output is said with what to write")
  func faults() throws {
    let folder = try Street.folder()
    #expect(
      try folder.unmask("total", "seg=nowhere")
        == Ending(
          code: 3,
          error: """
            nowhere/evidence.sqlite: does not exist
              name the evidence.sqlite that a run wrote

            """))
    #expect(
      try folder.unmask("total", "=out:1").error.hasPrefix(
        "'=out:1' is no output\n  write NAME=RUN:WEIGHT"))
    try folder.write(
      Street.configuration + "diagnose: {headline: {measure: iou, reduce: global}}\n",
      to: "score.yml")
    _ = try folder.unmask("run", "score.yml")
    #expect(
      try folder.unmask("total", "seg=out").error.hasPrefix(
        "the headline of 'seg' is no loss"))
  }

  @Test("weights of samples change the loss that the chain weighs, and nothing else")
  func sampleWeights() throws {
    let weighted = Street.configuration.replacing(
      "measure: [bce, iou]",
      with: "measure: [bce, one, iou]\nsample_weight: {images: weights.csv}"
    ).replacing(
      "global:",
      with: """
        weighted: "mean(class) > mean(pixel, image, batch, times: sample-weights)"
          global:
        """)
    let folder = try Street.folder(weighted)
    try folder.write("image,weight\na,1\nb,0\nc,0.5\n", to: "weights.csv")
    #expect(try folder.unmask("run").code == 0)
    let rows = try folder.text("out/reductions.csv").split(separator: "\n")
    // The mean weight of three images of equal size.
    #expect(rows.contains { $0.hasPrefix("one,weighted,2,") && $0.contains(",0.500000,") })
    try folder.write("a,1\nb,0\n", to: "weights.csv")
    #expect(
      try folder.unmask("run")
        == Ending(
          code: 2,
          error: """
            weights.csv: gives no weight to the image 'c'
              add a line: c,1

            """))
    try folder.write("a,1\nb,heavy\n", to: "weights.csv")
    #expect(
      try folder.unmask("run").fault == "weights.csv:2: 'b,heavy' is not an image and its weight")
  }
}
