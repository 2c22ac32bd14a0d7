// Paths as others read them. None of them holds a line break (`Recipe.text(for:)`).

/// A word of a shell's command line.
///
/// - Parameter split: pairs of characters that whoever hands the line to the shell would take for something else: quotes are
///   closed and opened again between them.
func shellWord(_ word: String, split: [(Character, Character)] = []) -> String {
  if isPlain(word) { return word }
  var quoted = "'"
  var last: Character?
  for character in word {
    if let last, split.contains(where: { $0 == (last, character) }) { quoted += "''" }
    quoted += character == "'" ? "'\\''" : String(character)
    last = character
  }
  return quoted + "'"
}

/// Whether neither a shell nor systemd sees more than letters in a word.
func isPlain(_ word: String) -> Bool {
  !word.isEmpty
    && word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) || "/._-+=:@,".contains($0) }
}

/// A path in a list of patterns, which matches that path. What might be read as more than itself is any one character.
func pattern(_ path: String) -> String {
  String(path.map { "*?[]{}()!$,\\#~|^".contains($0) ? "?" : $0 })
}
