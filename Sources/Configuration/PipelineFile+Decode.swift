internal import Core
internal import Decoding

extension PipelineFile.Decode {
  /// Whether classes exclude each other, so that a pixel has one.
  package var isExclusive: Bool {
    Self.isExclusive(kind, activation, predictions, areRegions: classes.shareLabels)
  }

  fileprivate static func isExclusive(
    _ kind: Scheme.Kind, _ activation: Scheme.Activation, _ predictions: SideLocation,
    areRegions: Bool
  ) -> Bool {
    kind == .labels
      ? !predictions.hasClassFiles && predictions.axes?.hasClasses != true
        && !(areRegions && activation == .sigmoid)
      : activation == .softmax
  }

  init?(_ file: Section<Keys.Pipeline>, noting mistakes: inout Mistakes) {
    guard let keys = file.decode else { return nil }
    let activation = keys.activation(noting: &mistakes)
    let classes = keys.colouredClasses(noting: &mistakes)
    keys.expectLabels(noting: &mistakes)
    keys.expectLevels(noting: &mistakes)
    keys.expectZeroLabels(noting: &mistakes)
    keys.expectSegments(noting: &mistakes)
    keys.expectMasks(noting: &mistakes)
    keys.expectRegions(noting: &mistakes)
    keys.expectColors(noting: &mistakes)
    keys.expectResizable(noting: &mistakes)
    keys.expectGroup(noting: &mistakes)
    keys.expectImages(noting: &mistakes)
    keys.expectArrays(noting: &mistakes)
    keys.expectNothingOfNoTruth(noting: &mistakes)
    guard let activation, let classes, let predictions = keys.predictions, let truth = keys.truth,
      let kind = keys.kind, let ignored = keys.ignoredOrVoid, let axes = keys.axes,
      let dtype = keys.dtype,
      let names = keys.names, let encoding = keys.encoding, let zero = keys.reduceZeroLabel,
      let threshold = keys.threshold, let group = keys.group, let quantised = keys.quantised,
      let truthThreshold = keys.thresholdTruth, let hasShares = keys.softTruth,
      let parts = keys.parts, let absent = keys.absent,
      let valid = keys.valid, let images = keys.images, let unclassed = keys.unclassed,
      let colorTolerance = keys.colorTolerance, let orientation = keys.orientation,
      let voxels = keys.voxels,
      let resize = keys.resize, let palettes = keys.palette, let segments = keys.segments
    else { return nil }
    self.predictions = predictions
    self.predictions.axes = axes?.predictions ?? nil
    self.predictions.dtype = dtype?.predictions ?? nil
    self.truth = truth
    self.truth?.axes = axes?.truth ?? nil
    self.truth?.likelyAxes = axes?.predictions ?? nil
    self.truth?.dtype = dtype?.truth ?? nil
    self.kind = kind
    self.activation = activation
    self.classes = classes
    self.ignored = ignored
    coding = PerSide(
      predictions: LabelCoding(
        encoding.predictions, reducesZero: zero.predictions,
        hasSegments: segments?.predictions != nil),
      truth: LabelCoding(
        encoding.truth, reducesZero: zero.truth, hasSegments: segments?.truth != nil))
    self.segments = segments ?? PerSide(both: nil)
    self.valid = valid
    self.images = images
    self.unclassed = unclassed ?? []
    self.colorTolerance = colorTolerance
    maskFiles = PerSide(
      predictions: MaskFiles(parts: parts.predictions, absent: absent.predictions),
      truth: MaskFiles(parts: parts.truth, absent: absent.truth))
    if kind != .labels { maskFiles.predictions = MaskFiles() }
    self.predictions.maskFiles = maskFiles.predictions
    self.truth?.maskFiles = maskFiles.truth
    self.predictions.marker = file.readiness?.marker
    self.resize = resize ?? PerSide(both: nil)
    self.palettes = palettes ?? PerSide(both: nil)
    self.voxels = voxels
    self.orientation = orientation ?? PerSide(both: .none)
    self.names = names
    self.threshold = threshold.all
    thresholds = nil
    self.truthThreshold = truthThreshold ?? (hasShares ? 0.5 : nil)
    self.hasShares = hasShares
    self.group = group?.trimmingBraces
    self.quantised = quantised
    let exclusive = isExclusive
    guard
      let each = mistakes.noting({ () throws(Problem) in
        try threshold.each(of: classes, areExclusive: exclusive)
      })
    else { return nil }
    if let first = each.first { self.threshold = first }
    thresholds = each.contains { $0 != each.first } ? each : nil
  }
}

extension Section<Keys.Decode> {
  /// Where a side's files lie; `nil` where that is wrong, or where there is no truth.
  func location(of side: Side) -> SideLocation? {
    side == .truth ? self.truth ?? nil : self.predictions
  }

  /// `nil` where what decides it is wrong.
  var areClassesExclusive: Bool? {
    guard let kind = self.kind, let told = self.activation, var predictions = self.predictions,
      let axes = self.axes, let activation = told ?? (kind == .labels ? .softmax : nil)
    else { return nil }
    predictions.axes = axes?.predictions ?? nil
    return PipelineFile.Decode.isExclusive(
      kind, activation, predictions, areRegions: self.classes?.list.shareLabels ?? false)
  }

  fileprivate func activation(noting mistakes: inout Mistakes) -> Scheme.Activation? {
    guard let kind = self.kind, let told = self.activation else { return nil }
    if let activation = told ?? (kind == .labels ? .softmax : nil) { return activation }
    mistakes.note(
      setting.problem(
        "\(kind.rawValue) need an activation, which cannot be seen from the files",
        remedy:
          "say activation: sigmoid (classes are independent) or softmax (they exclude each other)"))
    return nil
  }

  /// What `ignore` says, or else the list of classes where it has a name.
  var ignoredOrVoid: Scheme.Ignored? {
    guard let ignored = self.ignore, let classes = self.classes else { return nil }
    guard let ignored else { return classes.void }
    return Scheme.Ignored(
      labels: Set(ignored.labels.map(\.value)), unlisted: ignored.isUnlisted,
      colors: Set(ignored.colors.map(\.value)))
  }
}

extension Section<Keys.Decode> {
  /// The classes with the colours that another key may give them.
  fileprivate func colouredClasses(noting mistakes: inout Mistakes) -> ClassList? {
    guard let listed = self.classes else { return nil }
    var classes = listed.list
    colour(&classes, listed.setting, noting: &mistakes)
    return classes
  }

  private func colour(
    _ classes: inout ClassList, _ setting: Setting, noting mistakes: inout Mistakes
  ) {
    guard let colors = self.colors else { return }
    for color in colors ?? [] {
      guard let place = classes.entries.firstIndex(where: { $0.name == color.name }) else {
        mistakes.note(
          color.setting.problem("no class has this name", remedy: "the keys are class names"))
        continue
      }
      classes.entries[place].colors = color.value
    }
    var owners: [ClassList.Color: String] = [:]
    for entry in classes.entries {
      for color in entry.colors {
        guard let other = owners.updateValue(entry.name, forKey: color) else { continue }
        mistakes.note(
          (self.setting(of: \.colors) ?? setting).problem(
            other == entry.name
              ? "'\(printable(entry.name))' has the same colour twice"
              : "'\(printable(entry.name))' and '\(printable(other))' have the same colour",
            remedy: "give every class its own"))
      }
    }
  }
}

extension Section<Keys.Pipeline> {
  /// What the classes count, by `weights`, `positive_weights` and `not_averaged`.
  func weighting(noting mistakes: inout Mistakes) -> ClassWeighting? {
    guard let classes = self.decode?.classes?.list else { return nil }
    func all(_ weights: ClassNumbers?, _ mistakes: inout Mistakes) -> [Double]? {
      weights.flatMap { weights in
        mistakes.noting { () throws(Problem) in try weights.weights(of: classes) }
      }
    }
    let averaging = all(self.weights, &mistakes)
    let positive = all(self.positiveWeights, &mistakes)
    let isLeftOut = leftOut(of: classes, noting: &mistakes)
    guard let averaging, let positive, let isLeftOut else { return nil }
    return ClassWeighting(
      averaging: averaging, positive: positive, isAveraged: isLeftOut.map { !$0 })
  }
}

extension Section<Keys.Pipeline> {
  /// For each class whether `not_averaged` names it.
  private func leftOut(of classes: ClassList, noting mistakes: inout Mistakes) -> [Bool]? {
    guard let written = self.notAveraged else { return nil }
    guard let names = written else { return .init(repeating: false, count: classes.count) }
    return mistakes.noting { () throws(Problem) in try names.areNamed(among: classes) }
  }
}

extension String {
  /// `city` for `{city}`.
  var trimmingBraces: String {
    hasPrefix("{") && hasSuffix("}") ? String(dropFirst().dropLast()) : self
  }
}
