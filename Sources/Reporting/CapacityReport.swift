public import CapacityWorksheets
internal import HighwayCapacity
public import TrafficModel

/// The Highway Capacity Manual's worksheets of a period: now, and with a plan.
public struct CapacityReport: Sendable {
  /// The worksheets of a plan.
  public struct Side: Sendable {
    /// "now", or the plan's name.
    public let name: String
    /// Of all signalled junctions.
    public let study: CapacityStudy

    /// The worksheets of a plan of this name.
    public init(name: String, study: CapacityStudy) {
      self.name = name
      self.study = study
    }
  }

  let scenario: String
  let period: String
  let network: Network
  let sides: [Side]
  let junction: JunctionID?

  /// Worksheets of more junctions are only told where somebody names one.
  private static let mostWorksheets = 12

  /// - Parameters:
  ///   - sides: one at least; what runs now first.
  ///   - junction: the one to tell of; nil for all.
  public init(scenario: String, period: String, network: Network, sides: [Side], junction: JunctionID? = nil)
  {
    precondition(!sides.isEmpty, "there is a plan at least")
    self.scenario = scenario
    self.period = period
    self.network = network
    self.sides = sides
    self.junction = junction
  }

  /// Worksheets of a plan that are told of.
  func worksheets(_ side: Side) -> [JunctionWorksheet] {
    side.study.worksheets.filter { junction == nil || $0.junction == junction }
  }

  /// The report for people, in the present `ReportLayout`.
  public var text: String {
    var sections = [[title], junctionTable(.english).lines, levelLines]
    let count = worksheets(sides[0]).count
    if count > Self.mostWorksheets {
      sections.append([
        "--junction NAME shows the worksheet of a junction; --json and --csv have all \(count).".sentence()
      ])
      return sections.asText
    }
    for index in worksheets(sides[0]).indices {
      for (position, side) in sides.enumerated() {
        let own = worksheets(side)
        guard own.indices.contains(index) else { continue }
        let section = CapacitySection(
          own[index], network: network, plan: sides.count > 1 ? side.name : nil, isPresent: position == 0)
        sections += section.sections
      }
      if sides.count > 1 {
        sections.append(changeTable(worksheets(sides[0])[index], worksheets(sides[1])[index]).lines)
      }
    }
    sections.append(legend)
    return sections.asText
  }

  private var title: String {
    ReportTitle(scenario, period).text(
      "\(counted(worksheets(sides[0]).count, "signalled junction")) by the Highway Capacity Manual, 7th edition"
    )
  }

  /// What the letters are, with the manual's equations.
  private var legend: [String] {
    let figures = CapacityFigure<LaneGroupWorksheet>.service + CapacityFigure<LaneGroupWorksheet>.queues
    let parts = figures.compactMap { figure in
      figure.title.flatMap {
        figure.equation.isEmpty || figure.unit == "m" ? nil : "\($0) \(figure.equation)"
      }
    }
    return [
      ("Equations: " + parts.joined(separator: ", ")
        + ". Flows in veh/h (s by lane), times in s, queues by lane. --explain GROUP shows a calculation.")
        .sentence(indent: 2)
    ]
  }

  // MARK: Junctions

  /// All junctions at a glance.
  func junctionTable(_ words: PageWords) -> Table {
    typealias Row = JunctionWorksheet
    let rows = sides.indices.flatMap { side in worksheets(sides[side]).map { (side, $0) } }
    func number(_ title: Title, _ decimals: Int, _ value: @escaping (Row) -> Double?) -> TableColumn<
      (Int, Row)
    > {
      .number(title) { .number(value($0.1), decimals: decimals) }
    }
    var columns: [TableColumn<(Int, Row)>] = [.text("junction") { Cell($0.1.name) }]
    if sides.count > 1 { columns.append(.text("plan") { Cell(sides[$0.0].name) }) }
    columns += [
      number("cycle, s", 1, \.cycle), number("veh/h", 0) { $0.flow }, number("X_c", 2, \.criticalSaturation),
      number("delay, s", 1, \.delay),
      .text("LOS") { Cell($0.1.levelOfService?.rawValue ?? "–") },
      .text("worst lane group") { Cell(Self.worst($0.1)) },
    ]
    return Table(columns: columns, rows: rows)
  }

  /// The lane group with the highest v/c.
  private static func worst(_ worksheet: JunctionWorksheet) -> String {
    let served = worksheet.laneGroups.filter { $0.service != nil }
    guard
      let worst = served.enumerated().max(by: {
        ($0.element.service?.saturation ?? 0, -$0.offset) < ($1.element.service?.saturation ?? 0, -$1.offset)
      })?.element, let service = worst.service
    else { return "–" }
    return "\(worst.name), v/c \(NumberText.fixed(service.saturation, decimals: 2))"
  }

  /// How many junctions have which level of service.
  private var levelLines: [String] {
    guard worksheets(sides[0]).count > 1 else { return [] }
    return sides.map { side in
      let levels = side.study.levels.filter { $0.junctions > 0 }.map {
        "\($0.level.rawValue) \($0.junctions) (\(NumberText.fixed($0.flow, decimals: 0)) veh/h)"
      }
      let delay =
        side.study.delay.map { ", \(NumberText.fixed($0, decimals: 1)) s per vehicle in the mean" } ?? ""
      return "Junctions by level of service, \(side.name): \(levels.joined(separator: ", "))\(delay)."
        .sentence(indent: 2)
    }
  }

  /// Lane groups now and with the plan.
  private func changeTable(_ now: JunctionWorksheet, _ new: JunctionWorksheet) -> Table {
    typealias Pair = (name: String, now: LaneGroup?, new: LaneGroup?)
    var rows: [Pair] = now.laneGroups.map { ($0.name, $0.service, new.laneGroup($0.name)?.service) }
    rows.removeAll { $0.now == nil && $0.new == nil }
    func pair(
      _ title: Title, _ cell: @escaping (LaneGroup) -> Cell
    ) -> TableGroup<Pair> {
      TableGroup(
        title,
        [
          .number("now") { $0.now.map(cell) ?? "–" },
          .number("plan", isClose: true) { $0.new.map(cell) ?? "–" },
        ])
    }
    return Table(
      "",
      [
        TableGroup(.text(Title(stringLiteral: now.name)) { Cell($0.name) }),
        pair("green, s") { .number($0.green, decimals: 1) },
        pair("capacity") { .number($0.capacity, decimals: 0) },
        pair("v/c") { .number($0.saturation, decimals: 2) },
        pair("delay, s") { .number($0.delay, decimals: 1) },
        pair("LOS") { Cell($0.levelOfService.rawValue) },
        pair("Q95, m") { .number($0.queue95 * $0.spacing, decimals: 0) },
      ], rows: rows)
  }
}
