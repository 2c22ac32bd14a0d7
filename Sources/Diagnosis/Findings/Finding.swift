package import Core
package import Pages

/// Something that was noticed about a run, and what one can do about it.
package struct Finding: Hashable, Sendable {
  package var kind: Kind
  /// `nil` where it is about the run or about several classes.
  package var className: String?
  /// What the statement is about, where it does not say so itself.
  package var subject: Line?
  /// One sentence with its numbers, up to its full stop; without a capital where it has a subject.
  package var statement: Line
  /// What to do next, up to the full stop; `snippet` may follow.
  package var remedy: Line
  /// What can be pasted into the configuration to do so.
  package var snippet: Snippet?
  /// The numbers of the sentence with every digit, by name.
  package var numbers: [String: Double]

  init(
    _ kind: Kind, of className: String? = nil, about subject: Line? = nil, _ statement: Line,
    remedy: Line, snippet: Snippet? = nil, numbers: [String: Double?] = [:]
  ) {
    self.kind = kind
    self.className = className
    self.subject = subject
    self.statement = statement
    self.remedy = remedy
    self.snippet = snippet
    self.numbers = numbers.compactMapValues(\.self)
  }

  /// The whole sentence: `pole: found in 11 of the 22 images that have it.`
  package var sentence: Line { "\(subject.map { "\($0): " })\(statement)." }

  /// The sentence where its subject has been named.
  package var sentenceWithoutSubject: Line {
    subject == nil ? sentence : "\(statement.capitalised)."
  }

  package var advice: Line { "\(remedy)." }

  /// A line for the configuration.
  package enum Snippet: Hashable, Sendable {
    /// For `reduce:`, under a name.
    case chain(String, Chain)
    case setting(String)

    package var text: String {
      switch self {
      case .chain(let name, let chain): "\(name): \"\(chain)\""
      case .setting(let text): text
      }
    }

    package var chain: Chain? { if case .chain(_, let chain) = self { chain } else { nil } }
  }

  package enum Kind: String, CaseIterable, Sendable {
    case unlistedLabels = "unlisted-labels"
    case unclassedPixels = "unclassed-pixels"
    case negativeLoss = "negative-loss"
    case undividedWeights = "undivided-weights"
    case cancellingWeights = "cancelling-weights"
    case pooledClasses = "pooled-classes"
    case emptyClasses = "empty-classes"
    case oneSided = "one-sided"
    case revealing
    case smallestEdit = "smallest-edit"
    case audibility
    case slices
    case sequences
    case pulledDown = "pulled-down"
    case unheard
    case polarity
    case takenFor = "taken-for"
    case missedImages = "missed-images"
    case concentration
    case size
    case border
    case threshold
  }
}
