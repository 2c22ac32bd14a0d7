// In memory the words of a message follow each other; the compression function takes the same word of all
// messages. Between the two is a transposition.
//
// Number all words: m for the message, w for its word. Vectors in the order of memory have the word m·16 + w in
// this place, and the transposed ones have it in place w·n + m, of n messages: the binary digits of the place
// are rotated by those of n. What rotates them by one is to interleave the first half with the second.

/// Blocks of messages, one after the other, as the same words of all.
@inline(__always)
func transposed(_ blocks: Blocks) -> Blocks {
  let eighths = interleaved(interleaved(interleaved(blocks)))
  return Words.scalarCount == 8 ? eighths : interleaved(eighths)
}

/// The same words of all values as values one after the other.
@inline(__always)
func transposed(_ values: Values) -> Values {
  interleaved(interleaved(interleaved(values)))
}

@inline(__always)
private func interleaved(_ v: Blocks) -> Blocks {
  (
    firstHalves(v.0, v.8), lastHalves(v.0, v.8), firstHalves(v.1, v.9), lastHalves(v.1, v.9),
    firstHalves(v.2, v.10), lastHalves(v.2, v.10), firstHalves(v.3, v.11), lastHalves(v.3, v.11),
    firstHalves(v.4, v.12), lastHalves(v.4, v.12), firstHalves(v.5, v.13), lastHalves(v.5, v.13),
    firstHalves(v.6, v.14), lastHalves(v.6, v.14), firstHalves(v.7, v.15), lastHalves(v.7, v.15)
  )
}

@inline(__always)
private func interleaved(_ v: Values) -> Values {
  (
    firstHalves(v.0, v.4), lastHalves(v.0, v.4), firstHalves(v.1, v.5), lastHalves(v.1, v.5),
    firstHalves(v.2, v.6), lastHalves(v.2, v.6), firstHalves(v.3, v.7), lastHalves(v.3, v.7)
  )
}
