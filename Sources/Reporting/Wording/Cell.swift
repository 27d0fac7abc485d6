internal import TrafficSimulation

/// What stands at one place of a table, in words and digits.
struct Cell: ExpressibleByStringInterpolation {
  var text: String
  /// What pages say instead; nil for the text.
  var page: String?
  /// Beside it, in smaller letters on pages: half the width of a confidence interval, or a remark.
  var small = ""
  /// What it means; nil where it is neither good nor bad.
  var tone: ReportLayout.Tone?
  /// Where a page leads from it.
  var address: String?
  /// How it stands on pages.
  var style = Style.plain

  enum Style {
    case plain, strong, code
  }

  init(_ text: String, small: String = "", address: String? = nil) {
    (self.text, self.small, self.address) = (text, small, address)
  }

  init(_ title: Title) { (text, page) = (title.terminal, title.page) }

  init(stringLiteral text: String) { self.text = text }

  /// The text with what is small beside it, as sentences have it.
  var inSentence: String { small.isEmpty ? text : "\(text) \(small)" }

  /// A number; a dash where there is none.
  static func number(_ value: Double?, decimals: Int) -> Cell {
    Cell(NumberText.fixed(value ?? .nan, decimals: decimals))
  }

  /// A number of seconds, without a point where it is whole.
  static func seconds(_ value: Double) -> Cell { Cell(NumberText.seconds(value)) }

  /// A mean with half the width of its interval.
  static func estimate(_ estimate: Estimate, decimals: Int) -> Cell {
    var cell = number(estimate.mean, decimals: decimals)
    cell.small = NumberText.plusMinus(estimate, decimals: decimals)
    return cell
  }

  /// A change in percent with half the width of its interval, in the tone of what it means where it is certain.
  ///
  /// - Parameter isMoreBetter: nil where more is neither better nor worse.
  static func change(_ percent: Estimate, isMoreBetter: Bool?) -> Cell {
    var cell = Cell(NumberText.percentChange(percent.mean))
    cell.small = NumberText.plusMinus(percent, decimals: 1)
    if let isMoreBetter, percent.isCertain {
      cell.tone = (percent.mean > 0) == isMoreBetter ? .better : .worse
    }
    return cell
  }

  /// The change in percent from one number to another; empty where there is nothing to compare with.
  static func change(from first: Double, to second: Double) -> Cell {
    first > 0 && first.isFinite ? Cell(NumberText.percentChange(100 * (second / first - 1))) : ""
  }
}
