internal import CapacityWorksheets
internal import HighwayCapacity
internal import TrafficModel

/// The worksheet of a junction, as text.
struct CapacitySection {
  private typealias Row = LaneGroupWorksheet

  let worksheet: JunctionWorksheet
  let network: Network
  /// Its name; nil where there is but one.
  let plan: String?
  /// Whether that is what runs now.
  let isPresent: Bool

  init(_ worksheet: JunctionWorksheet, network: Network, plan: String?, isPresent: Bool) {
    self.worksheet = worksheet
    self.network = network
    self.plan = plan
    self.isPresent = isPresent
  }

  var sections: [[String]] {
    [
      [title], table(.service, isWithLevel: true).lines, table(.queues, isWithLevel: false).lines,
      factorTable.lines, approachTable.lines, notCoveredLines, peopleTable.lines, bicycleTable.lines,
      assumptionLines,
    ]
  }

  private var title: String {
    let what = plan.map { "\(worksheet.name), \($0)" } ?? worksheet.name
    guard let cycle = worksheet.cycle else { return "\(what): not covered" }
    let control = worksheet.isActuated ? "by detectors, mean cycle" : "cycle"
    let delay = worksheet.delay.map { "delay \(NumberText.fixed($0, decimals: 1)) s" } ?? "no traffic"
    let level = worksheet.levelOfService.map { ", level of service \($0.rawValue)" } ?? ""
    let critical = worksheet.criticalSaturation.map { ", X_c \(NumberText.fixed($0, decimals: 2))" } ?? ""
    return "\(what): \(control) \(NumberText.fixed(cycle, decimals: 1)) s, \(delay)\(level)\(critical)"
      .sentence(
        indent: 2)
  }

  private var served: [LaneGroupWorksheet] { worksheet.laneGroups.filter { $0.service != nil } }

  private enum Kind { case service, queues }

  private func table(_ kind: Kind, isWithLevel: Bool) -> Table {
    let figures = kind == .service ? CapacityFigure<Row>.service : CapacityFigure<Row>.queues
    var columns: [TableColumn<Row>] = [.text("group") { Cell($0.name) }]
    columns += figures.compactMap { Self.column($0, isWithUnit: kind == .queues) }
    if isWithLevel {
      columns.append(.text("LOS", isClose: true) { Cell($0.service?.levelOfService.rawValue ?? "") })
    }
    return Table(columns: columns, rows: served)
  }

  private static func column(_ figure: CapacityFigure<Row>, isWithUnit: Bool) -> TableColumn<Row>? {
    figure.title.map { title in
      let heading = isWithUnit && !figure.unit.isEmpty ? "\(title), \(figure.unit)" : title
      return .number(Title(stringLiteral: heading), isClose: !isWithUnit) {
        Cell.number(figure.value($0), decimals: figure.decimals)
      }
    }
  }

  /// Factors that are 1 everywhere are left out.
  private var factorTable: Table {
    let figures = CapacityFigure<Row>.factors.filter { figure in
      figure.key == "base" || served.contains { figure.value($0).map { abs($0 - 1) >= 0.0005 } ?? false }
    }
    return Table(
      columns: [.text("group") { Cell($0.name) }] + figures.compactMap { Self.column($0, isWithUnit: false) },
      rows: served)
  }

  private var approachTable: Table {
    typealias Row = ApproachWorksheet
    return Table(
      columns: [
        .text("approach") { Cell("\($0.name) (\(network[$0.link].name))") },
        .number("V") { .number($0.volume, decimals: 0) },
        .number("PHF") { .number($0.peakHourFactor, decimals: 2) },
        .number("v") { .number($0.flow, decimals: 0) },
        .number("delay, s") { .number($0.delay, decimals: 1) },
        .text("LOS") { Cell($0.levelOfService?.rawValue ?? "–") },
      ], rows: worksheet.approaches)
  }

  private var notCoveredLines: [String] {
    worksheet.laneGroups.compactMap { group in
      group.notCovered.map {
        "\(group.name), \(NumberText.fixed(group.volume, decimals: 0)) veh/h: not covered: \($0.words(in: network))"
          .sentence(indent: 2)
      }
    }
      + worksheet.crossings.compactMap { crossing in
        crossing.notCovered.map {
          "crossing \(network[crossing.crossing].name): not covered: \($0.words(in: network))".sentence(
            indent: 2)
        }
      }
  }

  private var peopleTable: Table {
    typealias Row = CrossingWorksheet
    return Table(
      columns: [
        .text("people on foot") { Cell(network[$0.crossing].name) },
        .number("p/h") { .number($0.people, decimals: 0) },
        .number("delay, s") { .number($0.service?.delay, decimals: 1) },
        .number("score") { .number($0.service?.score, decimals: 2) },
        .text("LOS") { Cell($0.service?.levelOfService.rawValue ?? "") },
      ], rows: worksheet.crossings.filter { $0.service != nil })
  }

  private var bicycleTable: Table {
    typealias Row = ApproachWorksheet
    return Table(
      columns: [
        .text("bicycles") { Cell($0.name) },
        .number("per hour") { .number($0.bicycles?.bicycles, decimals: 0) },
        .number("capacity") { .number($0.bicycles?.capacity, decimals: 0) },
        .number("delay, s") { .number($0.bicycles?.delay, decimals: 1) },
        .number("score") { .number($0.bicycles?.score, decimals: 2) },
        .text("LOS") { Cell($0.bicycles?.levelOfService.rawValue ?? "") },
      ], rows: worksheet.approaches.filter { $0.bicycles != nil })
  }

  /// What was taken for granted.
  private var assumptionLines: [String] {
    (givenFlows + (isPresent ? presentControl : [])).map { $0.sentence(indent: 2) }
  }

  private var givenFlows: [String] {
    let given = served.filter { $0.service?.factors.isGiven == true }.map(\.name)
    guard !given.isEmpty else { return [] }
    let groups = given.count == served.count ? "all lane groups" : given.joined(separator: ", ")
    return [
      "Saturation flow as the network gives it, taken as adjusted (factors but those of turns and people are 1): \(groups)."
    ]
  }

  /// Where what runs now is not what was evaluated.
  private var presentControl: [String] {
    guard !worksheet.isActuated, case .signalled(let id) = network[worksheet.junction].control else {
      return []
    }
    switch network[id].presentControl {
    case .fixedTime: return []
    case .actuated(let kind), .responding(let kind):
      return [
        "The signal responds to traffic (\(kind)); its phases are evaluated as if each always lasted as long as it usually does."
      ]
    case .doubtful(let reason):
      return ["What the signal runs is not known (\(reason)); the programme that stands for it is evaluated."]
    }
  }
}
