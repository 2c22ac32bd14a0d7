internal import Configuration
internal import Core
internal import Counting
internal import Diagnosis
internal import Explaining
package import Pages
internal import Tables

/// What a preset computes, or what a verdict or a finding means; with a finished run, in that run's
/// numbers.
///
/// - Parameter evidence: the run's evidence.sqlite or its directory.
/// - Throws: Failure: the question has no answer, or the evidence cannot be used.
package func explain(_ name: String, evidence: String?) throws(Failure) -> Page {
  if let topic = Topic(named: name) { return topic.page(in: try run(of: evidence)) }
  let run = try run(of: evidence)
  if let run, let own = OwnAccount(of: name, in: run) { return own.page }
  let preset = try preset(named: name, hasRun: run != nil)
  return try explaining { () throws(Problem) in try PresetExplanation(of: preset, in: run).page }
}

/// What training hears of each class; with a finished run, in that run's numbers.
///
/// - Parameter evidence: the run's evidence.sqlite or its directory.
/// - Throws: Failure: the headline has no gradient that is known, or the evidence cannot be used.
package func explain(gradientOf evidence: String?) throws(Failure) -> Page {
  let run = try run(of: evidence)
  return try explaining { () throws(Problem) in try GradientAccount(of: run).page }
}

/// Where the loss of one class went, under a run's headline or a preset.
///
/// - Parameters:
///   - preset: instead of the headline.
///   - evidence: the run's evidence.sqlite or its directory.
/// - Throws: Failure: the question has no answer, or the evidence cannot be used.
package func explain(
  class name: String, of preset: String?, evidence: String
) throws(Failure) -> Page {
  let run = try FinishedRun(reading: evidence)
  let preset: Preset? = if let preset { try Pipeline.preset(named: preset) } else { nil }
  return try explaining { () throws(Problem) in
    try ClassAccount(of: try run.place(ofClass: name), by: preset, in: run).page
  }
}

/// Which presets, batches and chains would have printed a number, for a finished run.
///
/// - Parameters:
///   - number: as a log printed it.
///   - path: the run's evidence.sqlite or its directory.
/// - Throws: Failure: `number` is not a number, or the evidence cannot be used.
package func explain(printed number: String, evidence path: String) throws(Failure) -> Page {
  let number = try explaining { () throws(Problem) in try PrintedNumber(parsing: number) }
  return PrintedAccount(of: number, in: try FinishedRun(reading: path)).page
}

/// What moves when a library goes from one version to another; with a finished run, which of its
/// numbers do.
///
/// - Parameters:
///   - words: the library, the version before and the version after.
///   - evidence: the run's evidence.sqlite or its directory.
/// - Throws: Failure: the library or a version is not known, or the evidence cannot be used.
package func explain(upgrade words: [String], evidence: String?) throws(Failure) -> Page {
  let (library, versions) = try explaining { () throws(Problem) in try upgrade(words) }
  return UpgradeAccount(
    of: library, from: versions.old, to: versions.new, in: try run(of: evidence)
  ).page
}

/// From the pixel to what trainers log of a run's batches.
///
/// - Parameters:
///   - name: a preset whose loss it is; the headline where there is none.
///   - evidence: the run's evidence.sqlite or its directory.
/// - Throws: Failure: the preset is not known or does not fit, or the evidence cannot be used.
package func explain(epochOf name: String?, evidence: String) throws(Failure) -> Page {
  let preset: Preset? = if let name { try Pipeline.preset(named: name) } else { nil }
  let run = try FinishedRun(reading: evidence)
  return try explaining { () throws(Problem) in try EpochAccount(of: preset, in: run).page }
}

/// - Throws: Problem: the words are not a library and two versions that are known.
private func upgrade(
  _ words: [String]
) throws(Problem) -> (library: Library, versions: (old: Version, new: Version)) {
  let known = Library.all.map(\.range).joined(separator: ", ")
  guard words.count == 3 else {
    throw Problem(
      "an upgrade is a library and two versions: unmask explain upgrade smp 0.5 0.6",
      remedy: "known are \(known)")
  }
  guard let library = Library.named(words[0]) else {
    throw Problem(
      "no versions are known of '\(printable(words[0]))'", remedy: "known are \(known)")
  }
  func version(_ text: String) throws(Problem) -> Version {
    guard let version = Version(parsing: text) else {
      throw Problem(
        "'\(printable(text))' is no version", remedy: "give it as numbers: \(library.newest)")
    }
    guard library.knows(version) else {
      throw Problem(
        "what \(library.name) \(version) prints is not known",
        remedy: "known is \(library.range), and every version between")
    }
    return version
  }
  return (library, (try version(words[1]), try version(words[2])))
}

/// The preset of a name, or which one was probably meant.
///
/// - Parameter hasRun: whether a run's own names were looked at.
private func preset(named name: String, hasRun: Bool = true) throws(Failure) -> Preset {
  guard let preset = Preset.named(name) else {
    let (what, remedy) =
      name.contains("(") || Trainer.named(name) != nil
      ? unknownPreset(name)
      : (
        "nothing is called '\(printable(name))'",
        nearest(to: name, among: Preset.all.map(\.id) + Topic.names).map {
          "did you mean '\($0)'?"
        }
          ?? "`unmask presets` lists what can be explained\(hasRun ? "" : "; a loss of your own is explained with its run: --from out")"
      )
    throw Failure(problem: Problem(what, remedy: remedy), code: .configuration)
  }
  return preset
}

private func run(of evidence: String?) throws(Failure) -> FinishedRun? {
  if let evidence { try FinishedRun(reading: evidence) } else { nil }
}

extension FinishedRun {
  fileprivate func place(ofClass name: String) throws(Problem) -> Int {
    let names = evidence.classes.names
    guard let place = names.firstIndex(of: name) else {
      throw Problem(
        "the run has no class '\(printable(name))'",
        remedy: suggestion(for: name, among: names.map(printable), called: "its classes are"))
    }
    return place
  }
}

/// What is wrong with the question ends the command as a wrong configuration does.
private func explaining<Answer>(_ body: () throws(Problem) -> Answer) throws(Failure) -> Answer {
  do throws(Problem) {
    return try body()
  } catch {
    throw Failure(problem: error, code: .configuration)
  }
}
