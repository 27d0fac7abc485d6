internal import TrafficModel

extension TrafficSide {
  /// What a format for right-hand traffic loses.
  func losses(in format: String) -> [String] {
    self == .right
      ? [] : ["traffic keeps to the left, which \(format) cannot say: it is read as right-hand traffic"]
  }
}
