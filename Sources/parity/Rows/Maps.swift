import Core
import Counting
import Tables

extension ParityRow {
  /// What the frameworks return with `reduction='none'`.
  static let maps: [String: [String: ParityRow]] = [
    "keras": kerasMaps, "torch": torchMaps, "monai": monaiMaps,
    "segmentation_models_pytorch": smpMaps,
  ]

  private static let list: [Double] = [1, 1, 1, 1, 1000]
  private static let positive: [Double] = [1, 1, 1, 1, 50]

  private static let kerasMaps: [String: ParityRow] = {
    let plain = MapRecipe(measure: "bce", form: .pixels)
    func weighted(_ weighting: MapRecipe.Weighting) -> ParityRow {
      var recipe = plain
      recipe.weighting = weighting
      return ParityRow(mapping: recipe)
    }
    return [
      "bce_map": .init(mapping: plain),
      "bce_map_f64": .init(
        mapping: .init(
          measure: "bce", parameters: ["double": 1], form: .pixels, isDouble: true)),
      "bce_map_label_smoothing": .init(
        mapping: .init(measure: "bce", parameters: ["label_smoothing": 0.1], form: .pixels)),
      "bce_map_axis1": .init(mapping: .init(measure: "bce", form: .columns)),
      "bce_elementwise": .init(mapping: .init(measure: "bce", form: .classesLast)),
      "BinaryCrossentropy_none": .init(mapping: plain),
      "BinaryCrossentropy_none_sw_pixel": weighted(.firstClass(list, noClass: 1)),
      "BinaryCrossentropy_none_sw_sample": weighted(.images),
      "BinaryCrossentropy_none_sw_void": weighted(
        .firstClass([1, 1, 1, 1, 1], noClass: 0)),
      "categorical_crossentropy_map": .init(mapping: .init(measure: "ce", form: .pixels)),
      "BinaryFocal_map": .init(mapping: .init(measure: "focal", form: .pixels)),
      "tf_sigmoid_cross_entropy_with_logits": .init(
        mapping: .init(measure: "bce", form: .classesLast), .independentLogits),
      "tf_weighted_cross_entropy_with_logits": .init(
        mapping: .init(
          measure: "bce", form: .classesLast,
          weighting: .ownPixels(positive)), .independentLogits),
    ]
  }()

  private static let torchMaps: [String: ParityRow] = {
    var rows: [String: ParityRow] = [
      "bce_weighted_none": .init(
        mapping: .init(
          measure: "torch-bce", form: .classesFirst, weighting: .classes(list))),
      "bce_logits_pos_weight_none": .init(
        mapping: .init(measure: "bce", form: .classesFirst, weighting: .ownPixels(positive)),
        .independentLogits),
    ]
    for suffix in ["", "_f64"] {
      let isDouble = suffix != ""
      rows["bce_none\(suffix)"] = .init(
        mapping: .init(measure: "torch-bce", form: .classesFirst, isDouble: isDouble))
      rows["bce_logits_none\(suffix)"] = .init(
        mapping: .init(measure: "bce", form: .classesFirst, isDouble: isDouble),
        .independentLogits)
      for ignoring in ["", "ignore255_"] {
        rows["ce_\(ignoring)none\(suffix)"] = .init(
          mapping: .init(measure: "ce", form: .pixels, isDouble: isDouble), .exclusiveLogits)
        rows["ce_weight_\(ignoring)none\(suffix)"] = .init(
          mapping: .init(
            measure: "ce", form: .pixels, weighting: .classes(list), isDouble: isDouble),
          .exclusiveLogits)
      }
    }
    return rows
  }()

  private static let monaiMaps: [String: ParityRow] = [
    "FocalLoss_none": .init(
      mapping: .init(measure: "focal", form: .classesFirst), .independentLogits),
    "FocalLoss_alpha_none": .init(
      mapping: .init(measure: "focal", parameters: ["alpha": 0.25], form: .classesFirst),
      .independentLogits),
  ]

  private static let smpMaps: [String: ParityRow] = [
    "SoftBCE_none": .init(
      mapping: .init(measure: "bce", form: .classesFirst), .independentLogits),
    "SoftBCE_pos_none": .init(
      mapping: .init(measure: "bce", form: .classesFirst, weighting: .ownPixels(positive)),
      .independentLogits),
    "SoftBCE_smooth_none": .init(
      mapping: .init(
        measure: "bce", parameters: ["label_smoothing": 0.2], form: .classesFirst),
      .independentLogits),
  ]
}
