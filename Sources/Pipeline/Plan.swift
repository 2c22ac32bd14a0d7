package import Configuration
package import Core
package import Decoding

/// A configuration with everything looked up: which images there are, and what is counted of them.
package struct Plan: Sendable {
  package var file: PipelineFile
  package var images: [ImageFiles]
  package var problems: [ImageProblem]
  package var notes: [String]
  package var scheme: Scheme
  package var decoder = PNGDecoder.fast

  package var rules: DecodeRules { DecodeRules(scheme, decoder: decoder) }
}

extension Plan {
  /// Finds the files that `file` names; relative paths start from `root`.
  package init(
    resolving file: PipelineFile, in root: String
  ) throws(Failure) {
    let decode = file.decode
    let names = try Plan.names(decode.names, in: root)
    let list: ImageList
    do {
      list = try decode.list(in: root, named: names, weighing: file.sampleWeighting?.pixels)
    } catch {
      throw Failure(error)
    }
    self.init(
      file: file, images: list.images, problems: list.problems, notes: list.notes,
      scheme: try failing(.configuration) { () throws(Problem) in try file.scheme(in: root) })
    if file.order == .array, !decode.predictions.isOneArray,
      decode.truth?.isOneArray != true
    {
      throw Failure(
        problem: Problem(
          "batch: {order: array}, but no side is an array", at: .file(file.path),
          remedy: "take it out: files are taken in the order of their names"),
        code: .configuration)
    }
    if file.order == .name {
      images.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
      for index in images.indices { images[index].index = index }
    }
    try failing(.noVerdict) { () throws(Problem) in try findSegments(in: root) }
    try failing(.configuration) { () throws(Problem) in try decidePalettes() }
    guard let weighting = file.sampleWeighting else { return }
    do throws(Problem) {
      let weights = try weighting.weights(of: images.map(\.name), in: root)
      for index in images.indices { images[index].weight = weights[images[index].name] ?? 1 }
    } catch {
      throw Failure(problem: error, code: .configuration)
    }
  }
}

extension PipelineFile.Decode {
  fileprivate func list(
    in root: String, named names: [String]?, weighing pixelWeights: OverlayLocation?
  ) throws(ListingFault) -> ImageList {
    guard let truth else {
      return try ImageList(
        unlabelled: predictions, valid: valid, classes: classes, in: root, names: names,
        group: group)
    }
    return try ImageList(
      predictions: predictions, truth: truth, valid: valid,
      pixelWeights: pixelWeights, pictures: images, classes: classes, in: root, names: names,
      haveOneSize: resize == PerSide(both: nil)
        && orientation.truth.exchangesSides == orientation.predictions.exchangesSides,
      group: group)
  }
}

extension Plan {
  /// One name a line, without the space around it.
  private static func names(_ path: String?, in root: String) throws(Failure) -> [String]? {
    guard let path else { return nil }
    do throws(Problem) {
      let names = try readText(path.under(root)).split(whereSeparator: \.isNewline)
        .map(\.trimmed).filter { !$0.isEmpty }
      var seen: Set<String> = []
      guard
        let first = names.first(where: { !seen.insert($0).inserted }) ?? (names.isEmpty ? "" : nil)
      else { return names }
      throw Problem(
        first.isEmpty ? "holds no name" : "holds the name '\(printable(first))' twice",
        at: .file(path.under(root)), remedy: "write every image's name once, one a line")
    } catch {
      throw Failure(problem: error, code: .configuration)
    }
  }
}

extension Substring {
  /// Without space at either end, and without the mark that some editors put before a text.
  fileprivate var trimmed: String {
    let isSpace = { (c: Character) in c.isWhitespace || c == "\u{feff}" }
    var rest = drop(while: isSpace)
    while let last = rest.last, isSpace(last) { rest.removeLast() }
    return String(rest)
  }
}
