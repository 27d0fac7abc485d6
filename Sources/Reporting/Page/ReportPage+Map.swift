internal import SignalOptimization
internal import TrafficModel

extension ReportPage {
  /// The map with its controls, and a table with the same figures.
  var map: [String] {
    guard !network.links.isEmpty else { return [] }
    let picture = pictures.map(comparison.both, plan: 1) { JunctionSection.address(of: $0) }
    let measures = [("saturation", words.map.saturation), ("storage", words.map.queue)].map { name, label in
      "<button type=\"button\" data-choice=\"\(name)\" aria-pressed=\"\(name == "saturation")\">\(escaped(label))</button>"
    }
    return [
      "<p>\(escaped(words.map.hint))</p><div class=\"controls\">",
      "<div class=\"choice\" role=\"group\" data-group=\"measure\" aria-label=\"\(escaped(words.map.colourBy))\"><span>\(escaped(words.map.colourBy))</span>\(measures.joined())</div>",
      words.planButtons("map", labels, shown: 1), "</div><figure class=\"scroll\" id=\"network-map\">",
      picture.inline,
      "</figure>",
    ] + (network.controllers.isEmpty ? [] : junctionTable.html)
  }

  private var junctionTable: HTMLTable {
    let pairs = [
      words.map.cycle, words.map.delayHours, words.map.served, words.map.worstSaturation, words.map.laneFull,
    ]
    var table = HTMLTable(
      caption: words.map.table,
      groups: [HTMLTable.Heading(title: "")] + pairs.map { HTMLTable.Heading(title: $0, columns: 2) },
      columns: [words.map.junction] + pairs.flatMap { _ in [words.map.now, words.map.new] })
    let figures = comparison.both.map {
      JunctionFigures.all(of: $0, network: network, hours: report.hours)
    }
    for (index, controller) in network.controllers.enumerated() {
      let sides = figures.map { $0[index] }
      let link =
        "<a href=\"\(JunctionSection.address(of: ControllerID(index)))\">\(escaped(controller.name))</a>"
      table.add(
        link,
        sides.map { NumberText.seconds($0.cycle) }
          + sides.map { NumberText.fixed($0.delayHours, decimals: 1) }
          + sides.map { NumberText.fixed($0.servedPerHour, decimals: 0) }
          + self.figures.loads.map { worstSaturation(of: ControllerID(index), $0) }
          + sides.map { NumberText.fixed($0.fullestLane, decimals: 0) })
    }
    return table
  }

  private func worstSaturation(of controller: ControllerID, _ loads: LaneLoads) -> String {
    let worst = loads.lanes.filter { lane in
      network.connectionsFromLane[lane.id.index].contains { network[$0].signal?.controller == controller }
    }.map(\.saturation).max()
    return worst.map { NumberText.fixed($0, decimals: 2) } ?? "–"
  }
}
