internal import Core
internal import Pages
internal import Tables

/// What training hears of a class that fails: the wrong thing, or nearly nothing.
extension Examination {
  /// Missed, and pulled down all the same.
  var pulledDown: [Finding] {
    poor.prefix(Examination.mostClasses).compactMap { c in
      guard let pull = gradient?.classes[c], gradient?.isOneSided == true, pull.net > 0,
        let times = pull.othersPerOwn,
        let missed = missedShare(c), missed >= 0.5
      else { return nil }
      let own = OwnPixelWeight(
        of: c, diagnosis, positive: measurements.weighting.positive, times: times)
      let chain = own.map { " (by the chain \(code: $0.chain.description))" as Line }
      return Finding(
        .pulledDown, of: diagnosis.classes[c].name, about: .name(names[c]),
        "\(percent: missed) of its pixels are missed, and yet the gradient of this loss pulls it down: all other pixels pull \(times) times as hard as its own, so the next step of training by it lowers its logit",
        remedy:
          "Give its own pixels \(times) times the weight\(chain), at which both pull alike at these predictions, and check the threshold: the pull says where the mean of p goes, and not whether the class can be told apart",
        snippet: own.map { .setting($0.setting) },
        numbers: [
          "missed_share": missed, "gradient_own": pull.own, "gradient_others": pull.others,
          "gradient_net": pull.net, "others_per_own": times,
          "gradient_share": gradient?.share(of: c),
        ])
    }
  }

  /// Hidden by the headline, and by its gradient too.
  var unheard: [Finding] {
    guard let gradient else { return [] }
    let even = 1 / Double(max(1, diagnosis.averaged))
    return unseen.prefix(Examination.mostClasses).compactMap { c in
      guard let share = gradient.share(of: c), share < even / 2 else { return nil }
      let weight = gradient.hearingWeight(of: c, in: diagnosis)
      let evens: Line =
        weight.evens.map { "\($0) times its weight would make it even" } ?? "nothing pulls at it"
      return Finding(
        .unheard, of: diagnosis.classes[c].name, about: .name(names[c]),
        "the headline does not show it, and training by it hears \(percent: share) of it where an even share is \(percent: even)",
        remedy: "Give the class more weight in training: \(evens)",
        numbers: ["gradient_share": share, "even_share": even, "weight_to_even": weight.evens])
    }
  }

  private func missedShare(_ c: Int) -> Double? {
    let overlap = overlaps[c]
    return overlap.truth > 0 ? Double(overlap.onlyTrue) / Double(overlap.truth) : nil
  }
}
