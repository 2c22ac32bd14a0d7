/// Something that was noticed about a run, and what one can do about it.
package struct Finding: Hashable, Sendable {
  package var kind: Kind
  /// `nil` where it is about the run or about several classes.
  package var className: String?
  /// One sentence with its numbers, in plain text.
  package var sentence: String
  /// What to do next.
  package var remedy: String
  /// What can be pasted into the configuration to do so.
  package var snippet: String?
  /// The numbers of the sentence with every digit, by name.
  package var numbers: [String: Double]

  init(
    _ kind: Kind, of className: String? = nil, _ sentence: String, remedy: String,
    snippet: String? = nil, numbers: [String: Double?] = [:]
  ) {
    self.kind = kind
    self.className = className
    self.sentence = sentence
    self.remedy = remedy
    self.snippet = snippet
    self.numbers = numbers.compactMapValues(\.self)
  }

  package enum Kind: String, CaseIterable, Sendable {
    case shuffledLabels = "shuffled-labels"
    case unlistedLabels = "unlisted-labels"
    case notNormalised = "not-normalised"
    case unclassedPixels = "unclassed-pixels"
    case negativeLoss = "negative-loss"
    case undividedWeights = "undivided-weights"
    case cancellingWeights = "cancelling-weights"
    case pooledClasses = "pooled-classes"
    case emptyClasses = "empty-classes"
    case revealing
    case smallestEdit = "smallest-edit"
    case audibility
    case polarity
    case missedImages = "missed-images"
    case concentration
    case size
    case border
    case threshold
  }
}
