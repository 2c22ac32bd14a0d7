internal import Core
internal import Decoding

// What keys that stand together below `decode` must agree on; each mistake is noted where it stands.

extension Section<Keys.Decode> {
  /// A label is of one class, or of several where classes are independent.
  func expectRegions(noting mistakes: inout Mistakes) {
    guard let classes = self.classes, let activation = self.activation else { return }
    let areIndependent = activation == .sigmoid
    if !areIndependent { for problem in classes.shared { mistakes.note(problem) } }
    guard let unclassed = self.unclassed, let labels = unclassed else { return }
    guard let isExclusive = areClassesExclusive else { return }
    guard !isExclusive else {
      mistakes.note(
        place(of: \.unclassed).problem(
          "where classes exclude each other, each pixel that counts is one of them",
          remedy: "list the label as a class, such as {name: background, value: 0}"))
      return
    }
    for label in labels {
      guard let own = classes.list.entry(of: label, on: .truth) else { continue }
      mistakes.note(
        place(of: \.unclassed).problem(
          "\(label) is the class '\(printable(own.name))'",
          remedy: "give the class other labels, or take it out of 'unclassed'"))
    }
  }

  /// A colour within the tolerance of one class's must not be within that of another's.
  func expectColors(noting mistakes: inout Mistakes) {
    guard let tolerance = self.colorTolerance, tolerance > 0, let listed = self.classes?.list,
      let ignored = self.ignoredOrVoid, let named = self.colors
    else { return }
    var colors = listed.entries.map { entry in
      (named?.first { $0.name == entry.name }?.value ?? entry.colors).map { ($0, entry.name) }
    }.flatMap(\.self)
    colors += ignored.colors.map { ($0, "ignore") }
    guard !colors.isEmpty else {
      mistakes.note(
        place(of: \.colorTolerance).problem(
          "no class has a colour", remedy: "give each class its colour, or take this out"))
      return
    }
    for (index, (color, name)) in colors.enumerated() {
      guard
        let (other, otherName) = colors[..<index].first(where: {
          $0.0.distance(to: color) <= 2 * tolerance
        })
      else { continue }
      mistakes.note(
        place(of: \.colorTolerance).problem(
          "\(other) of '\(printable(otherName))' and \(color) of '\(printable(name))' are \(color.distance(to: other)) apart, and a colour between them would be near both",
          remedy: "write less than \((color.distance(to: other) + 1) / 2)"))
      return
    }
  }

  /// Several files, or none, make a mask; where predictions are no masks only the truth has some.
  func expectMasks(noting mistakes: inout Mistakes) {
    if let parts = self.parts, parts.truth == .union, let cut = self.thresholdTruth,
      let hasShares = self.softTruth, cut != nil || hasShares
    {
      mistakes.note(
        place(of: \.parts).problem(
          hasShares
            ? "a union is of masks that say yes or no, and soft_truth reads shares"
            : "a union is of masks that say yes or no, and threshold_truth cuts shares",
          remedy: "take one of the two out"))
    }
    var told: Set<String> = []
    for side in Side.allCases {
      let wants = [
        (self.parts?[side] == .union, place(of: \.parts), "parts: union"),
        (self.absent?[side] == .empty, place(of: \.absent), "absent: empty"),
      ]
      for (isWanted, place, name) in wants
      where isWanted && (place.isMapping || !told.contains(name)) {
        let location = location(of: side)
        let areMasks = location?.hasClassFiles != false
        if let kind = self.kind, kind != .labels, side == .predictions, place.isMapping {
          mistakes.note(
            place.problem(
              "\(name) is for masks, and the predictions are \(kind.rawValue)",
              remedy: "say it of the truth alone"))
        } else if !areMasks, place.isMapping || self.hasNoClassFiles {
          mistakes.note(
            place.problem(
              "\(name) is for one mask a class, and the path of \(side.rawValue) has no {class}",
              remedy: "put {class} into the path, or take it out"))
          // Said of both sides, it is told once.
          told.insert(name)
        }
      }
    }
  }

  private var hasNoClassFiles: Bool {
    Side.allCases.allSatisfy { location(of: $0)?.hasClassFiles == false }
  }

  /// Labels that are one less begin at 0, and a list that counts otherwise has done that step itself.
  func expectZeroLabels(noting mistakes: inout Mistakes) {
    guard let classes = self.classes?.list, let reduces = self.reduceZeroLabel else { return }
    for side in Side.allCases where reduces[side] {
      let labels = Set(classes.entries.flatMap { $0.labels[side] })
      guard !labels.contains(0) || labels.contains(254) else { continue }
      mistakes.note(
        place(of: \.reduceZeroLabel).problem(
          labels.contains(254)
            ? "a class has the label 254, which would be 255 in the file, and 255 stays"
            : "no class has the label 0 in the \(side.rawValue), which their least is to become",
          remedy: "take it out, and say what each class has in the file: value: …"))
    }
  }

  /// A label cannot be a class and be ignored.
  func expectLabels(noting mistakes: inout Mistakes) {
    guard let classes = self.classes?.list, let ignored = self.ignore else { return }
    for label in ignored?.labels ?? [] {
      guard let own = classes.entries.first(where: { $0.labels.truth.contains(label.value) }) else {
        continue
      }
      mistakes.note(
        label.setting.problem(
          "\(label.value) is the class '\(printable(own.name))'",
          remedy: "give the class another value, or do not ignore it"))
    }
    for color in ignored?.colors ?? [] {
      guard let own = classes.entries.first(where: { $0.colors.contains(color.value) }) else {
        continue
      }
      mistakes.note(
        color.setting.problem(
          "\(color.value) is the colour of the class '\(printable(own.name))'",
          remedy: "give the class another colour, or do not ignore it"))
    }
  }

  func expectLevels(noting mistakes: inout Mistakes) {
    // What holds anyway may be written, as `unmask config` writes it.
    guard let kind = self.kind, kind != .probabilities, let place = setting(of: \.quantised),
      self.quantised != .round
    else { return }
    mistakes.note(
      place.problem(
        "\(kind.rawValue) are not written as levels",
        remedy: "take it out: it is for probabilities"))
  }

  /// Only an array can leave it open what its numbers are.
  func expectArrays(noting mistakes: inout Mistakes) {
    guard case .some(.some(let dtype)) = self.dtype else { return }
    for side in Side.allCases where dtype[side] != nil {
      guard let location = location(of: side),
        !isArray(location.template.text)
      else { continue }
      mistakes.note(
        place(of: \.dtype).problem(
          "the files of the \(side.rawValue) are no arrays", remedy: "take it out: it is for arrays"
        ))
    }
  }

  /// Only one side is brought to the size of the other, and by a function that is for what it holds.
  func expectResizable(noting mistakes: inout Mistakes) {
    guard case .some(.some(let resize)) = self.resize, let kind = self.kind else { return }
    let place = place(of: \.resize)
    if resize.predictions != nil, resize.truth != nil {
      mistakes.note(
        place.problem(
          "each side is resized to the size of the other, so both cannot be",
          remedy: "take one of the two out"))
    }
    guard let function = resize.predictions else { return }
    if kind == .labels, !function.isNearest {
      mistakes.note(
        place.problem(
          "\(function.name) mixes labels, and what is between two labels is a third one",
          remedy:
            "write the nearest rule of your code, such as torch.nearest; or save logits or probabilities, which may be mixed"
        ))
    }
    if kind == .probabilities, function.leavesRange {
      mistakes.note(
        place.problem(
          "\(function.name) leaves the range of its numbers, and a probability lies in 0…1",
          remedy: "save the logits and say kind: logits, or write torch.bilinear"))
    }
  }

  func expectGroup(noting mistakes: inout Mistakes) {
    guard let group = (self.group ?? nil)?.trimmingBraces, let predictions = self.predictions,
      let truth = self.truth,
      !(predictions.names + (truth?.names ?? [])).contains(group)
    else { return }
    mistakes.note(
      place(of: \.group).problem(
        "no path captures '{\(group)}'", remedy: "put {\(group)} into predictions or truth"))
  }

  /// Both sides must say which image is which.
  func expectImages(noting mistakes: inout Mistakes) {
    for which in Side.allCases {
      guard var side = location(of: which) else { continue }
      let place = which == .truth ? place(of: \.truth) : place(of: \.predictions)
      if case .some(.some(let axes)) = self.axes { side.axes = axes[which] }
      guard !side.template.names.contains("image"), !side.isOneArray, !side.isRunFile else {
        continue
      }
      mistakes.note(
        place.problem(
          "the path does not say where the image's name stands",
          remedy:
            "put {image} into it, or name one file that holds all images: an array, or masks as runs (.json, .csv)"
        ))
    }
    guard let predictions = self.predictions, let truth = location(of: .truth),
      let names = self.names,
      predictions.namesImages, truth.namesImages,
      predictions.isOneArray != truth.isOneArray, names == nil
    else { return }
    mistakes.note(
      place(of: \.predictions).problem(
        "one side is an array and the other is files, and nothing tells which image is which",
        remedy: "add names: a text file with one image name a line, in the order of the array"))
  }
}

extension Section<Keys.Decode> {
  /// Where there is no truth, nothing is said of it.
  func expectNothingOfNoTruth(noting mistakes: inout Mistakes) {
    guard case .some(nil) = self.truth else { return }
    var settings = [
      setting(of: \.softTruth), setting(of: \.thresholdTruth), setting(of: \.resize),
      setting(of: \.unclassed),
    ]
    if case .some(.some(let segments)) = self.segments, segments.truth != nil {
      settings.append(setting(of: \.segments))
    }
    for setting in settings.compactMap(\.self) {
      mistakes.note(
        setting.problem(
          "it is about the truth, and decode has none",
          remedy: "take it out, or say truth: where its files lie"))
    }
  }
}

extension Section<Keys.Pipeline> {
  /// A reference is for what has no truth of its own.
  func expectReference(noting mistakes: inout Mistakes) {
    guard case .some(.some(_)) = self.reference, case .some(.some(_)) = self.decode?.truth else {
      return
    }
    mistakes.note(
      place(of: \.reference).problem(
        "a reference is for predictions without a truth, and decode has one",
        remedy: "take it out; `unmask compare` compares two runs with a truth"))
  }

  /// What a plane beside predictions and truth is called must follow from their paths.
  func expectCaptures(noting mistakes: inout Mistakes) {
    guard let decode = self.decode, let predictions = decode.predictions, let truth = decode.truth
    else { return }
    let isArray = predictions.isOneArray || truth?.isOneArray == true
    let names = Set(predictions.names + (truth?.names ?? []) + (isArray ? ["image"] : []))
    func expect(_ overlay: OverlayLocation??, at place: Setting?) {
      guard case .some(.some(let overlay)) = overlay,
        let foreign = overlay.template.names.first(where: { !names.contains($0) })
      else { return }
      mistakes.note(
        (place ?? setting).problem(
          "neither predictions nor truth captures '{\(foreign)}'",
          remedy:
            "the names here are \(names.subtracting(["class"]).sorted().joined(separator: ", "))"))
    }
    expect(decode.valid, at: decode.setting(of: \.valid))
    expect(decode.images, at: decode.setting(of: \.images))
    if case .some(.some(let weights)) = self.sampleWeight {
      expect(weights.pixels, at: weights.setting(of: \.pixels))
    }
  }
}

extension SideLocation {
  fileprivate var namesImages: Bool { template.names.contains("image") || isOneArray }
}
