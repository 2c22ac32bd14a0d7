internal import Core

extension Setting {
  /// Where decode has no truth nothing is measured, so what would be measured need not be said: a score and a chain stand in
  /// its place, which nothing reads.
  var completeWithoutTruth: Setting {
    get throws(Problem) {
      guard case .mapping(var entries) = content,
        case .mapping(let decode)? = entries.first(where: { $0.key == "decode" })?.value.content,
        decode.contains(where: { $0.key == "predictions" }),
        !decode.contains(where: { $0.key == "truth" })
      else { return self }
      let standing = try Setting(
        parsing:
          "measure: [iou]\nreduce: {all: \"pool(batch, image, pixel) > score > mean(class)\"}",
        file: file)
      guard case .mapping(let wanted) = standing.content else { return self }
      for entry in wanted where !entries.contains(where: { $0.key == entry.key }) {
        entries.append(entry)
      }
      var complete = Setting(path: path, line: line, file: file, content: .mapping(entries))
      complete.origin = origin
      return complete
    }
  }
}
