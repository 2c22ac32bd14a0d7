/// What a state keeps of a run for good: when it was, of what, and what came of it.
package struct Night: Sendable, Hashable {
  /// From 1, in the order in which runs ended.
  package var number = 0
  /// Runs of one series are compared with each other.
  package var series = ""
  /// Of the directory that `{run}` stands for, or what the configuration calls it.
  package var name: String?
  /// Seconds since 1970.
  package var started = 0.0
  package var ended = 0.0
  package var host = ""
  package var tool = ""
  package var configuration = ""
  package var predictions = ""
  package var truth = ""
  package var exitCode = 0
  package var verdict: String?
  package var headline = ""
  package var value: Double?
  package var low: Double?
  package var high: Double?
  package var images = 0
  package var used = 0
  /// And not taken from earlier nights.
  package var counted = 0
  /// Why it is not compared with the runs before it.
  package var newRecord: String?
  /// How it counted, by its number in the state; `nil` where an older version did not say.
  package var scheme: Int64?
  /// The run since which nothing had changed; it has the classes and the checks.
  package var sameAs: Int?
  package var classes: [Class] = []
  package var checks: [Check] = []

  package init() {}

  /// One class of it.
  package struct Class: Sendable, Hashable {
    package var name: String
    package var state: String
    package var verdict: String?
    /// By the headline: 0 is perfect.
    package var badness: Double?
    package var iou: Double?
    package var dice: Double?
    package var loss: Double?
    package var pixelShare: Double?

    package init(
      name: String, state: String, verdict: String?, badness: Double?, iou: Double?, dice: Double?,
      loss: Double?, pixelShare: Double?
    ) {
      self.name = name
      self.state = state
      self.verdict = verdict
      self.badness = badness
      self.iou = iou
      self.dice = dice
      self.loss = loss
      self.pixelShare = pixelShare
    }
  }

  /// One check of it.
  package struct Check: Sendable, Hashable {
    package var id: String
    package var className: String?
    package var state: String
    package var value: Double?
    package var limit: Double?

    package init(id: String, className: String?, state: String, value: Double?, limit: Double?) {
      self.id = id
      self.className = className
      self.state = state
      self.value = value
      self.limit = limit
    }
  }
}
