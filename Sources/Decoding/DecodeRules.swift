package import Core

/// What the files of a run mean, and who decodes them.
package struct DecodeRules: Sendable {
  package let scheme: Scheme
  /// Who decodes PNG files; the result is the same.
  package var decoder: PNGDecoder

  /// Whether a label may be several classes.
  let labelsAreShared: Bool
  /// How the label maps of either side are read.
  let labels: PerSide<LabelReading>

  package init(_ scheme: Scheme, decoder: PNGDecoder = .fast) {
    self.scheme = scheme
    self.decoder = decoder
    labelsAreShared = scheme.classes.shareLabels
    labels = PerSide(
      predictions: LabelReading(scheme, .predictions), truth: LabelReading(scheme, .truth))
  }

  var classes: ClassList { scheme.classes }
  var kind: Scheme.Kind { scheme.kind }
  var ignored: Scheme.Ignored { scheme.ignored }
  /// Whether a side's label maps may be pictures whose colours mean something.
  func readsColors(of side: Side) -> Bool {
    scheme.coding[side].encoding.labelOfColor != nil
      || classes.entries.contains { !$0.colors.isEmpty }
  }
  /// Whether a truth with one number a pixel is the mask of the only class, which has one plane in the
  /// predictions: what is not the class has no name there.
  var truthIsOneMask: Bool {
    kind != .labels && !areClassesExclusive && classes.count == 1 && scheme.unclassed.isEmpty
      && classes.entries[0].colors.isEmpty
  }
  /// Whether label maps are read class by class, because a label may be several classes, or none.
  var readsRegions: Bool { labelsAreShared || !scheme.unclassed.isEmpty }
  /// Whether predictions have one number a pixel, and no plane for each class.
  var areLabelMaps: Bool { kind == .labels && areClassesExclusive }
  var areClassesExclusive: Bool { scheme.areClassesExclusive }
  var predictionAxes: AxisOrder? { scheme.axes.predictions.flatMap(AxisOrder.init) }
  func dtype(of side: Side) -> NarrowFloat? { scheme.dtype[side].flatMap(NarrowFloat.init) }
  /// Slices that are told of the predictions are those of the truth too.
  var truthAxes: AxisOrder? {
    if let told = scheme.axes.truth { return AxisOrder(rawValue: told) }
    guard let predictions = predictionAxes, predictions.hasSlices, !predictions.hasImages else {
      return nil
    }
    return AxisOrder(rawValue: predictions.rawValue.filter { $0 != "C" })
  }
}
