package import Core
package import Counting
package import Decoding
internal import Diagnosis
internal import Tables

/// A configuration with everything looked up: which images there are, what is counted of them, and
/// what is made of the counts.
package struct Plan: Sendable {
  package var file: PipelineFile
  package var images: [ImageFiles]
  package var problems: [ImageProblem]
  package var notes: [String]
  package var rules: DecodeRules
  package var needs: Needs
  /// The side of the tiles that are counted, where a chain names them.
  package var countedTile: Int?
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
      list = try ImageList(
        predictions: decode.predictions, truth: decode.truth, classes: decode.classes, in: root,
        names: names, group: decode.group)
    } catch {
      throw Failure(error)
    }
    self.init(
      file: file, images: list.images, problems: list.problems, notes: list.notes,
      rules: file.rules, needs: file.needs, countedTile: file.countedTile)
    if file.order == .name {
      images.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
      for index in images.indices { images[index].index = index }
    }
    guard let weighting = file.sampleWeighting else { return }
    do throws(Problem) {
      let weights = try weighting.weights(of: images.map(\.name), in: root)
      for index in images.indices { images[index].weight = weights.images[images[index].name] ?? 1 }
      needs.sampleWeights = weights
    } catch {
      throw Failure(problem: error, code: .configuration)
    }
  }
}

extension Plan {
  /// One name a line; space around a name does not belong to it.
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

extension PipelineFile {
  var rules: DecodeRules {
    DecodeRules(
      classes: decode.classes, kind: decode.kind, activation: decode.activation,
      ignored: decode.ignored, ignoresUnlisted: decode.ignoresUnlisted,
      hasClassPlanes: !decode.isExclusive || decode.kind != .labels,
      predictionAxes: decode.predictions.axes, truthAxes: decode.truth.axes)
  }

  /// The measures of the file, and behind them those that only its presets take.
  package var counted: [Measure] {
    presets.flatMap(\.parts).reduce(into: measures) { counted, part in
      guard let measure = try? part.measure(areClassesExclusive: decode.isExclusive),
        !counted.contains(where: { $0.name == measure.name })
      else { return }
      counted.append(measure)
    }
  }

  /// What every measure and chain of the file needs to be counted.
  var needs: Needs {
    let counted = counted
    let elementwise = counted.filter(\.isElementwise)
    let losses = elementwise.compactMap { measure -> Needs.Loss? in
      switch measure.form {
      case .separable(let loss): .separable(loss)
      case .categorical(let loss): .categorical(loss)
      case .softRatio, .score: nil
      }
    }
    let headline = elementwise.firstIndex { $0.name == diagnose.measure.name }
    let repairs = headline.flatMap { index in
      if case .categorical(let loss) = losses[index], loss.isRepairable { index } else { nil }
    }
    var needs = Needs(
      classes: decode.classes.count, losses: losses, threshold: decode.threshold,
      areClassesExclusive: decode.isExclusive,
      softSums: counted.contains { if case .softRatio = $0.form { true } else { false } },
      repairs: repairs, countsLevels: diagnose.countsLevels, quantisation: decode.quantised)
    needs.border = diagnose.border
    return needs
  }

  var countedTile: Int? {
    reductions.contains { $0.chain.axes.contains(.tile) } ? tileSide : nil
  }

  var headline: Headline {
    Headline(
      measure: diagnose.measure, reduction: diagnose.reduction.name,
      chain: diagnose.reduction.chain,
      poor: PoorRule(measure: diagnose.poorMeasure, limit: diagnose.poorLimit),
      tolerance: diagnose.tolerance)
  }
}
