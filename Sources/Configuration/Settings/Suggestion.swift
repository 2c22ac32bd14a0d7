/// What to do about a word that is none of `names`: the likely one first, then all of them.
///
///     did you mean 'classes'? the keys here are classes, ignore, kind
package func suggestion(for word: String, among names: [String], called introduction: String)
  -> String
{
  let all = "\(introduction) \(names.joined(separator: ", "))"
  return nearest(to: word, among: names).map { "did you mean '\($0)'? \(all)" } ?? all
}

/// The name that was probably meant: at most a third of its letters wrong; the first of equals.
package func nearest(to word: String, among names: [String]) -> String? {
  let word = Array(word.lowercased().prefix(64))
  // Names of another length are as many slips away at least, and looking for these takes time.
  return
    names
    .filter { name in abs(name.count - word.count) <= max(1, name.count / 3) }
    .map { name in (name, distance: slips(from: word, to: Array(name.lowercased()))) }
    .filter { name, distance in distance <= max(1, name.count / 3) }
    .min { $0.distance < $1.distance }?.0
}

/// How many letters were left out, added, taken for another, or swapped with the next
/// (Damerau and Levenshtein's distance, no place touched twice).
private func slips(from word: [Character], to name: [Character]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...name.count)
  for row in word.indices {
    var current = [row + 1]
    for column in name.indices {
      let isSame = word[row] == name[column]
      var best = min(last[column + 1] + 1, current[column] + 1, last[column] + (isSame ? 0 : 1))
      if row > 0, column > 0, word[row] == name[column - 1], word[row - 1] == name[column] {
        best = min(best, beforeLast[column - 1] + 1)
      }
      current.append(best)
    }
    (beforeLast, last) = (last, current)
  }
  return last[name.count]
}
