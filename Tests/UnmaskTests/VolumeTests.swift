import Testing

/// A volume is an image whose pixels are its voxels; its slices are tiles for chains that name them.
@Suite("A volume")
struct VolumeTests {
  private let truth = nifti(Volumes.truth)
  private let found = nifti(Volumes.found)

  @Test("is counted as a whole, and slice by slice where a chain names tiles")
  func slices() throws {
    let folder = try Volumes.folder(
      Volumes.configuration(), ["truth/a.nii.gz": gzip(truth), "pred/a.nii": found])
    let ending = try folder.unmask("run")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(try folder.counts() == Volumes.rows)

    func dice(_ voxels: Range<Int>) -> [Double?] {
      (0..<3).map { c in
        let (t, f) = (Volumes.truth[voxels], Volumes.found[voxels])
        let all = t.count { $0 == c } + f.count { $0 == c }
        return all == 0 ? nil : 2 * Double(zip(t, f).count { $0 == c && $1 == c }) / Double(all)
      }
    }
    func mean(_ values: [Double?]) -> Double {
      let there = values.compactMap(\.self)
      return there.reduce(0, +) / Double(there.count)
    }
    #expect(try value(of: "volume", folder) == mean(dice(0..<24)))
    #expect(try value(of: "slice", folder) == (mean(dice(0..<12)) + mean(dice(12..<24))) / 2)
  }

  @Test("whose class scores otherwise by slice than by volume is told with both numbers")
  func apart() throws {
    // The second slice has no organ, and one voxel is predicted as it.
    var voxels = Volumes.found
    voxels[12] = 1
    let folder = try Volumes.folder(
      Volumes.configuration(), ["truth/a.nii.gz": gzip(truth), "pred/a.nii": nifti(voxels)])
    #expect(try folder.unmask("run").code == 0)
    var scores: [Double] = []
    for range in [0..<24, 0..<12, 12..<24] {
      var (both, either) = (0, 0)
      for voxel in range {
        either += (Volumes.truth[voxel] == 1 ? 1 : 0) + (voxels[voxel] == 1 ? 1 : 0)
        both += Volumes.truth[voxel] == 1 && voxels[voxel] == 1 ? 1 : 0
      }
      scores.append(2 * Double(both) / Double(either))
    }
    let findings = try folder.text("out/findings.csv").split(separator: "\n")
    #expect(findings.contains { $0.hasPrefix("slices,organ,") })
    let report = try folder.text("out/report.json")
    #expect(report.contains("\"by_volume\" : \(scores[0])"))
    #expect(report.contains("\"by_slice\" : \((scores[1] + scores[2]) / 2)"))
  }

  private func value(of chain: String, _ folder: Folder) throws -> Double {
    let row = try #require(
      try folder.text("out/reductions.csv").split(separator: "\n").last {
        $0.contains(",\(chain),")
      })
    let values = row.split(separator: ",", omittingEmptySubsequences: false).compactMap {
      Double($0)
    }
    return try #require(values.last { $0 > 0 && $0 < 1 })
  }

  @Test(
    "is the same in every type of number, byte order and version", arguments: NIfTIType.all,
    [false, true])
  func types(type: NIfTIType, isWide: Bool) throws {
    let voxels = Volumes.found.map(Double.init)
    for isBigEndian in [false, true] {
      let file = nifti(voxels, type, isWide: isWide, isBigEndian: isBigEndian)
      let half = file.count / 2
      for (name, bytes) in [
        ("a.nii", file), ("a.nii.gz", gzip(file)),
        ("a.nii.gz", gzip(Array(file[..<half]), Array(file[half...]))),
      ] {
        let folder = try Volumes.folder(
          Volumes.configuration(predictions: "pred/{image}\(name.dropFirst())"),
          ["truth/a.nii.gz": gzip(truth), "pred/\(name)": bytes])
        let ending = try folder.unmask("run")
        #expect(ending.code == 0, "\(ending.error)")
        #expect(try folder.counts() == Volumes.rows)
      }
    }
  }

  @Test("whose labels the writer scaled holds them all the same")
  func scaled() throws {
    // As nibabel saves floats whose largest is 2 or 4 as uint8: in steps of 2/255 or 4/255, so that 1 becomes 1.0039.
    for largest in [2.0, 4] {
      let slope = Double(Float(largest / 255))
      let stored = Volumes.found.map { (Double($0) / slope).rounded() }
      let folder = try Volumes.folder(
        Volumes.configuration(),
        ["truth/a.nii.gz": gzip(truth), "pred/a.nii": nifti(stored, scaling: (slope, 0))])
      #expect(try folder.unmask("run").code == 0)
      #expect(try folder.counts() == Volumes.rows)
      #expect(
        try folder.text("out/report.json").contains("1 image whose labels the writer scaled"))
    }
    // Of 300 labels in a byte most are lost.
    let slope = Double(Float(300.0 / 255))
    let stored = Volumes.found.map { (Double($0) / slope).rounded() }
    let folder = try Volumes.folder(
      Volumes.configuration(),
      ["truth/a.nii.gz": gzip(truth), "pred/a.nii": nifti(stored, scaling: (slope, 0))])
    let ending = try folder.unmask("run")
    #expect(ending.code == 4)
    #expect(
      ending.fault
        == "pred/a.nii: slice 0: was scaled when it was saved (scl_slope 1.1764706373214722), and the number at row 1, column 3 is 2.3529412746429443, which is no label"
    )
  }

  @Test("in an array is told by the size of the truth, or by its axes")
  func arrays() throws {
    let labels = Volumes.found.map(Double.init)
    let shares = (0..<3).flatMap { c in Volumes.found.map { $0 == c ? 0.75 : 0.125 } }
    let ofVoxels = Volumes.found.flatMap { v in (0..<3).map { $0 == v ? 0.75 : 0.125 } }
    // As nibabel has them: columns before rows before slices.
    let whd = (0..<24).map { index in
      Double(Volumes.found[index / 6 + 4 * (index / 2 % 3) + 12 * (index % 2)])
    }
    for (array, kind, axes) in [
      (npy(.uint8, [2, 3, 4], labels), "labels", ""),
      (npy(.uint8, [2, 3, 4], labels), "labels", "axes: {predictions: DHW}"),
      (npy(.uint8, [4, 3, 2], whd), "labels", "axes: {predictions: WHD}"),
      (npy(.float32, [3, 2, 3, 4], shares), "probabilities", ""),
      (npy(.float32, [2, 3, 4, 3], ofVoxels), "probabilities", ""),
      (npy(.float32, [1, 2, 3, 4, 3], ofVoxels), "probabilities", ""),
    ] {
      let folder = try Volumes.folder(
        Volumes.configuration(
          predictions: "pred/{image}.npy", axes, kind == "labels" ? "" : "activation: softmax"
        ).replacing("kind: labels", with: "kind: \(kind)"),
        ["truth/a.nii.gz": gzip(truth), "pred/a.npy": array])
      let ending = try folder.unmask("run")
      #expect(ending.code == 0, "\(ending.error)")
      #expect(try folder.counts() == Volumes.rows)
    }
  }

  @Test("in an array of another order is refused, with the order that would fit")
  func unusual() throws {
    let whd = npy(.uint8, [4, 3, 2], [Double](repeating: 0, count: 24))
    let folder = try Volumes.folder(
      Volumes.configuration(predictions: "pred/{image}.npy"),
      ["truth/a.nii.gz": gzip(truth), "pred/a.npy": whd])
    let ending = try folder.unmask("run")
    #expect(ending.code == 4)
    #expect(ending.error.contains("axes: {predictions: WHD}"), "\(ending.error)")
  }

  @Test("of many volumes in two arrays, and of a mask a class")
  func others() throws {
    let pair = [Volumes.found, Volumes.truth].joined().map(Double.init)
    let folder = try Volumes.folder(
      Volumes.configuration(
        predictions: "pred.npy", truth: "truth.npy", "axes: {predictions: NDHW, truth: NDHW}"),
      [
        "pred.npy": npy(.uint8, [2, 2, 3, 4], pair),
        "truth.npy": npy(.uint8, [2, 2, 3, 4], (Volumes.truth + Volumes.truth).map(Double.init)),
      ])
    let ending = try folder.unmask("run")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(
      try folder.counts().prefix(3) == Volumes.rows.map { "0000" + $0.dropFirst() }[...])

    var files: [String: [UInt8]] = [:]
    for (c, name) in ["ground", "organ", "tumour"].enumerated() {
      files["truth/a/\(name).nii.gz"] = gzip(nifti(Volumes.truth.map { $0 == c ? 1 : 0 }))
      files["pred/a/\(name).nii.gz"] = gzip(nifti(Volumes.found.map { $0 == c ? 1 : 0 }))
    }
    let masks = try Volumes.folder(
      Volumes.configuration(
        predictions: "pred/{image}/{class}.nii.gz", truth: "truth/{image}/{class}.nii.gz"), files)
    #expect(try masks.unmask("run").code == 0)
    #expect(try masks.counts() == Volumes.rows)
  }

  @Test("that lies otherwise in its file is compared where its header places it, and that is said")
  func orientation() throws {
    let turned = nifti(Volumes.turned(Volumes.found), affine: Volumes.ras)
    for name in ["a.nii", "a.nii.gz"] {
      let folder = try Volumes.folder(
        Volumes.configuration(predictions: "pred/{image}\(name.dropFirst())"),
        [
          "truth/a.nii.gz": gzip(truth),
          "pred/\(name)": name == "a.nii" ? turned : gzip(turned),
        ])
      #expect(try folder.unmask("run").code == 0)
      #expect(try folder.counts() == Volumes.rows)
      #expect(
        try folder.text("out/report.json").contains(
          "1 volume whose voxels are stored in another order on one side"))
      #expect(try folder.unmask("run", "--set", "decode.voxels=stored").code == 0)
      #expect(try folder.counts() != Volumes.rows)
    }
  }

  @Test(
    "whose axes are exchanged, or that is walked from its last slice, is compared where its header places it"
  )
  func exchanged() throws {
    // Stored with slices first, then columns, then rows; slices downwards.
    let voxels = (0..<24).map { index in
      let (z, x, y) = (1 - index % 2, index / 2 % 4, index / 8)
      return Volumes.found[x + 4 * y + 12 * z]
    }
    let affine: [Double] = [0, -1.5, 0, 90, 0, 0, -1.5, 126, -2, 0, 0, -70]
    let file = nifti(voxels.map(Double.init), size: [2, 4, 3], affine: affine)
    for (name, bytes) in [("a.nii", file), ("a.nii.gz", gzip(file))] {
      let folder = try Volumes.folder(
        Volumes.configuration(predictions: "pred/{image}\(name.dropFirst())"),
        ["truth/a.nii.gz": gzip(truth), "pred/\(name)": bytes])
      let ending = try folder.unmask("run")
      #expect(ending.code == 0, "\(ending.error)")
      #expect(try folder.counts() == Volumes.rows)
      #expect(try folder.unmask("validate").code == 0)
    }
  }

  @Test("that lies elsewhere in space is refused, and compared as stored where that is asked for")
  func elsewhere() throws {
    let folder = try Volumes.folder(
      Volumes.configuration(),
      [
        "truth/a.nii.gz": gzip(truth),
        "pred/a.nii": nifti(
          Volumes.found, affine: [-1.5, 0, 0, 96, 0, -1.5, 0, 126, 0, 0, 2, -72]),
      ])
    let ending = try folder.unmask("run")
    #expect(ending.code == 4)
    #expect(
      ending.fault
        == "pred/a.nii: its header puts its voxels elsewhere in space than those of truth/a.nii.gz: up to 4 voxels apart",
      "\(ending.error)")
    #expect(try folder.unmask("run", "--set", "decode.voxels=stored").code == 0)
    #expect(try folder.counts() == Volumes.rows)
  }

  @Test(
    "whose header says nothing of its place is compared as it is stored, which is said",
    arguments: [nil, [1.0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]])
  func unplaced(affine: [Double]?) throws {
    let folder = try Volumes.folder(
      Volumes.configuration(),
      ["truth/a.nii.gz": gzip(truth), "pred/a.nii": nifti(Volumes.found, affine: affine)])
    #expect(try folder.unmask("run").code == 0)
    #expect(try folder.counts() == Volumes.rows)
    #expect(
      try folder.text("out/report.json").contains(
        "1 volume of which one side alone says where it lies in space"))
  }

  @Test("of another size, cut off, damaged or with more behind its voxels is refused by name")
  func damaged() throws {
    let all = nifti(Volumes.found)
    let packed = gzip(all)
    var wrong = packed
    wrong[packed.count - 6] ^= 1
    for (bytes, fault) in [
      (Array(all.dropLast()), "pred/a.nii: ends before its last voxel"),
      (gzip(Array(all.dropLast())), "pred/a.nii: slice 1: ends before its last voxel"),
      (
        Array(packed.dropLast(20)), "pred/a.nii: ends in the middle of its compressed data"
      ),
      (wrong, "pred/a.nii: its compressed data is damaged"),
      (gzip(all + [0]), "pred/a.nii: slice 1: goes on after its last voxel"),
      ([1, 2, 3], "pred/a.nii: is no NIfTI file"),
      (
        nifti([Double](repeating: 0, count: 12), size: [4, 3, 1]),
        "pred/a.nii: is 4 × 3 pixels, but truth/a.nii.gz is 4 × 3 × 2"
      ),
    ] {
      let folder = try Volumes.folder(
        Volumes.configuration(), ["truth/a.nii.gz": gzip(truth), "pred/a.nii": bytes])
      let ending = try folder.unmask("run")
      #expect(ending.code == 4)
      #expect(ending.fault == fault)
    }
  }

  @Test("has distances between boundaries only as pictures, which is said")
  func distances() throws {
    let folder = try Volumes.folder(
      Volumes.configuration().replacing("measure: [dice]", with: "measure: [dice, hd95]"),
      ["truth/a.nii.gz": gzip(truth), "pred/a.nii": found])
    let ending = try folder.unmask("run")
    #expect(ending.code == 4)
    #expect(ending.fault.contains("distances between boundaries are measured of pictures only"))
  }

  @Test("gives the same evidence for any number of jobs, and is read again from it")
  func again() throws {
    let folder = try Volumes.folder(
      Volumes.configuration(), ["truth/a.nii.gz": gzip(truth), "pred/a.nii": found])
    #expect(try folder.unmask("run", "--jobs", "1", "--out", "one").code == 0)
    #expect(try folder.unmask("run", "--jobs", "7", "--out", "seven").code == 0)
    #expect(try folder.bytes("one/evidence.sqlite") == folder.bytes("seven/evidence.sqlite"))
    #expect(try folder.unmask("report", "--from", "one", "--out", "again").code == 0)
    #expect(try folder.reports(in: "one") == folder.reports(in: "again"))
  }

  @Test("is no picture where one is needed")
  func map() throws {
    let folder = try Volumes.folder(
      Volumes.configuration(), ["truth/a.nii.gz": gzip(truth), "pred/a.nii": found])
    let ending = try folder.unmask("map", "--image", "a", "--measure", "dice")
    #expect(ending.code != 0)
  }
}

/// A volume is not brought to another number of slices, and planes beside it lie where it does.
@Suite("Beside a volume")
struct VolumeCompanionTests {
  @Test("another number of slices is refused, also where pictures would be resized")
  func slices() throws {
    let short = nifti(
      Array(Volumes.found.prefix(12).map(Double.init)), size: [4, 3, 1], affine: Volumes.lps)
    let three = nifti(
      (Volumes.found + Volumes.found.prefix(12)).map(Double.init), size: [4, 3, 3],
      affine: Volumes.lps)
    for prediction in [short, three] {
      let folder = try Volumes.folder(
        Volumes.configuration("resize: {predictions: torch.nearest}"),
        ["truth/a.nii.gz": gzip(nifti(Volumes.truth)), "pred/a.nii": prediction])
      let ending = try folder.unmask("run")
      #expect(ending.code == 4)
      #expect(ending.fault.contains("but truth/a.nii.gz is 4 × 3 × 2"), "\(ending.error)")
    }
  }

  @Test("a mask of the pixels that exist is read in the order of the truth's voxels")
  func valid() throws {
    let exists = (0..<24).map { $0 % 5 == 0 ? 0 : 1 }
    var counts: [[String]] = []
    for (voxels, affine) in [
      (exists, Volumes.lps), (Volumes.turned(exists), Volumes.ras),
    ] {
      let folder = try Volumes.folder(
        Volumes.configuration("valid: fov/{image}.nii"),
        [
          "truth/a.nii.gz": gzip(nifti(Volumes.truth)), "pred/a.nii": nifti(Volumes.found),
          "fov/a.nii": nifti(voxels, affine: affine),
        ])
      let ending = try folder.unmask("run")
      #expect(ending.code == 0, "\(ending.error)")
      counts.append(try folder.counts())
    }
    #expect(counts[0] == counts[1] && counts[0] != Volumes.rows)
  }

  @Test("all presets are those that need no distances")
  func presets() throws {
    let folder = try Volumes.folder(
      Volumes.configuration(rest: "presets: all"),
      ["truth/a.nii.gz": gzip(nifti(Volumes.truth)), "pred/a.nii": nifti(Volumes.found)])
    let ending = try folder.unmask("run")
    #expect(ending.code == 0, "\(ending.error)")
  }
}
