package import Core

/// A chain that is one step away from another, and what was changed.
package struct Edit: Sendable {
  package var chain: Chain
  /// `mean(class) becomes mean(class, by: inverse-prevalence)`
  package var change: String
}

extension Chain {
  /// Every chain with a meaning that is one step away, each once, in a fixed order: two neighbouring
  /// steps swapped; a step with another weight; a step with another operation; the score, or the
  /// class, taken elsewhere.
  ///
  /// - Parameter weights: those that the run has.
  package func edits(worst: Worst, weights: [Weight]) -> [Edit] {
    var seen: Set<String> = [description]
    return (swaps + weighed(by: weights) + operated(worst) + moves).filter { edit in
      edit.chain.isLegal && seen.insert(edit.chain.description).inserted
    }
  }

  private var swaps: [Edit] {
    steps.indices.dropLast().map { index in
      var steps = steps
      steps.swapAt(index, index + 1)
      return Edit(
        chain: having(steps),
        change: "\(self.steps[index + 1].text) before \(self.steps[index].text)")
    }
  }

  private func weighed(by weights: [Weight]) -> [Edit] {
    changing { reduction in
      var choices: [Reduction] = []
      for weight in weights.map(Optional.some) + [nil] {
        var changed = reduction
        (changed.weight, changed.factor) = (weight, nil)
        choices.append(changed)
      }
      return choices
    }
  }

  /// Operations that look at the bad end; the good end reveals nothing.
  private func operated(_ worst: Worst) -> [Edit] {
    let operations: [Operation] = [
      .mean, .sum, worst == .largest ? .max : .min, .worstPercent(5),
    ]
    return changing { reduction in
      operations.map { operation in
        var changed = reduction
        changed.operation = operation
        if operation.isSelective { (changed.weight, changed.factor) = (nil, nil) }
        return changed
      }
    }
  }

  private func changing(_ choices: (Reduction) -> [Reduction]) -> [Edit] {
    steps.indices.flatMap { index -> [Edit] in
      guard case .reduce(let reduction) = steps[index], reduction.operation != .pool else {
        return []
      }
      return choices(reduction).map { changed in
        var steps = steps
        steps[index] = .reduce(changed)
        return Edit(chain: having(steps), change: "\(changed) instead of \(reduction)")
      }
    }
  }

  /// Pooled axes averaged after the score instead, averaged ones pooled before it, and the class
  /// taken out of a step that takes more.
  private var moves: [Edit] {
    var moves: [Edit] = []
    if let score = steps.firstIndex(where: \.isScore) {
      for index in steps[..<score].indices { moves += postponing(index, behind: score) }
      for index in steps[score...].indices.dropFirst() {
        guard case .reduce(let reduction) = steps[index] else { continue }
        var changed = steps
        changed.remove(at: index)
        changed.insert(.reduce(.init(.pool, reduction.axes)), at: score)
        moves.append(
          Edit(
            chain: having(changed), change: "pool(\(reduction.axesText)) before the score"))
      }
    }
    for (index, step) in steps.enumerated() {
      guard case .reduce(let reduction) = step, reduction.operation != .pool else { continue }
      guard reduction.axes.contains(.class), reduction.axes.count > 1 else { continue }
      var changed = steps
      var rest = reduction
      rest.axes.removeAll { $0 == .class }
      changed[index] = .reduce(rest)
      changed.insert(.reduce(.init(reduction.operation, [.class])), at: index + 1)
      moves.append(
        Edit(
          chain: having(changed),
          change: "\(reduction.operation)(class) behind \(rest) instead of \(reduction)"))
    }
    return moves
  }

  /// Some of the axes that a step pools averaged after the score.
  private func postponing(_ index: Int, behind score: Int) -> [Edit] {
    guard case .reduce(let reduction) = steps[index] else { return [] }
    let choices: [[Axis]] = [[.class], [.image, .batch], [.batch]]
    return choices.compactMap { axes -> Edit? in
      let moved = axes.filter(reduction.axes.contains)
      let left = reduction.axes.filter { !moved.contains($0) }
      guard moved == axes else { return nil }
      var changed = steps
      changed.insert(.reduce(.init(.mean, moved)), at: score + 1)
      if left.isEmpty {
        changed.remove(at: index)
      } else {
        changed[index] = .reduce(.init(.pool, left))
      }
      let mean = Reduction(.mean, moved)
      return Edit(chain: having(changed), change: "\(mean) after the score")
    }
  }
}

extension Chain.Step {
  fileprivate var isScore: Bool { if case .score = self { true } else { false } }

  fileprivate var text: String { isScore ? "score" : description }
}

extension Chain.Reduction {
  fileprivate var axesText: String { axes.map(\.rawValue).joined(separator: ", ") }
}
