internal import Core
internal import Pages

/// Planes that were scaled from their least to their greatest value when they were saved, so that
/// their levels are no probabilities.
extension SetUp {
  var stretched: [SetUpFault] {
    let values = glance.values
    guard values.planes >= 5, values.stretched == values.planes else { return [] }
    return [
      SetUpFault(
        .stretched, .warning, "each plane may have been stretched to 0…255 when it was saved",
        "All \(count: values.planes, "plane") that were looked at reach 0 and 255, and 255 in hardly a pixel each: so they look where a tool scales every picture from its least to its greatest value, as `keras.utils.save_img` does unless told `scale=False`, and matplotlib's `imsave`",
        remedy:
          "Save p · 255 as it is, or a float array; from stretched planes neither losses nor decisions can be had",
        numbers: ["planes": Double(values.planes)])
    ]
  }
}
