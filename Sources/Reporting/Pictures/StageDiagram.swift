internal import TrafficModel

/// The signals of a controller over its cycle: a bar for each group, and where the stages lie.
struct StageDiagram {
  var title: String
  var controller: SignalController
  var program: SignalProgram
  /// s that the picture is wide, so that two programmes can be compared; the cycle when it is longer.
  var span: Double
  var words: PictureWords
  /// Whether it is half as wide, for a page with more on it: without a title.
  var isCompact = false

  // px.
  private var width: Double { isCompact ? 366 : 620 }
  private var row: Double { isCompact ? 11 : 17 }
  private var bar: Double { isCompact ? 8 : 11 }
  private var top: Double { isCompact ? 22 : 46 }
  private var small: String { isCompact ? "cell" : "tick" }
  private static let right = 26.0

  private var left: Double {
    let longest = controller.groups.map { $0.name.truncated(to: Self.longestName).displayWidth }.max() ?? 0
    return isCompact ? 12 + 5.3 * Double(longest) : 20 + 7 * Double(longest)
  }
  private static let longestName = 26

  var picture: Picture {
    let rows = Double(controller.groups.count)
    let bottom = top + row * rows + 4
    var elements = isCompact ? [] : [SVG.text(title, x: 8, y: 18, style: "title")]
    elements += stages(bottom: bottom) + axis(bottom: bottom)
    for style in ["go", "yield", "yellow", "prepare", "other"] { elements += bars(style) }
    elements.append("<path class=\"stop\" d=\"\(reds)\"/>")
    for (index, group) in controller.groups.enumerated() {
      let y = top(of: index)
      let name = group.name.truncated(to: Self.longestName)
      elements.append(SVG.text(name, x: left - 8, y: y + (isCompact ? 7 : 10), style: "\(small) end"))
      elements.append(
        SVG.rectangle(
          x: 0, y: y - 3, width: width, height: row, style: "hit",
          more: SVG.tip("\(group.name): \(signals(of: index))")))
    }
    elements += legend(y: bottom + (isCompact ? 30 : 44))
    return Picture(
      width: width, height: bottom + (isCompact ? 38 : 56), title: title,
      description: controller.groups.indices.map { "\(controller.groups[$0].name): \(signals(of: $0))" }
        .joined(separator: ". "), elements: elements)
  }

  private func top(of group: Int) -> Double { top + row * Double(group) + 3 }

  private func place(_ time: Double) -> Double {
    left + time / max(span, program.cycle) * (width - left - Self.right)
  }

  private static func style(_ state: SignalState) -> String? {
    switch state {
    case .protectedGreen: "go"
    case .permissiveGreen: "yield"
    case .yellow: "yellow"
    case .redYellow: "prepare"
    case .stopThenGo, .blinking, .off: "other"
    case .red: nil
    }
  }

  // MARK: Bars

  /// Times in which a group shows what a style stands for, in order of the cycle.
  private func runs(of group: Int, _ style: String?) -> [(begin: Double, length: Double)] {
    var found: [(begin: Double, length: Double)] = []
    var time = 0.0
    for interval in program.intervals {
      if Self.style(interval.states[group]) == style {
        if let last = found.last, last.begin + last.length == time {
          found[found.count - 1].length += interval.duration
        } else {
          found.append((time, interval.duration))
        }
      }
      time += interval.duration
    }
    return found
  }

  private func bars(_ style: String) -> [String] {
    let path = controller.groups.indices.flatMap { group in
      runs(of: group, style).map {
        box(x: place($0.begin), y: top(of: group), width: place($0.begin + $0.length) - place($0.begin))
      }
    }.joined()
    return path.isEmpty ? [] : ["<path class=\"\(style)\" d=\"\(path)\"/>"]
  }

  private func box(x: Double, y: Double, width: Double, height: Double? = nil) -> String {
    "M\(px(x)) \(px(y))h\(px(width))v\(px(height ?? bar))h-\(px(width))z"
  }

  /// Red is a thin line, so that a green stands out without its colour.
  private var reds: String {
    controller.groups.indices.flatMap { group in
      runs(of: group, nil).map {
        box(
          x: place($0.begin), y: top(of: group) + bar / 2 - 1,
          width: place($0.begin + $0.length) - place($0.begin), height: 2)
      }
    }.joined()
  }

  // MARK: Stages and axis

  private func stages(bottom: Double) -> [String] {
    var elements: [String] = []
    var dividers: [Double] = []
    for stage in spans {
      let (begin, end) = (place(stage.begin), place(stage.begin + stage.length))
      dividers += dividers.last == begin ? [end] : [begin, end]
      let seconds = NumberText.seconds(stage.length)
      // Narrow stages have their number only, or nothing.
      let words =
        end - begin > 52 ? "\(stage.number): \(seconds) s" : end - begin > 12 ? "\(stage.number)" : ""
      if !words.isEmpty {
        elements.append(
          SVG.text(
            words, x: (begin + end) / 2, y: top - 10, style: isCompact ? "cell strong middle" : "name middle")
        )
      }
    }
    return [SVG.verticals(dividers, from: top - 8, to: bottom, "divider")] + elements
  }

  /// Every stage; of a sheet, whose stages last as long as vehicles' greens stay the same, these.
  private var spans: [(number: Int, begin: Double, length: Double)] {
    if isCompact {
      return StageSheet(program, controller).rows.map { ($0.number, $0.begin, $0.green) }
    }
    return program.stages.enumerated().map {
      ($0 + 1, program.begin(ofInterval: $1), program.intervals[$1].duration)
    }
  }

  private func axis(bottom: Double) -> [String] {
    let ticks = RoundTicks(covering: 0...program.cycle, most: 8)
    let shown = ticks.values.filter { $0 <= program.cycle }
    var elements = [
      SVG.line(left, bottom, place(program.cycle), bottom, "axis"),
      SVG.verticals(shown.map(place), from: bottom, to: bottom + 4, "axis"),
    ]
    // The cycle's end has its own number.
    for value in shown where value < 0.92 * program.cycle {
      elements.append(
        SVG.text(NumberText.seconds(value), x: place(value), y: bottom + 17, style: "\(small) middle"))
    }
    let end = "\(NumberText.seconds(program.cycle)) s"
    elements.append(
      SVG.text(
        end, x: place(program.cycle), y: bottom + 17, style: isCompact ? "cell strong middle" : "name middle")
    )
    return elements
  }

  private func legend(y: Double) -> [String] {
    var x = 8.0
    let entries = [
      ("go", words.green), ("yield", words.permissiveGreen), ("yellow", words.yellow),
      ("prepare", words.redYellow), ("other", words.otherSignal),
    ]
    let shown = entries.filter { style, _ in
      controller.groups.indices.contains { !runs(of: $0, style).isEmpty }
    }
    return (shown + [("stop", words.red)]).flatMap { style, word -> [String] in
      let isRed = style == "stop"
      let sample = SVG.rectangle(
        x: x, y: isRed ? y - 6 : y - 10, width: 16, height: isRed ? 2 : 10, style: style)
      let label = SVG.text(word, x: x + 21, y: y, style: small)
      x += 40 + 7 * Double(word.displayWidth)
      return [sample, label]
    }
  }

  /// What a group shows, in words.
  private func signals(of group: Int) -> String {
    let looks = [("go", words.green), ("yield", words.permissiveGreen), ("yellow", words.yellow)]
    let parts = looks.flatMap { style, word -> [String] in
      runs(of: group, style).map {
        "\(word) \(NumberText.seconds($0.begin))–\(NumberText.seconds($0.begin + $0.length)) s"
      }
    }
    return parts.isEmpty ? words.neverGreen : parts.joined(separator: ", ")
  }
}
