import Core
import Counting
import Raster
import Tables
import Testing

/// Counts images of a few masks each, `1100` a class, all predicted with probabilities that look
/// random, as float planes.
func drawnRun(
  _ images: [[String]], batchSize: Int?, _ sampleWeights: Scheme.SampleWeights? = nil,
  _ classWeights: [Double] = []
) throws -> Measurements {
  let classes = images[0].count
  let measures = [try measure("bce"), try measure("one")]
  var scheme = scheme(classes, measures, softSums: true)
  scheme.sampleWeights = sampleWeights
  var counter = try Counter(for: Needs(scheme))
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
  var weighting = ClassWeighting(classes: classes)
  if !classWeights.isEmpty { weighting.averaging = classWeights }
  return Measurements(
    evidence: Evidence(scheme: scheme, images: counted, problems: [], listed: images.count),
    batching: Batching(size: batchSize), weighting: weighting)
}
