internal import TrafficModel

/// The stages of a programme one after the other: who goes in each, for how long, and how long the change takes.
struct StageStrip {
  var title: String
  var legs: LegLayout
  var network: Network
  /// In the order in which they are shown; the first is what runs now where there are two.
  var programs: [SignalProgram]
  /// What each is called.
  var labels: [String]
  var words: SheetPictureWords

  // px.
  private static let width = 366.0
  private static let perRow = 4
  private static let icon = 76.0
  private static let rowHeight = 106.0
  private static let heading = 15.0

  /// A stage of one or of both programmes.
  private struct Entry {
    var number: Int
    var states: [SignalState]
    var times: [String]
  }

  var picture: Picture {
    let parts = parts
    var elements: [String] = []
    var y = 0.0
    for part in parts {
      if let title = part.title {
        elements.append(SVG.text(title, x: 2, y: y + 11, style: "name"))
        y += Self.heading
      }
      for (index, entry) in part.entries.enumerated() {
        let column = Double(index % Self.perRow)
        let top = y + Double(index / Self.perRow) * Self.rowHeight
        let cell = Self.width / Double(Self.perRow)
        let x = cell * (column + 0.5)
        elements += StageArrows(legs: legs, network: network, states: entry.states)
          .elements(x: x, y: top + Self.icon / 2, size: Self.icon)
        elements.append(SVG.text("\(entry.number)", x: x - cell / 2 + 3, y: top + 11, style: "name"))
        for (line, time) in entry.times.enumerated() {
          elements.append(
            SVG.text(time, x: x, y: top + Self.icon + 10 + 11 * Double(line), style: "small middle"))
        }
      }
      y += Double((part.entries.count + Self.perRow - 1) / Self.perRow) * Self.rowHeight
    }
    return Picture(
      width: Self.width, height: y + 2, title: title,
      description: parts.flatMap { part in
        part.entries.map { "\($0.number): \($0.times.joined(separator: ", "))" }
      }
      .joined(separator: ". "), elements: elements)
  }

  /// One strip where both programmes have the same stages in the same order, or one for each.
  private var parts: [(title: String?, entries: [Entry])] {
    let sheets = programs.map { StageSheet($0, network[$0.controller]).rows }
    func states(_ plan: Int, _ row: StageSheet.Row) -> [SignalState] {
      // All that is green at some time of the stage.
      let shown = row.intervals.map { programs[plan].intervals[$0].states }
      return shown[0].indices.map { group in
        shown.map { $0[group] }.first(where: \.isGreen) ?? shown[0][group]
      }
    }
    func seconds(_ row: StageSheet.Row) -> String {
      let change = row.yellow + row.allRed
      return NumberText.seconds(row.green) + (change > 0 ? " + " + NumberText.seconds(change) : "") + " s"
    }
    let same =
      programs.count == 2 && sheets[0].count == sheets[1].count
      && zip(sheets[0], sheets[1]).allSatisfy { states(0, $0) == states(1, $1) }
    if same {
      return [
        (
          nil,
          zip(sheets[0], sheets[1]).map { now, new in
            Entry(
              number: new.number, states: states(1, new),
              times: ["\(labels[0]) \(seconds(now))", "\(labels[1]) \(seconds(new))"])
          }
        )
      ]
    }
    return programs.indices.map { plan in
      (
        programs.count > 1 ? labels[plan] : nil,
        sheets[plan].map { Entry(number: $0.number, states: states(plan, $0), times: [seconds($0)]) }
      )
    }
  }
}
