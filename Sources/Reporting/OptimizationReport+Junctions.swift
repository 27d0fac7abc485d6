internal import SignalOptimization
internal import TrafficModel

extension OptimizationReport {
  /// More rows nobody reads; the junctions with the most delay are shown then.
  private static let mostJunctions = 30
  private static let shortestName = 10

  /// Existing against proposed plan, junction by junction.
  var junctionTable: [String] {
    let names = network.controllers.map(\.name)
    guard !names.isEmpty else { return [] }
    let now = JunctionFigures.all(of: result.comparison.existing, network: network, hours: hours)
    let new = JunctionFigures.all(of: result.comparison.proposed, network: network, hours: hours)
    let reserves = reserveByController
    var shown = Array(names.indices)
    if shown.count > Self.mostJunctions {
      shown = Array(
        shown.sorted { (-now[$0].delayHours, $0) < (-now[$1].delayHours, $1) }
          .prefix(Self.mostJunctions))
    }
    let pairs = ["cycle, s", "delay, veh·h", "served, veh/h", "worst v/c", "lane full, %"]
    var table = TextTable(
      [.left()] + pairs.flatMap { _ in [.right(), .right(gap: 1)] },
      headings: [TextTable.Heading(title: "", columns: 1)]
        + pairs.map { TextTable.Heading(title: $0, columns: 2) })
    table.add([""] + pairs.flatMap { _ in ["now", "new"] })
    for index in shown {
      table.add([""] + cells(now[index], new[index], reserves[index]))
    }
    // Names take what the numbers leave.
    let room = max(
      Self.shortestName, ReportLayout.current.width - (table.lines.map(\.displayWidth).max() ?? 0))
    table.fill(column: 0, with: (["junction"] + shown.map { names[$0] }).map { $0.truncated(to: room) })
    let left = names.count - shown.count
    return table.lines
      + (left > 0 ? ["and \(left) more; these have the most delay now, --json has all"] : [])
  }

  private func cells(
    _ before: JunctionFigures, _ after: JunctionFigures, _ reserve: ControllerReserve?
  ) -> [String] {
    let sides = [before, after]
    return sides.map { NumberText.seconds($0.cycle) }
      + sides.map { NumberText.fixed($0.delayHours, decimals: 1) }
      + sides.map { NumberText.fixed($0.servedPerHour, decimals: 0) }
      + [saturation(reserve?.existing), saturation(reserve?.proposed)]
      + sides.map { NumberText.fixed($0.fullestLane, decimals: 0) }
  }

  /// By controller index.
  var reserveByController: [ControllerReserve?] {
    var reserves = [ControllerReserve?](repeating: nil, count: network.controllers.count)
    for reserve in result.certificate.reserves { reserves[reserve.controller.index] = reserve }
    return reserves
  }

  /// The highest degree of saturation that a reserve capacity means.
  private func saturation(_ reserve: Double?) -> String {
    guard let reserve, reserve.isFinite, reserve > 0 else { return "–" }
    return NumberText.fixed(1 / reserve, decimals: 2)
  }
}
