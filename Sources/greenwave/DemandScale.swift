internal import ArgumentParser

/// A range of factors for the demand, `A...B`.
struct DemandScale: ExpressibleByArgument {
  let range: ClosedRange<Double>

  init?(argument: String) {
    guard let dots = argument.firstRange(of: "..."), let low = Double(argument[..<dots.lowerBound]),
      let high = Double(argument[dots.upperBound...]), low > 0, high > low, high <= Self.highest
    else { return nil }
    range = low...high
  }

  /// More would be a mistake.
  private static let highest = 100.0
  /// Steps are as near to this as they can be, and at most `mostSteps`.
  private static let usualStep = 0.1
  private static let mostSteps = 20

  /// The factors to play, ascending, at even distances.
  ///
  /// - Parameter count: how many; nil for about every tenth.
  func scales(count: Int?) -> [Double] {
    let width = range.upperBound - range.lowerBound
    let steps = count.map { $0 - 1 } ?? max(1, min(Self.mostSteps, Int((width / Self.usualStep).rounded())))
    // Thousandths: 0.7, not 0.7000000000000001.
    return (0...steps).map { step in
      ((range.lowerBound + width * Double(step) / Double(steps)) * 1000).rounded() / 1000
    }
  }
}
