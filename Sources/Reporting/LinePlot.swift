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

  // px.
  private static let size = (width: 760.0, plotHeight: 380.0)
  private static let margin = (left: 76.0, right: 24.0, top: 48.0, bottom: 58.0)
  private static let legendLine = 22.0

  private var legendEntries: Int { series.count + (diagonal == nil ? 0 : 1) + (note == nil ? 0 : 1) }
  private var height: Double {
    Self.margin.top + Self.size.plotHeight + Self.margin.bottom + Double(legendEntries) * Self.legendLine + 12
  }

  /// The picture: the same bytes for the same values.
  var svg: String {
    let frame = Frame(series: series)
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(px(Self.size.width))\" height=\"\(px(height))\" viewBox=\"0 0 \(px(Self.size.width)) \(px(height))\" role=\"img\">",
      "<title>\(escaped(title))</title>", Self.style,
      "<rect class=\"paper\" width=\"\(px(Self.size.width))\" height=\"\(px(height))\"/>",
      text(title, x: Self.margin.left, y: 28, style: "title"),
    ]
    lines += axes(frame)
    if diagonal != nil { lines.append(diagonalLine(frame)) }
    for index in series.indices { lines += drawn(index, frame) }
    lines += legend
    return (lines + ["</svg>"]).joined(separator: "\n") + "\n"
  }

  // MARK: Axes

  private func axes(_ frame: Frame) -> [String] {
    var lines: [String] = []
    let bottom = Self.margin.top + Self.size.plotHeight
    let right = Self.size.width - Self.margin.right
    for value in frame.x.values {
      let x = frame.place(x: value)
      lines.append(line(x, Self.margin.top, x, bottom, "grid"))
      lines.append(
        text(NumberText.fixed(value, decimals: frame.x.decimals), x: x, y: bottom + 20, style: "tick middle"))
    }
    for value in frame.y.values {
      let y = frame.place(y: value)
      lines.append(line(Self.margin.left, y, right, y, "grid"))
      lines.append(
        text(
          NumberText.fixed(value, decimals: frame.y.decimals), x: Self.margin.left - 8, y: y + 4,
          style: "tick end"))
    }
    lines.append(line(Self.margin.left, bottom, right, bottom, "axis"))
    lines.append(line(Self.margin.left, Self.margin.top, Self.margin.left, bottom, "axis"))
    lines.append(text(xLabel, x: (Self.margin.left + right) / 2, y: bottom + 44, style: "label middle"))
    let middle = Self.margin.top + Self.size.plotHeight / 2
    lines.append(
      "<text class=\"label middle\" transform=\"translate(18 \(px(middle))) rotate(-90)\">\(escaped(yLabel))</text>"
    )
    return lines
  }

  private func diagonalLine(_ frame: Frame) -> String {
    let low = max(frame.x.values.first ?? 0, frame.y.values.first ?? 0)
    let high = min(frame.x.values.last ?? 0, frame.y.values.last ?? 0)
    return line(
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
        line(x, Self.margin.top, x, Self.margin.top + Self.size.plotHeight, "upright \(style.colour)"))
      lines.append(
        text(
          upright.label, x: x + 4, y: Self.margin.top + 14 + 15 * Double(index),
          style: "tick fill \(style.colour)"))
    }
    let places = series.points.map { (x: frame.place(x: $0.x), y: frame.place(y: $0.y)) }
    let path = places.map { "\(px($0.x)),\(px($0.y))" }.joined(separator: " ")
    lines.append("<polyline class=\"line \(style.colour)\"\(style.dash) points=\"\(path)\"/>")
    for place in places {
      lines.append(
        "<circle class=\"fill \(style.colour)\" cx=\"\(px(place.x))\" cy=\"\(px(place.y))\" r=\"2.6\"/>")
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
        text(name.truncated(to: Self.longestName), x: Self.margin.left + 46, y: y, style: "legend"))
      y += Self.legendLine
    }
    for (index, series) in series.enumerated() {
      let style = Self.look(index)
      entry(series.name) { y in
        "<line class=\"line \(style.colour)\"\(style.dash) x1=\"\(px(Self.margin.left))\" y1=\"\(px(y))\" x2=\"\(px(Self.margin.left + 36))\" y2=\"\(px(y))\"/>"
      }
    }
    if let diagonal {
      entry(diagonal) { y in line(Self.margin.left, y, Self.margin.left + 36, y, "diagonal") }
    }
    if let note { lines.append(text(note, x: Self.margin.left, y: y, style: "legend")) }
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

  /// Paper, ink, soft ink, grid, then the lines: colours of M. Okabe and K. Ito (2008), "Color universal design", their
  /// yellows darkened on light ground; lighter ones on dark ground.
  private static let light = [
    "#ffffff", "#1a1a1a", "#595959", "#e2e2e2", "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#a87900",
    "#3b8fc4",
  ]
  private static let dark = [
    "#16181b", "#f0f0f0", "#b4b4b4", "#34373b", "#56b4e9", "#f5924b", "#2fc79a", "#e5a3c8", "#f0c141",
    "#a6d8f5",
  ]

  /// Without variables of style sheets, which many programs do not know; those that do not know media queries either
  /// show it light.
  private static let style = """
    <style>
    text { font-family: system-ui, -apple-system, "Segoe UI", "Noto Sans", "Noto Sans CJK SC", sans-serif; font-size: 13px; }
    .title { font-size: 16px; font-weight: 600; } .tick { font-size: 12px; }
    .middle { text-anchor: middle; } .end { text-anchor: end; }
    .diagonal { stroke-dasharray: 1 4; stroke-width: 1.5; }
    .line { fill: none; stroke-width: 2.2; } .mark { fill: none; stroke-width: 2; }
    .upright { stroke-width: 1.2; stroke-dasharray: 3 3; }
    \(rules(light))
    @media (prefers-color-scheme: dark) {
    \(rules(dark))
    }
    </style>
    """

  private static func rules(_ tones: [String]) -> String {
    let fixed = [
      ".paper { fill: \(tones[0]); }", "text { fill: \(tones[1]); }", ".tick { fill: \(tones[2]); }",
      ".axis, .diagonal { stroke: \(tones[2]); }", ".grid { stroke: \(tones[3]); }",
    ]
    let lines = tones.dropFirst(4).enumerated().map { index, tone in
      ".c\(index) { stroke: \(tone); } .fill.c\(index) { fill: \(tone); stroke: none; }"
    }
    return (fixed + lines).joined(separator: "\n")
  }

  // MARK: Elements

  private func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String) -> String {
    "<line class=\"\(style)\" x1=\"\(px(x1))\" y1=\"\(px(y1))\" x2=\"\(px(x2))\" y2=\"\(px(y2))\"/>"
  }

  private func text(_ words: String, x: Double, y: Double, style: String) -> String {
    "<text class=\"\(style)\" x=\"\(px(x))\" y=\"\(px(y))\">\(escaped(words))</text>"
  }

  /// Tenths of a pixel are enough.
  private func px(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    let sign = tenths < 0 ? "-" : ""
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(sign)\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }

  private func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, letter in
      switch letter {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      default: result.append(letter)
      }
    }
  }

  /// Where values stand on the picture.
  private struct Frame {
    let x: RoundTicks
    let y: RoundTicks

    init(series: [Series]) {
      let points = series.flatMap(\.points)
      func range(_ values: [Double]) -> ClosedRange<Double> {
        (values.min() ?? 0)...max(values.min() ?? 0, values.max() ?? 1)
      }
      x = RoundTicks(covering: range(points.map(\.x)), most: 7)
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
