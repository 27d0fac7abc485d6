internal import SignalOptimization
internal import TrafficModel
internal import TrafficSimulation

/// The time-space diagram of an arterial: time to the right, way upwards, the signals' greens, the bands of those who
/// never stop, and the ways of simulated vehicles. Documentation/TimeSpaceDiagram.md says how to read it.
struct TimeSpaceDiagram {
  private let title: String
  private let progression: Progression
  private let names: [String]
  private let window: Range<Double>
  private let trajectories: [[TrafficObservation.Sighting]]
  private let words: PictureWords
  private let identifier: String?
  /// px that the signals' names need.
  private let left: Double
  /// px per m: signals that are close have room for their names, as far as the picture is not too tall.
  private let scale: Double

  // px.
  static let width = 960.0
  private static let top = 66.0
  private static let right = 30.0
  private static let bottom = 46.0
  /// Way shown before the first and after the last signal.
  private static let margin = 34.0
  private static let bar = 5.0
  private static let leastGap = 38.0
  private static let usualScale = 0.22
  private static let tallest = 900.0
  private static let longestName = 24

  /// - Parameters:
  ///   - names: by signal.
  ///   - window: absolute s that are shown.
  ///   - trajectories: of vehicles that were followed on the arterial's links; may be empty.
  ///   - identifier: names what scripts and clips refer to, different for each diagram of a page; nil for a picture
  ///     that stands alone and cannot be operated.
  init(
    title: String, progression: Progression, names: [String], window: Range<Double>,
    trajectories: [[TrafficObservation.Sighting]], words: PictureWords, identifier: String?
  ) {
    self.title = title
    self.progression = progression
    self.names = names
    self.window = window
    self.trajectories = trajectories
    self.words = words
    self.identifier = identifier
    let labels = progression.signals.map { Self.label($0, words) }
    let lines = names.map { $0.truncated(to: Self.longestName) } + labels
    left = max(90, 20 + 6.4 * Double(lines.map(\.displayWidth).max() ?? 0))
    let positions = progression.signals.map(\.position)
    let closest = zip(positions, positions.dropFirst()).map { $1 - $0 }.filter { $0 > 0 }.min() ?? 100
    let length = max(positions.last ?? 1, 1)
    scale = min(
      max(Self.usualScale, Self.leastGap / closest), max(Self.tallest, Self.usualScale * length) / length)
  }

  private var plotHeight: Double { (progression.signals.last?.position ?? 0) * scale + 2 * Self.margin }
  private var perSecond: Double {
    (Self.width - left - Self.right) / (window.upperBound - window.lowerBound)
  }

  private func x(_ time: Double) -> Double { left + (time - window.lowerBound) * perSecond }
  private func y(_ position: Double) -> Double { Self.top + plotHeight - Self.margin - position * scale }

  private var clip: String { "\(identifier ?? "plot")-clip" }

  var picture: Picture {
    let height = Self.top + plotHeight + Self.bottom
    let plot =
      "x=\"\(px(left))\" y=\"\(px(Self.top))\" width=\"\(px(Self.width - left - Self.right))\" height=\"\(px(plotHeight))\""
    var elements = [
      "<clipPath id=\"\(clip)\"><rect \(plot)/></clipPath>",
      SVG.text(title, x: 8, y: 20, style: "title"),
      "<text class=\"tick bandwidth\" x=\"8\" y=\"40\">\(escaped(bandwidthWords))</text>",
    ]
    elements += legend + axis
    elements.append("<g clip-path=\"url(#\(clip))\">")
    elements += Progression.Direction.allCases.map(cars)
    elements.append("<g class=\"bands\">")
    elements += Progression.Direction.allCases.flatMap(bands)
    elements += ["</g>", "</g>"]
    elements += progression.signals.indices.flatMap(signal)
    return Picture(
      width: Self.width, height: height, title: title, description: bandwidthWords,
      attributes: data, elements: elements, isOperable: identifier != nil)
  }

  /// What a script needs to draw the bands anew.
  private var data: String {
    let values: [(String, String)] = [
      ("kind", "time-space"), ("begin", exact(window.lowerBound)), ("end", exact(window.upperBound)),
      ("left", px(left)), ("per-second", exact(perSecond)),
      ("cycle", progression.cycle.map(exact) ?? ""),
      ("setting", words.cycleAndOffset("{cycle}", "{offset}")),
      ("bandwidth", words.bandwidth("{outbound}", "{inbound}")), ("none", words.noBand),
    ]
    return values.map { " data-\($0)=\"\(escaped($1))\"" }.joined()
  }

  /// Shortest text that gives the same number.
  private func exact(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
  }

  // MARK: Around the plot

  private static func label(_ signal: Progression.Signal, _ words: PictureWords) -> String {
    words.cycleAndOffset(
      NumberText.seconds(signal.cycle), NumberText.seconds(signal.offset.positiveRemainder(signal.cycle)))
  }

  private var bandwidthWords: String {
    guard let cycle = progression.cycle else { return words.cyclesDiffer }
    let widths = Progression.Direction.allCases.map { direction in
      let width = progression.bandwidth(direction)
      return width > 0
        ? "\(NumberText.fixed(width, decimals: 0)) s (\(NumberText.fixed(100 * width / cycle, decimals: 0)) %)"
        : words.noBand
    }
    return words.bandwidth(widths[0], widths[1])
  }

  private var legend: [String] {
    var x = Self.width - Self.right
    return Progression.Direction.allCases.reversed().flatMap { direction -> [String] in
      let word = (direction == .outbound ? "↗ " + words.outbound : "↘ " + words.inbound)
      x -= 26 + 7 * Double(word.displayWidth)
      return [
        SVG.rectangle(x: x, y: 29, width: 14, height: 11, style: "band \(direction.rawValue)"),
        SVG.text(word, x: x + 19, y: 39, style: "tick"),
      ]
    }
  }

  private var axis: [String] {
    let bottom = Self.top + plotHeight
    // Round times, or the labels run into each other.
    let steps = [5.0, 10, 15, 20, 30, 60, 120, 300, 600, 1800, 3600]
    let step = steps.first { $0 * perSecond >= Self.leastTick } ?? 7200
    var elements: [String] = []
    var time = (window.lowerBound / step).rounded(.up) * step
    while time <= window.upperBound {
      elements.append(SVG.line(x(time), Self.top, x(time), bottom, "grid"))
      elements.append(SVG.text(ClockTime.text(time), x: x(time), y: bottom + 16, style: "tick middle"))
      time += step
    }
    elements.append(SVG.line(left, bottom, Self.width - Self.right, bottom, "axis"))
    elements.append(
      SVG.text(words.timeOfDay, x: (left + Self.width) / 2, y: bottom + 36, style: "tick middle"))
    return elements
  }
  private static let leastTick = 70.0

  // MARK: Signals

  private func signal(_ index: Int) -> [String] {
    let signal = progression.signals[index]
    let name = names[index]
    let label = Self.label(signal, words)
    let y = y(signal.position)
    let isOperable = identifier != nil
    let slider =
      isOperable
      ? " tabindex=\"0\" role=\"slider\" aria-label=\"\(escaped(words.offsetOf(name)))\" aria-valuemin=\"0\" aria-valuemax=\"\(Int(signal.cycle) - 1)\" aria-valuenow=\"\(exact(signal.offset.rounded()))\" aria-valuetext=\"\(escaped(label))\""
      : ""
    let data: [(String, String)] = [
      ("signal", "\(index)"), ("offset", exact(signal.offset)), ("cycle", exact(signal.cycle)),
      ("y", px(y)), ("outbound-time", exact(progression.time(to: index, .outbound))),
      ("inbound-time", exact(progression.time(to: index, .inbound))),
      ("outbound", pairs(signal.outbound)), ("inbound", pairs(signal.inbound)),
    ]
    var elements = [
      "<g class=\"signal\"\(data.map { " data-\($0)=\"\($1)\"" }.joined())\(slider)>",
      SVG.text(name.truncated(to: Self.longestName), x: left - 10, y: y - 1, style: "name end"),
      "<text class=\"tick end setting\" x=\"\(px(left - 10))\" y=\"\(px(y + 13))\">\(escaped(label))</text>",
      "<g clip-path=\"url(#\(clip))\">",
      SVG.rectangle(
        x: left, y: y - 1, width: Self.width - left - Self.right, height: 2, style: "stop"),
      "<g class=\"greens\">",
      "<path class=\"go\" d=\"\(greens(signal, .outbound, y: y - Self.bar) + greens(signal, .inbound, y: y))\"/>",
      "</g>", "</g>",
    ]
    if isOperable {
      elements.append(
        SVG.rectangle(
          x: 2, y: y - 15, width: Self.width - 4, height: 32, style: "hit handle",
          more: SVG.tip("\(name): \(label)")))
    }
    return elements + ["</g>"]
  }

  private func pairs(_ greens: [Progression.Green]) -> String {
    greens.map { "\(exact($0.begin)):\(exact($0.length))" }.joined(separator: " ")
  }

  /// The greens of a direction, a cycle more on either side, so that they can be moved.
  private func greens(_ signal: Progression.Signal, _ direction: Progression.Direction, y: Double) -> String {
    let first = ((window.lowerBound - signal.offset) / signal.cycle).rounded(.down) - 2
    let last = ((window.upperBound - signal.offset) / signal.cycle).rounded(.up) + 1
    return stride(from: first, through: last, by: 1).flatMap { turn in
      signal.greens(direction).map { green in
        let begin = signal.offset + turn * signal.cycle + green.begin
        let width = px(green.length * perSecond)
        return "M\(px(x(begin))) \(px(y))h\(width)v\(px(Self.bar))h-\(width)z"
      }
    }.joined()
  }

  // MARK: Bands

  private func bands(_ direction: Progression.Direction) -> [String] {
    guard let cycle = progression.cycle else { return [] }
    let signals = progression.signals.indices
    let longest = signals.map { progression.time(to: $0, direction) }.max() ?? 0
    return progression.bands(direction).flatMap { band -> [String] in
      let first = ((window.lowerBound - longest - band.begin - band.width) / cycle).rounded(.up)
      let last = ((window.upperBound - band.begin) / cycle).rounded(.down)
      return stride(from: first, through: last, by: 1).map { turn in
        let begin = band.begin + turn * cycle
        let times = signals.map { begin + progression.time(to: $0, direction) }
        let there = signals.map { (x(times[$0]), y(progression.signals[$0].position)) }
        let back = signals.reversed().map {
          (x(times[$0] + band.width), y(progression.signals[$0].position))
        }
        let points = (there + back).map { "\(px($0.0)),\(px($0.1))" }.joined(separator: " ")
        return
          "<polygon class=\"band \(direction.rawValue)\" data-direction=\"\(direction.rawValue)\" data-width=\"\(exact(band.width))\" data-times=\"\(times.map(exact).joined(separator: " "))\" points=\"\(points)\"/>"
      }
    }
  }

  // MARK: Vehicles

  private func cars(_ direction: Progression.Direction) -> String {
    let positions = VehiclePaths(progression, direction)
    let path = trajectories.flatMap { positions.pieces(of: $0) }.map { piece in
      SVG.way(VehiclePaths.simplified(piece.map { (x: x($0.time), y: y($0.position)) }))
    }.joined()
    return "<path class=\"cars \(direction.rawValue)\" d=\"\(path)\"/>"
  }
}
