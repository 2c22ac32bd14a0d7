internal import Configuration
internal import Core
internal import Counting
internal import Decoding
internal import Raster
package import Reports

/// What one loss map was asked to be.
package struct MapRequest: Sendable {
  package var configuration: String
  /// As reports write it: `bce`, `focal(gamma: 3)`.
  package var measure: String
  package var image: String
  package var className: String?
  package var output: String
  /// The loss that is white in a picture; the map's own largest unless said otherwise.
  package var white: Double?
  /// Whether a file that is there may go.
  package var mayOverwrite = false

  package init(
    configuration: String, measure: String, image: String, className: String? = nil,
    output: String, white: Double? = nil
  ) {
    self.configuration = configuration
    self.measure = measure
    self.image = image
    self.className = className
    self.output = output
    self.white = white
  }
}

/// Writes the loss at each pixel of one image.
///
/// What can be wrong with the request is found before a pixel is read; no other image is opened.
package func writeMap(_ request: MapRequest) throws(Failure) -> MapReport {
  let (file, measure, only) = try failing(.configuration) { () throws(Problem) in
    try request.resolved()
  }
  let root = request.configuration.directoryAndName.directory
  try failing(.configuration) { () throws(Problem) in try file.expectTruth() }
  let plan = try Plan(resolving: file, in: root == "." ? "" : root)
  let files = try plan.files(ofImage: request.image)
  try failing(.configuration) { () throws(Problem) in
    try plan.expectNoInput(at: [request.output], configuration: request.configuration)
  }
  try failing(.cannotWrite) { () throws(Problem) in
    try expectPlace(for: request.output, replacing: request.mayOverwrite ? .any : .none)
  }
  let (pair, map) = try failing(.incomplete) { () throws(Problem) in
    let pair = try ImagePair(decoding: files, by: plan.rules)
    do throws(Problem) {
      let map = try LossMap(
        of: measure, over: pair, class: only, areClassesExclusive: file.decode.isExclusive)
      return (pair, map)
    } catch {
      throw error.inFile(pair.name)
    }
  }
  let content = MapContent(of: map, for: request)
  try failing(.cannotWrite) { () throws(Problem) in
    try writeFile(
      content.bytes(), to: request.output, replacing: request.mayOverwrite ? .any : .none)
  }
  return MapReport(
    of: map, by: measure.name, over: pair, content, for: request,
    classes: file.decode.classes.names)
}

extension MapRequest {
  fileprivate func resolved() throws(Problem) -> (PipelineFile, Measure, only: Int?) {
    let file = try PipelineFile(parsing: readText(configuration), path: configuration)
    let measure: Measure
    // One that the file writes down has a name of its own.
    if let own = file.measures.first(where: { $0.name == self.measure }) {
      measure = own
    } else {
      measure = try Measure(
        parsing: self.measure, areClassesExclusive: file.decode.isExclusive)
    }
    guard measure.isElementwise else {
      throw Problem(
        "'\(measure.name)' has no value at a pixel",
        remedy: "those that have one are \(Catalogue.elementwise.joined(separator: ", "))")
    }
    guard file.decode.kind != .labels else {
      throw Problem(
        "'\(measure.name)' needs probabilities, and labels have none", at: .file(configuration),
        remedy: "save what the model gives before arg max, and say kind: probabilities or logits")
    }
    guard !file.decode.hasShares else {
      throw Problem(
        "a map shows the loss against a truth of yes and no, and this one is soft",
        at: .file(configuration),
        remedy: "cut it for the map: take soft_truth out of a copy and say threshold_truth: 0.5")
    }
    guard let className else { return (file, measure, nil) }
    let names = file.decode.classes.names
    guard let only = names.firstIndex(of: className) else {
      throw Problem(
        "no class is called '\(shown(className))'", at: .file(configuration),
        remedy: suggestion(for: className, among: names, called: "the classes are"))
    }
    return (file, measure, only)
  }
}

extension Plan {
  /// - Throws: Failure: there is no such image, or it cannot be used.
  fileprivate func files(ofImage name: String) throws(Failure) -> ImageFiles {
    if let files = images.first(where: { $0.name == name }) { return files }
    if let broken = problems.first(where: { $0.image == name }) {
      throw Failure(problem: broken.problem, code: .incomplete)
    }
    let names = images.map(\.name)
    guard let first = names.first, let last = names.last else {
      throw Failure(
        problem: Problem(
          "no image has both predictions and truth", at: .file(file.path),
          remedy: "correct the paths under decode"),
        code: .noVerdict)
    }
    let all = "there are \(Figure.count(names.count, "image")), from '\(first)' to '\(last)'"
    throw Failure(
      problem: Problem(
        "no image is called '\(shown(name))'", at: .file(file.path),
        remedy: nearest(to: name, among: names).map { "did you mean '\($0)'? \(all)" } ?? all),
      code: .configuration)
  }
}
