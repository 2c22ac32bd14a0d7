internal import Core
internal import Counting

extension Measure {
  var isLoss: Bool { worst == .largest }
}
