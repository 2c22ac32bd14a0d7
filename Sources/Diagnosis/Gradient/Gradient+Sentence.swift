internal import Core
package import Pages

extension Diagnosis {
  /// `pole has 0.245 % of the pixels and 0.8 % of the headline's scale, yet 56.7 % of the gradient …`
  ///
  /// `nil` where the class is in no truth, or nothing is heard.
  package func gradientSentence(of c: Int, in gradient: Gradient) -> Line? {
    let (found, pull) = (classes[c], gradient.classes[c])
    guard let pixels = found.pixelShare, pixels > 0, let share = gradient.share(of: c),
      pull.size > 0
    else { return nil }
    let worth: Line =
      if let reach = found.reach, let scale, scale > 0 {
        " and \(percent: reach / scale) of the headline's scale"
      } else {
        ""
      }
    let contrast: Line = share > 5 * pixels ? "yet " : ""
    let direction: Line =
      pull.net > 0
      ? "On the whole the pull is down: the next step of this loss lowers its logit"
      : "On the whole the pull is up"
    return
      "\(name: printable(found.name)) has \(percent: pixels) of the pixels\(worth), \(contrast)\(percent: share) of the gradient; \(percent: pull.others / pull.size) of that is from pixels that are not it. \(direction)."
  }
}

extension Diagnosis {
  /// A row a class, those first of which most is heard.
  package func gradientTable(_ gradient: Gradient, most: Int = .max) -> Table {
    var table = Table([
      "class", "pixels", "share of the gradient",
      gradient.isOneSided ? "own pixels, up" : "own pixels",
      gradient.isOneSided ? "all others, down" : "all others",
      "others ÷ own", "net",
    ])
    let order = classes.indices.sorted { a, b in
      let (left, right) = (gradient.classes[a].size, gradient.classes[b].size)
      return left != right ? left > right : a < b
    }
    for c in order.prefix(most) {
      let pull = gradient.classes[c]
      let direction = pull.net > 0 ? " ↓" : pull.net < 0 ? " ↑" : ""
      table.add([
        .name(classes[c].name), "\(percent: classes[c].pixelShare)",
        "\(percent: gradient.share(of: c))", "\(pull.own)", "\(pull.others)",
        "\(pull.othersPerOwn)", "\(pull.net)\(text: direction)",
      ])
    }
    return table
  }
}
