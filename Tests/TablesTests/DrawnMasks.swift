import Core
import Counting
import Tables
import Testing

/// Counts images of a few masks each, `1100` a class, all predicted with probabilities that look
/// random, as float planes.
func drawnRun(
  _ images: [[String]], batchSize: Int?, _ sampleWeights: SampleWeights? = nil,
  _ classWeights: [Double] = []
) throws -> Measurements {
  let classes = images[0].count
  let measures = [try measure("bce"), try measure("one")]
  var needs = Needs(
    classes: classes, losses: measures.compactMap(\.loss), areClassesExclusive: false,
    softSums: true)
  needs.sampleWeights = sampleWeights
  var counter = Counter(for: needs)
  var counted: [ImageEvidence] = []
  for (index, masks) in images.enumerated() {
    let drawings = masks.map(Drawing.init)
    let pixels = drawings[0].pixels.count
    let planes = drawings.indices.map { c in
      plane(drawn(pixels, seed: UInt64(index * classes + c + 1)))
    }
    let pair = pair(.probabilities(planes), .masks(drawings.map(\.mask)))
    counted.append(
      ImageEvidence(
        name: "image \(index)", index: index, width: pixels, height: 1,
        tally: try counter.count(pair, in: Region(width: pixels, height: 1))))
  }
  let list = ClassList(
    (0..<classes).map { c in
      .init(
        name: String(UnicodeScalar(UInt8(97 + c))), value: Int64(c),
        weight: classWeights.isEmpty ? 1 : classWeights[c])
    })
  return Measurements(
    evidence: Evidence(classes: list, images: counted, problems: [], listed: images.count),
    measures: measures, batching: Batching(size: batchSize), areClassesExclusive: false)
}
