internal import TrafficModel

/// A day: its traffic, and under it which plan runs when.
struct DayDiagram {
  /// A time in which a plan runs.
  struct Stretch {
    /// Absolute s.
    var begin: Double
    /// Absolute s.
    var end: Double
    /// Position of the plan, which gives its colour.
    var plan: Int
    var name: String
    /// What is said when somebody points at it.
    var tip: String
  }
  var title: String
  /// Absolute s.
  var begin: Double
  /// Absolute s.
  var end: Double
  /// In order of time: from when traffic is how strong, veh/h.
  var flows: [(begin: Double, end: Double, perHour: Double)]
  /// In order of time.
  var stretches: [Stretch]
  var words: PictureWords

  // px.
  private static let width = 760.0
  private static let plotHeight = 200.0
  private static let stripHeight = 34.0
  private static let margin = (left: 76.0, right: 24.0, top: 48.0)
  private static let gap = 10.0
  /// Colours of the style sheet.
  private static let colours = 6
  /// s between two times of the axis: the shortest of which there are not too many.
  private static let steps = [900.0, 1800, 3600, 7200, 10_800, 21_600]
  private static let mostTicks = 12.0

  var picture: Picture {
    let bottom = Self.margin.top + Self.plotHeight
    let strip = bottom + Self.gap
    let ticks = RoundTicks(covering: 0...max(1, flows.map(\.perHour).max() ?? 1), most: 5)
    let top = ticks.values[ticks.values.count - 1]
    func height(of flow: Double) -> Double { bottom - flow / top * Self.plotHeight }
    var elements = [SVG.text(title, x: 8, y: 24, style: "title")]
    for value in ticks.values {
      let y = height(of: value)
      elements.append(SVG.line(Self.margin.left, y, Self.width - Self.margin.right, y, "grid"))
      elements.append(
        SVG.text(
          NumberText.fixed(value, decimals: ticks.decimals), x: Self.margin.left - 8, y: y + 4,
          style: "tick end"))
    }
    elements.append(SVG.text(words.vehiclesAtSignals, x: Self.margin.left + 6, y: 42, style: "tick"))
    let steps = flows.map { "L\(px(place($0.begin))) \(px(height(of: $0.perHour)))H\(px(place($0.end)))" }
    if let first = flows.first, let last = flows.last {
      elements.append(
        "<path class=\"traffic\" d=\"M\(px(place(first.begin))) \(px(bottom))\(steps.joined())L\(px(place(last.end))) \(px(bottom))z\"/>"
      )
    }
    for stretch in stretches { elements += drawn(stretch, y: strip, plotBottom: bottom) }
    elements += axis(y: strip + Self.stripHeight)
    return Picture(
      width: Self.width, height: strip + Self.stripHeight + 32, title: title,
      description: stretches.map(\.tip).joined(separator: ". "), elements: elements)
  }

  private func place(_ time: Double) -> Double {
    let room = Self.width - Self.margin.left - Self.margin.right
    return Self.margin.left + (time - begin) / max(end - begin, 1) * room
  }

  private func drawn(_ stretch: Stretch, y: Double, plotBottom: Double) -> [String] {
    let (left, right) = (place(stretch.begin), place(stretch.end))
    let style = "plan fill c\(stretch.plan % Self.colours)"
    var elements = [
      SVG.line(left, Self.margin.top, left, y + Self.stripHeight, "divider"),
      SVG.rectangle(x: left, y: y, width: right - left, height: Self.stripHeight, style: style),
    ]
    // The end of a name tells plans of a day apart; narrow stretches have none.
    let room = Int((right - left - 8) / 7)
    let name = stretch.name.displayWidth <= room ? stretch.name : stretch.shortName
    if name.displayWidth <= room {
      elements.append(SVG.text(name, x: (left + right) / 2, y: y + 21, style: "name middle"))
    }
    elements.append(
      SVG.rectangle(
        x: left, y: Self.margin.top, width: right - left, height: y + Self.stripHeight - Self.margin.top,
        style: "hit", more: SVG.tip(stretch.tip)))
    return elements
  }

  private func axis(y: Double) -> [String] {
    let step =
      Self.steps.first { (end - begin) / $0 <= Self.mostTicks } ?? Self.steps[Self.steps.count - 1]
    let first = (begin / step).rounded(.up) * step
    return [SVG.line(Self.margin.left, y, Self.width - Self.margin.right, y, "axis")]
      + stride(from: first, through: end, by: step).flatMap { time in
        [
          SVG.line(place(time), y, place(time), y + 5, "axis"),
          SVG.text(ClockTime.text(time), x: place(time), y: y + 20, style: "tick middle"),
        ]
      }
  }
}

extension DayDiagram.Stretch {
  /// What follows the last hyphen: `0730` of `weekday-0730`.
  fileprivate var shortName: String {
    name.lastIndex(of: "-").map { String(name[name.index(after: $0)...]) } ?? name
  }
}
