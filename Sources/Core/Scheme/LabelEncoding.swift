/// What a pixel's number in a label map says: its label, or the label and the number of an object.
package struct LabelEncoding: Sendable {
  /// As the configuration writes it.
  package let name: String
  /// For the documentation.
  package let words: String
  /// The label that a number holds.
  package let label: @Sendable (Int64) -> Int64
  /// The label that a colour holds, where that is how labels are written.
  package let labelOfColor: (@Sendable (ClassList.Color) -> Int64)?

  fileprivate init(
    _ name: String, _ words: String, label: @escaping @Sendable (Int64) -> Int64 = { $0 },
    ofColor labelOfColor: (@Sendable (ClassList.Color) -> Int64)? = nil
  ) {
    self.name = name
    self.words = words
    self.label = label
    self.labelOfColor = labelOfColor
  }
}

extension LabelEncoding {
  package static let `class` = LabelEncoding("class", "the number is the label")

  /// cityscapesScripts, preparation/json2instanceImg.py: `id * 1000 + number`, and the `id` alone for
  /// what has no instances.
  package static let cityscapesInstances = LabelEncoding(
    "cityscapes-instances", "from 1000 on the label is the number // 1000",
    label: { $0 >= 1000 ? $0 / 1000 : $0 })

  /// KITTI's devkit for semantics, and Mapillary Vistas: `id * 256 + number`.
  package static let kittiInstances = LabelEncoding(
    "kitti-instances", "the label is the number // 256 (KITTI, Mapillary)",
    label: { $0 >= 0 ? $0 / 256 : $0 })

  /// ADE20K's toolkit, loadAde20K: `R / 10 * 256 + G`, where B numbers the objects.
  package static let ade20KFull = LabelEncoding(
    "ade20k-full", "of a colour the label is R // 10 * 256 + G",
    ofColor: { Int64($0.red / 10) * 256 + Int64($0.green) })

  package static let all = [`class`, cityscapesInstances, kittiInstances, ade20KFull]
}

// An encoding is known by its name.
extension LabelEncoding: Hashable, Codable {
  package static func == (a: LabelEncoding, b: LabelEncoding) -> Bool { a.name == b.name }
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }

  /// - Throws: DecodingError: no encoding has the name.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let name = try container.decode(String.self)
    guard let encoding = LabelEncoding.all.first(where: { $0.name == name }) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "no encoding")
    }
    self = encoding
  }

  /// - Throws: EncodingError: the encoder does not take the name.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }
}
