/// log Σ eᶻ over the classes, at one vector of pixels: the largest logit, and what the others add to it.
///
/// Apart, because of logits of 10¹⁶ a sum would keep nothing of what tells ten equal classes from one.
/// PyTorch and TensorFlow take the largest away first too.
struct LogSum {
  private var largest = Lanes.zero
  private var rest = Lanes.zero

  init() {}

  init(of blocks: [ClassBlock], _ index: Int) {
    largest = blocks[0].logits[index]
    for block in blocks.dropFirst() {
      let z = block.logits[index]
      largest.replace(with: z, where: z .> largest)
    }
    var sum = Lanes.zero
    for block in blocks { sum += exp(block.logits[index] - largest) }
    rest = log(sum)
  }

  /// z − log Σ eᶻ, the logarithm of the class's share.
  func logShare(of z: Lanes) -> Lanes { (z - largest) - rest }
}

extension ClassBlock {
  static func logSums(of blocks: [ClassBlock]) -> [LogSum] {
    (0..<blocks[0].vectors).map { LogSum(of: blocks, $0) }
  }
}
