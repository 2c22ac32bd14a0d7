// This page is compiled once for every processor of its kind, and again for those with wider vectors.
// All do the same steps in the same order, and none may contract a product and a sum, so they give the
// same bits.

/// Adds the vectors of a strip to the sums of sixteen replicates, each as often as it was drawn.
///
/// Four replicates go together, so that a vector is loaded once for all of them.
///
/// - Parameters:
///   - strip: `count` vectors of eight columns, one a cluster.
///   - counts: for each replicate `stride` numbers, of which the first are those of the clusters.
///   - sums: a vector for each replicate.
@inline(never)
package func addStrip(
  _ strip: UnsafeRawPointer, count: Int, counts: UnsafeRawPointer, stride: Int,
  to sums: UnsafeMutableRawPointer
) {
  let strip = unsafe strip.assumingMemoryBound(to: SIMD8<Double>.self)
  let counts = unsafe counts.assumingMemoryBound(to: Double.self)
  let sums = unsafe sums.assumingMemoryBound(to: SIMD8<Double>.self)
  var first = 0
  while first < 16 {
    let a = unsafe counts + first &* stride
    let (b, c, d) = unsafe (a + stride, a + 2 &* stride, a + 3 &* stride)
    var (sumA, sumB) = unsafe (sums[first], sums[first &+ 1])
    var (sumC, sumD) = unsafe (sums[first &+ 2], sums[first &+ 3])
    for index in 0..<count {
      let vector = unsafe strip[index]
      sumA += unsafe vector * a[index]
      sumB += unsafe vector * b[index]
      sumC += unsafe vector * c[index]
      sumD += unsafe vector * d[index]
    }
    unsafe (sums[first], sums[first &+ 1]) = (sumA, sumB)
    unsafe (sums[first &+ 2], sums[first &+ 3]) = (sumC, sumD)
    first &+= 4
  }
}
