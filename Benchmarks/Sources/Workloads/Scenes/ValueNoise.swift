/// Smooth noise: a random number at every `cell` pixels, and a smooth way from one to the next.
///
/// Only additions, multiplications and divisions, which IEEE 754 rounds alike everywhere: the same
/// seed makes the same files on every machine.
struct ValueNoise {
  var seed: UInt64
  var cell: Int

  /// Adds `scale` times row `y` to `row`; the noise itself is from 0 to 1.
  func add(row y: Int, times scale: Float, to row: inout [Float]) {
    let weights = (0..<cell).map { smooth(Float($0) / Float(cell)) }
    let (line, rest) = y.quotientAndRemainder(dividingBy: cell)
    var left = scale * value(column: 0, line, weights[rest])
    for start in stride(from: 0, to: row.count, by: cell) {
      let right = scale * value(column: start / cell + 1, line, weights[rest])
      let end = min(start + cell, row.count)
      let rise = right - left
      for x in start..<end { row[x] += left + rise * weights[x - start] }
      left = right
    }
  }

  private func value(column: Int, _ line: Int, _ weight: Float) -> Float {
    let above = lattice(column, line)
    return above + (lattice(column, line + 1) - above) * weight
  }

  private func lattice(_ column: Int, _ line: Int) -> Float {
    Float(hashed(seed, UInt64(column), UInt64(line)) &>> 40) * 0x1p-24
  }

  private func smooth(_ x: Float) -> Float { x * x * (3 - 2 * x) }
}
