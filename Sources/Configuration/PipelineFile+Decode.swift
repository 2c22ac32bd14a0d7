internal import Core
internal import Decoding

extension PipelineFile.Decode {
  /// Whether classes exclude each other, so that a pixel has one.
  package var isExclusive: Bool {
    Self.isExclusive(kind, activation, predictions)
  }

  fileprivate static func isExclusive(
    _ kind: Scheme.Kind, _ activation: Scheme.Activation, _ predictions: SideLocation
  ) -> Bool {
    kind == .labels
      ? !predictions.hasClassFiles && predictions.axes?.hasClasses != true
      : activation == .softmax
  }

  init?(_ file: Section<Keys.Pipeline>, noting mistakes: inout Mistakes) {
    guard let keys = file.decode else { return nil }
    let activation = keys.activation(noting: &mistakes)
    let classes = keys.colouredClasses(noting: &mistakes)
    keys.expectLabels(noting: &mistakes)
    keys.expectLevels(noting: &mistakes)
    keys.expectGroup(noting: &mistakes)
    keys.expectImages(noting: &mistakes)
    guard let activation, let classes, let predictions = keys.predictions, let truth = keys.truth,
      let kind = keys.kind, let ignored = keys.ignore, let axes = keys.axes,
      let orientation = keys.orientation, let names = keys.names,
      let threshold = keys.threshold, let group = keys.group, let quantised = keys.quantised
    else { return nil }
    self.predictions = predictions
    self.predictions.axes = axes?.predictions
    self.truth = truth
    self.truth.axes = axes?.truth
    self.kind = kind
    self.activation = activation
    self.classes = classes
    self.ignored = Scheme.Ignored(
      labels: Set((ignored?.labels ?? []).map(\.value)), unlisted: ignored?.isUnlisted ?? false)
    if let orientation {
      guard let predictions = orientation.predictions, let truth = orientation.truth else {
        return nil
      }
      self.orientation = Scheme.Orientation(predictions: predictions, truth: truth)
    } else {
      self.orientation = Scheme.Orientation()
    }
    self.names = names
    self.threshold = threshold
    self.group = group?.trimmingBraces
    self.quantised = quantised
  }
}

extension Section<Keys.Decode> {
  /// `nil` where what decides it is wrong.
  var areClassesExclusive: Bool? {
    guard let kind = self.kind, let told = self.activation, var predictions = self.predictions,
      let axes = self.axes, let activation = told ?? (kind == .labels ? .softmax : nil)
    else { return nil }
    predictions.axes = axes?.predictions
    return PipelineFile.Decode.isExclusive(kind, activation, predictions)
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

  /// A label cannot be a class and be ignored.
  fileprivate func expectLabels(noting mistakes: inout Mistakes) {
    guard let classes = self.classes?.list, let ignored = self.ignore else { return }
    for label in ignored?.labels ?? [] {
      guard let own = classes.entries.first(where: { $0.value == label.value }) else { continue }
      mistakes.note(
        label.setting.problem(
          "\(label.value) is the class '\(printable(own.name))'",
          remedy: "give the class another value, or do not ignore it"))
    }
  }

  fileprivate func expectLevels(noting mistakes: inout Mistakes) {
    guard let kind = self.kind, kind != .probabilities, let place = setting(of: \.quantised) else {
      return
    }
    mistakes.note(
      place.problem(
        "\(kind.rawValue) are not written as levels",
        remedy: "take it out: it is for probabilities"))
  }

  fileprivate func expectGroup(noting mistakes: inout Mistakes) {
    guard let group = (self.group ?? nil)?.trimmingBraces, let predictions = self.predictions,
      let truth = self.truth,
      !(predictions.template.names + truth.template.names).contains(group)
    else { return }
    mistakes.note(
      place(of: \.group).problem(
        "no path captures '{\(group)}'", remedy: "put {\(group)} into predictions or truth"))
  }

  /// Both sides must say which image is which.
  fileprivate func expectImages(noting mistakes: inout Mistakes) {
    for key in [\Keys.Decode.predictions, \.truth] {
      guard let side = self[dynamicMember: key], !side.template.names.contains("image"),
        !side.isOneArray
      else { continue }
      mistakes.note(
        place(of: key).problem(
          "the path does not say where the image's name stands",
          remedy: "put {image} into it, or name one .npy or .npz file that holds all images"))
    }
    guard let predictions = self.predictions, let truth = self.truth, let names = self.names,
      predictions.namesImages, truth.namesImages,
      predictions.isOneArray != truth.isOneArray, names == nil
    else { return }
    mistakes.note(
      place(of: \.predictions).problem(
        "one side is an array and the other is files, and nothing tells which image is which",
        remedy: "add names: a text file with one image name a line, in the order of the array"))
  }
}

extension SideLocation {
  fileprivate var namesImages: Bool { template.names.contains("image") || isOneArray }
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
      classes.entries[place].color = color.value
    }
    for (place, entry) in classes.entries.enumerated() where entry.color != nil {
      guard let other = classes.entries[..<place].first(where: { $0.color == entry.color }) else {
        continue
      }
      mistakes.note(
        (self.setting(of: \.colors) ?? setting).problem(
          "'\(printable(entry.name))' and '\(printable(other.name))' have the same colour",
          remedy: "give every class its own"))
    }
  }
}

extension Section<Keys.Pipeline> {
  /// What the classes count, by `weights` and `positive_weights`.
  func weighting(noting mistakes: inout Mistakes) -> ClassWeighting? {
    guard let classes = self.decode?.classes?.list else { return nil }
    func all(_ weights: ClassWeights?, _ mistakes: inout Mistakes) -> [Double]? {
      weights.flatMap { weights in
        mistakes.noting { () throws(Problem) in try weights.weights(of: classes) }
      }
    }
    let averaging = all(self.weights, &mistakes)
    let positive = all(self.positiveWeights, &mistakes)
    guard let averaging, let positive else { return nil }
    return ClassWeighting(averaging: averaging, positive: positive)
  }
}

extension String {
  fileprivate var trimmingBraces: String {
    hasPrefix("{") && hasSuffix("}") ? String(dropFirst().dropLast()) : self
  }
}
