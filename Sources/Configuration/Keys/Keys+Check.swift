internal import Core
internal import Diagnosis

// Limits that fail a build.
extension Keys {
  /// An item of `check`.
  struct Check: KeyList {
    let id = Key(
      "id", ValueTypes.text("a name", for: "pole-iou"), otherwise: "`check-1`, by its place",
      "By which reports and CI systems know it; a history goes on as long as it stays.")
    let verdict = Key(
      "verdict", ValueTypes.section(UnwantedVerdicts()), otherwise: "none",
      "Verdicts that no class may have, as `{not: [HIDDEN, MUTED]}`.")
    let measure = Key(
      "measure", ValueTypes.text("one of the measures, or a score", for: "iou"),
      otherwise: "none",
      "A score of each class over all pixels of the run; with `reduce`, one number by a chain."
    ).called("metric", "score", "loss")
    let reduce = Key(
      "reduce", ValueTypes.text("the name of a chain", for: "keras"), otherwise: "none",
      "By which chain a measure becomes one number.")
    let preset = Key(
      "preset", ValueTypes.preset, otherwise: "none",
      "One number as a framework or a trainer prints it.")
    let whom = Key(
      "for", ValueTypes.text("`each class`, `headline`, or a class", for: "pole"),
      default: "each class",
      "Whom a verdict or a class's score is of; `headline` is the run's own number.")
    let least = Key(
      "min", ValueTypes.number, otherwise: "none", "What the number must have at least."
    ).called("minimum", "least", "above")
    let most = Key(
      "max", ValueTypes.number, otherwise: "none", "What the number may have at most."
    ).called("maximum", "most", "below")
    let baseline = Key(
      "baseline", ValueTypes.section(AllowedDecline()), otherwise: "none",
      "How much worse than the accepted run the number may be, on the same images; `{}` is not at all."
    )
    let level = Key(
      "level", ValueTypes.choice(of: Gate.Level.self), default: "error",
      "Whether `unmask check` fails by it (`error`), says it (`warn`), or leaves it out (`off`).")
    let onMissing = Key(
      "on_missing", ValueTypes.choice(of: Gate.Reaction.self), default: "fail",
      "What it means that the class or number is not there, or in fewer images than `support` asks for."
    )
    let onInsufficient = Key(
      "on_insufficient", ValueTypes.choice(of: Gate.Reaction.self), default: "pass",
      "What it means that the limit is broken by no more than other images of the same kind may do."
    )
    let support = Key(
      "support", ValueTypes.positive, default: "1",
      "In how many images, or groups, a class must be.")

    var all: [any AnyKey] {
      [
        id, verdict, measure, reduce, preset, whom, least, most, baseline, level, onMissing,
        onInsufficient,
        support,
      ]
    }
  }

  /// By more than both a check fails.
  struct AllowedDecline: KeyList {
    let absolute = Key(
      "worse",
      ValueTypes.number(in: 0...1e12, "a number of 0 or more") {
        ("\(shortest($0)) is negative", "write for example 0.01")
      }, default: "0", "By so much it may be worse.")
    let relative = Key(
      "worse_relative",
      ValueTypes.share { ("\(shortest($0)) is no share", "write for example 2% or 0.02") },
      default: "0", "By this share of what it was it may be worse; of the two, the larger holds."
    )

    var all: [any AnyKey] { [absolute, relative] }
  }

  /// An item of `accepted`.
  struct Accepted: KeyList {
    let check = Key(
      "check", ValueTypes.text("the id of a check", for: "pole-iou"), "Which check may fail.")
    let whom = Key(
      "class", ValueTypes.text("a class", for: "pole"), otherwise: "every class",
      "Of which class.")
    let until = Key("until", ValueTypes.day, "The last day on which it may.")
    let reason = Key(
      "reason", ValueTypes.text("a sentence", for: "relabelled, see #412"),
      "Why, for whoever reads the report.")
    let worst = Key(
      "not_worse_than", ValueTypes.number, otherwise: "none",
      "Beyond which it is not accepted any more.")

    var all: [any AnyKey] { [check, whom, until, reason, worst] }
  }

  struct UnwantedVerdicts: KeyList {
    let not = Key(
      "not", ValueTypes.list(of: ValueTypes.choice(of: Verdict.self)),
      "The verdicts that are not wanted.")

    var all: [any AnyKey] { [not] }
  }
}
