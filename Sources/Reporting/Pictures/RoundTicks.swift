internal import Foundation

/// Round numbers along an axis.
struct RoundTicks {
  /// The numbers, ascending: multiples of 1, 2 or 5 times a power of ten, the outermost at or beyond the range's ends.
  let values: [Double]
  /// Decimals that tell them apart.
  let decimals: Int

  /// Ticks for a range.
  ///
  /// - Parameter most: about how many steps there may be.
  init(covering range: ClosedRange<Double>, most: Int) {
    let width = max(range.upperBound - range.lowerBound, Self.least)
    let raw = width / Double(max(1, most))
    let exponent = log10(raw).rounded(.down)
    let power = pow(10, exponent)
    let factor = [1.0, 2, 5, 10].first { $0 * power >= raw * (1 - Self.slack) } ?? 10
    let step = factor * power
    let first = (range.lowerBound / step + Self.slack).rounded(.down)
    let last = max(first + 1, (range.upperBound / step - Self.slack).rounded(.up))
    values = stride(from: first, through: last, by: 1).map { $0 * step }
    decimals = max(0, -Int((factor == 10 ? exponent + 1 : exponent)))
  }

  /// A range narrower than this is a point.
  private static let least = 1e-9
  /// Rounding of the quotients.
  private static let slack = 1e-9
}
