internal import ArgumentParser
internal import Configuration
internal import Core
internal import Decoding
internal import Recipes

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// What `unmask init cron` and the other recipes take.
struct RecipeOptions: ParsableArguments {
  @Option(
    help: "The configuration that the job runs. (default: pipeline.yml)", completion: .pipeline)
  var configuration: String?

  @Option(
    help:
      "Where the job remembers what it counted and said. (default: .unmask beside the configuration)",
    completion: .directory)
  var state: String?

  @Option(
    help: "Where its reports go, instead of the configuration's report: {to: …}.",
    completion: .directory)
  var out: String?

  @Option(
    help:
      "When it runs each day: 02:30, of this machine's clock or of the CI system's. (default: \(TimeOfDay.usual.text))"
  )
  var at: TimeOfDay?

  @Option(help: "Who gets what it prints by mail (cron).")
  var mail: String?
}

extension RecipeOptions {
  /// The names of those that were given.
  var given: [String] {
    let all: [(String, Bool)] = [
      ("--configuration", configuration != nil), ("--state", state != nil), ("--out", out != nil),
      ("--at", at != nil), ("--mail", mail != nil),
    ]
    return all.filter(\.1).map(\.0)
  }

  /// - Throws: ValidationError: a recipe has no place for an option.
  func expect(by recipe: Recipe) throws(ValidationError) {
    for (choice, isGiven) in [(Recipe.Choice.at, at != nil), (.mail, mail != nil)]
    where isGiven && !recipe.takes.contains(choice) {
      let others = Recipe.all.filter { $0.takes.contains(choice) }.map(\.name)
      throw ValidationError(
        "--\(choice.rawValue) is for \(others.joined(separator: ", ")), not for \(recipe.name)")
    }
  }

  /// - Throws: Problem: the configuration cannot be read, or a path cannot be written into the recipe.
  func text(of recipe: Recipe) throws(Problem) -> String {
    let file = configuration ?? "pipeline.yml"
    let settings = try Setting(parsing: try readText(file), file: file)
    let beside = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
    func fromConfiguration(_ path: String) -> String { path.hasPrefix("/") ? path : beside + path }
    let place = Place.here
    let out = if let out { out } else { fromConfiguration(try settings.reportDirectory) }
    return try recipe.text(
      for: Job(
        program: recipe.home == .machine ? try place.path(programPath, for: .machine) : "unmask",
        configuration: try place.path(file, for: recipe.home),
        state: try place.path(state ?? fromConfiguration(".unmask"), for: recipe.home),
        out: try place.path(out, for: recipe.home), time: at ?? .usual, mail: mail))
  }
}

extension TimeOfDay: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

extension Place {
  /// The working directory, and the nearest one above it that git knows; without one, this.
  fileprivate static var here: Place {
    let directory = workingDirectory
    var root = directory[...]
    while !root.isEmpty {
      var status = stat()
      if unsafe lstat("\(root)/.git", &status) == 0 { break }
      root = root[..<(root.lastIndex(of: "/") ?? root.startIndex)]
    }
    return Place(directory: directory, root: root.isEmpty ? directory : String(root))
  }
}

/// This program, as a job finds it again after an update: the name by which it was called, and not what links lead to.
private var programPath: String {
  let name = CommandLine.arguments.first ?? "unmask"
  if name.contains("/") { return name }
  let folders = (variable("PATH") ?? "").split(separator: ":", omittingEmptySubsequences: false)
  return folders.lazy.map { $0.isEmpty ? name : "\($0)/\(name)" }
    .first { unsafe access($0, X_OK) == 0 && !isDirectory($0) } ?? name
}

private var workingDirectory: String {
  guard let path = unsafe getcwd(nil, 0) else { return "/" }
  defer { unsafe free(path) }
  return unsafe String(cString: path)
}
