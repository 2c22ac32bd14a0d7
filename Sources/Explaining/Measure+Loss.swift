internal import Counting

extension Measure {
  var isLoss: Bool { if case .score = form { false } else { true } }
}
