/// A chart of lines as an SVG picture that stands alone: readable in light and dark surroundings, in print, and by
/// those who do not see all colours.
struct LinePlot {
  struct Point {
    var x: Double
    var y: Double
  }
  struct Series {
    /// What the legend says.
    var name: String
    var points: [Point]
    /// A point to be pointed out, such as where the line breaks down.
    var mark: Point?
    /// Where a vertical line stands, and the letter at it.
    var upright: (x: Double, label: String)?
  }
  var title: String
  var xLabel: String
  var yLabel: String
  var series: [Series]
  /// What the line x = y stands for; nil for none.
  var diagonal: String?
  /// The last line of the legend, such as what the marks mean.
  var note: String?
  /// Whether x counts something: then its axis has whole numbers only.
  var isCount = false

  // px.
  private static let size = (width: 760.0, plotHeight: 380.0)
  private static let margin = (left: 76.0, right: 24.0, top: 48.0, bottom: 58.0)
  private static let legendLine = 22.0

  private var legendEntries: Int { series.count + (diagonal == nil ? 0 : 1) + (note == nil ? 0 : 1) }
  private var height: Double {
    Self.margin.top + Self.size.plotHeight + Self.margin.bottom + Double(legendEntries) * Self.legendLine + 12
  }

  /// The picture as a file: the same bytes for the same values.
  var svg: String { picture.svg }

  /// The picture.
  var picture: Picture {
    let frame = Frame(series: series, isCount: isCount)
    var lines = [SVG.text(title, x: Self.margin.left, y: 28, style: "title")]
    lines += axes(frame)
    if diagonal != nil { lines.append(diagonalLine(frame)) }
    for index in series.indices { lines += drawn(index, frame) }
    lines += legend
    return Picture(width: Self.size.width, height: height, title: title, elements: lines)
  }

  // MARK: Axes

  private func axes(_ frame: Frame) -> [String] {
    var lines: [String] = []
    let bottom = Self.margin.top + Self.size.plotHeight
    let right = Self.size.width - Self.margin.right
    for value in frame.x.values {
      let x = frame.place(x: value)
      lines.append(SVG.line(x, Self.margin.top, x, bottom, "grid"))
      lines.append(
        SVG.text(
          NumberText.fixed(value, decimals: frame.x.decimals), x: x, y: bottom + 20, style: "tick middle"))
    }
    for value in frame.y.values {
      let y = frame.place(y: value)
      lines.append(SVG.line(Self.margin.left, y, right, y, "grid"))
      lines.append(
        SVG.text(
          NumberText.fixed(value, decimals: frame.y.decimals), x: Self.margin.left - 8, y: y + 4,
          style: "tick end"))
    }
    lines.append(SVG.line(Self.margin.left, bottom, right, bottom, "axis"))
    lines.append(SVG.line(Self.margin.left, Self.margin.top, Self.margin.left, bottom, "axis"))
    lines.append(SVG.text(xLabel, x: (Self.margin.left + right) / 2, y: bottom + 44, style: "label middle"))
    let middle = Self.margin.top + Self.size.plotHeight / 2
    lines.append(
      "<text class=\"label middle\" transform=\"translate(18 \(px(middle))) rotate(-90)\">\(escaped(yLabel))</text>"
    )
    return lines
  }

  private func diagonalLine(_ frame: Frame) -> String {
    let low = max(frame.x.values.first ?? 0, frame.y.values.first ?? 0)
    let high = min(frame.x.values.last ?? 0, frame.y.values.last ?? 0)
    return SVG.line(
      frame.place(x: low), frame.place(y: low), frame.place(x: max(low, high)),
      frame.place(y: max(low, high)), "diagonal")
  }

  // MARK: Lines

  private func drawn(_ index: Int, _ frame: Frame) -> [String] {
    let series = series[index]
    let style = Self.look(index)
    var lines: [String] = []
    if let upright = series.upright, frame.holds(x: upright.x) {
      let x = frame.place(x: upright.x)
      lines.append(
        SVG.line(x, Self.margin.top, x, Self.margin.top + Self.size.plotHeight, "upright \(style.colour)"))
      lines.append(
        SVG.text(
          upright.label, x: x + 4, y: Self.margin.top + 14 + 15 * Double(index),
          style: "tick fill \(style.colour)"))
    }
    let places = series.points.map { (x: frame.place(x: $0.x), y: frame.place(y: $0.y)) }
    let path = places.map { "\(px($0.x)),\(px($0.y))" }.joined(separator: " ")
    lines.append("<polyline class=\"line \(style.colour)\"\(style.dash) points=\"\(path)\"/>")
    for (place, point) in zip(places, series.points) {
      let values =
        "\(series.name): \(NumberText.significant(point.y, digits: 4)) (\(NumberText.significant(point.x, digits: 4)))"
      lines.append(
        "<circle class=\"fill \(style.colour)\" cx=\"\(px(place.x))\" cy=\"\(px(place.y))\" r=\"2.6\"\(SVG.tip(values))/>"
      )
    }
    if let mark = series.mark {
      lines.append(
        "<circle class=\"mark \(style.colour)\" cx=\"\(px(frame.place(x: mark.x)))\" cy=\"\(px(frame.place(y: mark.y)))\" r=\"7\"/>"
      )
    }
    return lines
  }

  private var legend: [String] {
    var lines: [String] = []
    var y = Self.margin.top + Self.size.plotHeight + Self.margin.bottom + 16
    func entry(_ name: String, _ sample: (Double) -> String) {
      lines.append(sample(y - 4))
      lines.append(
        SVG.text(name.truncated(to: Self.longestName), x: Self.margin.left + 46, y: y, style: "legend"))
      y += Self.legendLine
    }
    for (index, series) in series.enumerated() {
      let style = Self.look(index)
      entry(series.name) { y in
        "<line class=\"line \(style.colour)\"\(style.dash) x1=\"\(px(Self.margin.left))\" y1=\"\(px(y))\" x2=\"\(px(Self.margin.left + 36))\" y2=\"\(px(y))\"/>"
      }
    }
    if let diagonal {
      entry(diagonal) { y in SVG.line(Self.margin.left, y, Self.margin.left + 36, y, "diagonal") }
    }
    if let note { lines.append(SVG.text(note, x: Self.margin.left, y: y, style: "legend")) }
    return lines
  }

  /// Columns of text that the picture is wide.
  private static let longestName = 92

  // MARK: Looks

  /// Lines differ in colour and in dashes, so that either tells them apart.
  private static func look(_ index: Int) -> (colour: String, dash: String) {
    let dashes = ["", "9 4", "2 4", "9 4 2 4", "16 5", "5 5"]
    let dash = dashes[(index + index / colours) % dashes.count]
    return ("c\(index % colours)", dash.isEmpty ? "" : " stroke-dasharray=\"\(dash)\"")
  }

  private static let colours = 6

  /// Where values stand on the picture.
  private struct Frame {
    let x: RoundTicks
    let y: RoundTicks

    init(series: [Series], isCount: Bool) {
      let points = series.flatMap(\.points)
      func range(_ values: [Double]) -> ClosedRange<Double> {
        (values.min() ?? 0)...max(values.min() ?? 0, values.max() ?? 1)
      }
      let across = range(points.map(\.x))
      x = RoundTicks(
        covering: across, most: isCount ? min(7, Int(across.upperBound - across.lowerBound)) : 7)
      y = RoundTicks(covering: range(points.map(\.y)), most: 7)
    }

    func holds(x value: Double) -> Bool {
      value >= x.values[0] && value <= x.values[x.values.count - 1]
    }

    func place(x value: Double) -> Double {
      let (low, high) = (x.values[0], x.values[x.values.count - 1])
      let width = LinePlot.size.width - LinePlot.margin.left - LinePlot.margin.right
      return LinePlot.margin.left + (value - low) / (high - low) * width
    }

    func place(y value: Double) -> Double {
      let (low, high) = (y.values[0], y.values[y.values.count - 1])
      return LinePlot.margin.top + (1 - (value - low) / (high - low)) * LinePlot.size.plotHeight
    }
  }
}
