internal import CFiles
package import Core

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

extension StagedOutput {
  /// That no file is in the way which no earlier set wrote; `names` are those that a set is sure to have.
  ///
  /// - Throws: Problem: one is.
  package func expectRoom(for names: [String], replacing others: [String]) throws(Problem) {
    try expectNoDirectory(names)
    guard !mayOverwrite else { return }
    let own = try SetNames(of: place, presumed: others).names
    for name in names where !own.contains(name) && isThere("\(place)/\(name)") {
      throw Problem(
        "is there, and no earlier report wrote it", at: .file("\(directory)/\(name)"),
        remedy: "write to another directory, take it away, or write over it with --overwrite")
    }
  }

  private func expectNoDirectory(_ names: [String]) throws(Problem) {
    for name in names {
      var status = stat()
      let isThere = unsafe lstat("\(place)/\(name)", &status) == 0
      guard !isThere || status.st_mode & S_IFMT != S_IFDIR else {
        throw Problem(
          "a directory is in the way", at: .file("\(directory)/\(name)"),
          remedy: "take it away, or write elsewhere")
      }
    }
  }

  /// Puts every file in its place, and removes those of `others` that an older set wrote and this one did not.
  /// All is on the disk before anything is seen.
  ///
  /// - Throws: Problem: a directory is in the way, or a file that no set wrote, another program keeps the
  ///   directory, or a file cannot be put in its place; then the older set stays.
  package mutating func publish(replacing others: [String]) throws(Problem) {
    // Held to the end: another run waits.
    let lock = try DirectoryLock(on: directory)
    try expectRoom(for: names, replacing: others)
    let old = try SetNames(of: lock.place, presumed: others)
    let set = old.removing(Set(others)).adding(names)
    try write(set.text, to: SetNames.file)
    try synchroniseFiles()
    if isBeside, try takesAll(of: set, from: old, others, in: lock.place),
      unsafe unmask_exchange(stage, lock.place) == 0
    {
      // What is hidden now is the older set, with what was allowed to be written over. Its own list tells what is not its.
      for name in names where name != SetNames.file { unsafe unlink("\(stage)/\(name)") }
      names = []
      StagedOutput.empty(stage, into: lock.place)
      try synchronise(lock.place.parent, called: directory)
      return
    }
    try replace(
      removing: others.filter { old.names.contains($0) && !names.contains($0) }, in: lock.place)
  }

  /// The same of a file that is no part of a set, where whoever writes it knows that it may go.
  package mutating func publishAlone() throws(Problem) {
    let lock = try DirectoryLock(on: directory)
    try expectNoDirectory(names)
    try synchroniseFiles()
    try replace(removing: [], in: lock.place)
  }

  private func synchroniseFiles() throws(Problem) {
    for name in names { try synchronise("\(stage)/\(name)", called: "\(directory)/\(name)") }
    try synchronise(stage, called: directory)
  }

  /// Whether the hidden directory can stand for the whole of the other, whose files are an older set's. Those that stay
  /// are linked into it.
  private mutating func takesAll(
    of set: SetNames, from old: SetNames, _ others: [String], in place: String
  ) throws(Problem) -> Bool {
    let there = try entries(of: place)
    guard there.isEmpty || old.isKept else { return false }
    let known = set.names.union(others).union([SetNames.file])
    // Neither a file of somebody else, nor the hidden directory of a run that stands in this one.
    guard there.allSatisfy(known.contains) else { return false }
    for name in there where set.names.contains(name) && !names.contains(name) {
      guard unsafe link("\(place)/\(name)", "\(stage)/\(name)") == 0 else { return false }
      names.append(name)
    }
    return true
  }
}

// MARK: - One by one

extension StagedOutput {
  /// Puts the files in their places one after the other, which a directory needs that holds somebody's files too. Where
  /// one cannot be, the older ones come back.
  private mutating func replace(removing others: [String], in place: String) throws(Problem) {
    var done: [String] = []
    defer {
      for name in names + others { unsafe unlink("\(stage)/\(StagedOutput.oldMark)\(name)") }
    }
    do throws(Problem) {
      for name in names + others {
        try keepOld(name, in: place)
        done.append(name)
        let isMoved =
          names.contains(name)
          ? unsafe rename("\(stage)/\(name)", "\(place)/\(name)") == 0
          : unsafe unlink("\(place)/\(name)") == 0 || errno == ENOENT
        guard isMoved else {
          throw writeProblem("\(directory)/\(name)", "cannot be put in its place")
        }
      }
    } catch {
      for name in done { putBack(name, in: place) }
      throw error
    }
    try synchronise(place, called: directory)
  }

  private func keepOld(_ name: String, in place: String) throws(Problem) {
    let old = "\(stage)/\(StagedOutput.oldMark)\(name)"
    // Some file systems have no links: there a failure leaves what was done.
    guard
      unsafe link("\(place)/\(name)", old) == 0 || errno == ENOENT || errno == EPERM
        || errno == ENOTSUP || errno == EMLINK
    else { throw writeProblem("\(directory)/\(name)", "cannot be put in its place") }
  }

  private func putBack(_ name: String, in place: String) {
    let old = "\(stage)/\(StagedOutput.oldMark)\(name)"
    if unsafe rename(old, "\(place)/\(name)") != 0, errno == ENOENT, names.contains(name),
      !isThere("\(stage)/\(name)")
    {
      // There was none, and the new one was moved there.
      unsafe unlink("\(place)/\(name)")
    }
  }
}
