internal import Core

extension ValueTypes {
  /// One function for the side that is resized.
  static let resize: ValueType<PerSide<Interpolation?>> = sides(
    SideKeys(
      predictions: Key(
        "predictions", choice(of: Interpolation.all, named: \.name),
        otherwise: "as they are", "How predictions get the size of the truth."),
      truth: Key(
        "truth",
        choice(of: Interpolation.nearest, named: \.name) { name in
          Interpolation.all.contains { $0.name == name }
            ? (
              "\(name) mixes labels, and what is between two labels is a third one",
              "write the nearest rule of your code, such as torch.nearest; or resize the predictions"
            )
            : nil
        },
        otherwise: "as it is", "How the truth gets the size of the predictions.")))
}
