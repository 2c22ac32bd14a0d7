/// Images that belong together, as their names or their order say.
struct Grouping {
  /// Of each image, in the order of the images.
  var groups: [String]
  /// How many there are.
  var count: Int
  var origin: Origin

  enum Origin {
    /// What stands before the last, first, second … separator of the names, and that separator.
    case names(separator: Character)
    /// So many images in a row, as long as four runs of images that are alike.
    case stretches(length: Int)
  }

  /// Fewer say nothing of how much groups differ.
  static let fewest = 5

  private init?(_ groups: [String], _ origin: Origin) {
    count = Set(groups).count
    self.groups = groups
    self.origin = origin
    guard count >= Grouping.fewest, 2 * count <= groups.count else { return nil }
  }

  /// The grouping by the beginnings of the names in which images are most alike; `nil` where in none they
  /// are much alike.
  init?(of names: [String], byLikenessIn series: ScoreSeries) {
    let separators: [Character] = ["/", "_", "-", "."]
    var best: (Grouping, Double)?
    for separator in separators {
      for depth in 1...3 {
        let groups = names.map { name -> String in
          let parts = name.split(separator: separator, omittingEmptySubsequences: false)
          return parts.count > depth
            ? parts.prefix(depth).joined(separator: String(separator)) : name
        }
        guard let grouping = Grouping(groups, .names(separator: separator)),
          let likeness = series.intraclassCorrelation(groups), likeness >= 0.1,
          likeness > best?.1 ?? 0
        else { continue }
        best = (grouping, likeness)
      }
    }
    guard let best else { return nil }
    self = best.0
  }

  /// Stretches of the images, in their order, each four runs long.
  ///
  /// Beyond one run images are as good as independent; the ends of neighbouring stretches are not, and
  /// matter the less the longer the stretches are (measured in docs/diagnosis.md).
  init?(images: Int, run: Double) {
    let length = (4 * run).rounded(.up)
    guard length < Double(images) else { return nil }
    let count = images / Int(length)
    guard count > 0 else { return nil }
    self.init(
      (0..<images).map { "stretch \($0 * count / images + 1)" }, .stretches(length: images / count))
  }
}
