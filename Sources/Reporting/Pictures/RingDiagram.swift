internal import TrafficModel

/// The phases of a ring-barrier controller over the cycle: a row for each ring, a thick line for each barrier.
struct RingDiagram {
  var title: String
  var legs: LegLayout
  var network: Network
  /// In the order in which they are shown; each with rings.
  var sheets: [ControllerSheet]
  /// What each is called.
  var labels: [String]
  var words: SheetPictureWords

  // px.
  private static let width = 366.0
  private static let left = 16.0
  private static let row = 62.0
  private static let heading = 16.0
  private static let gap = 14.0
  private static let icon = 46.0
  private static let leastWithIcon = 34.0

  var picture: Picture {
    let cycle = sheets.map(\.cycle).max() ?? 1
    var elements: [String] = []
    var y = 0.0
    for (sheet, label) in zip(sheets, labels) {
      let rings = Set(sheet.rows.compactMap(\.ring)).sorted()
      elements.append(
        SVG.text(
          sheets.count > 1
            ? words.cycle(label, NumberText.seconds(sheet.cycle))
            : words.cycle(NumberText.seconds(sheet.cycle)),
          x: 2, y: y + 11, style: "name"))
      y += Self.heading
      let scale = (Self.width - Self.left - 3) / cycle
      for (number, ring) in rings.enumerated() {
        let top = y + Double(number) * Self.row
        elements.append(SVG.text("\(ring)", x: 4, y: top + Self.row / 2 + 4, style: "tick"))
        var x = Self.left
        for phase in sheet.rows where phase.ring == ring && phase.begin != nil {
          let width = phase.split * scale
          elements += box(phase, sheet, x: x, y: top, width: width)
          x += width
        }
      }
      let bottom = y + Double(rings.count) * Self.row
      for time in barriers(sheet) {
        let x = Self.left + time * scale
        elements.append(SVG.line(x, y - 3, x, bottom + 3, "barrier"))
      }
      y = bottom + Self.gap
    }
    return Picture(
      width: Self.width, height: y, title: title, description: description, elements: elements)
  }

  private var description: String {
    zip(labels, sheets).map { label, sheet in
      let phases = sheet.rows.filter { $0.begin != nil }.map {
        "\($0.number): \(NumberText.seconds($0.split)) s"
      }
      return "\(label): \(phases.joined(separator: ", "))"
    }.joined(separator: ". ")
  }

  /// s from the begin of the first phases to each barrier, and to the end of the cycle.
  private func barriers(_ sheet: ControllerSheet) -> [Double] {
    guard let ring = sheet.rows.compactMap(\.ring).min() else { return [] }
    let phases = sheet.rows.filter { $0.ring == ring && $0.begin != nil }
    var (times, time) = ([0.0], 0.0)
    for (index, phase) in phases.enumerated() {
      time += phase.split
      if index + 1 == phases.count || phases[index + 1].barrier != phase.barrier { times.append(time) }
    }
    return times
  }

  private func box(
    _ phase: ControllerSheet.Row, _ sheet: ControllerSheet, x: Double, y: Double, width: Double
  ) -> [String] {
    var elements = [
      SVG.rectangle(
        x: x, y: y, width: max(0, width), height: Self.row - 2,
        style: phase.isCoordinated ? "phase chosen" : "phase")
    ]
    let isWide = width >= Self.leastWithIcon
    if isWide {
      let groups = network[sheet.controller].groups.indices
      let states = groups.map { group -> SignalState in
        phase.protected.contains(group)
          ? .protectedGreen : phase.permitted.contains(group) ? .permissiveGreen : .red
      }
      let size = min(Self.icon, width - 2)
      elements += StageArrows(legs: legs, network: network, states: states)
        .elements(x: x + width / 2, y: y + 24, size: size)
    }
    elements.append(
      SVG.text("\(phase.number)\(phase.isCoordinated ? "*" : "")", x: x + 3, y: y + 11, style: "name"))
    elements.append(
      SVG.text(
        NumberText.seconds(phase.split) + (isWide ? " s" : ""), x: x + width / 2, y: y + Self.row - 6,
        style: "small middle"))
    return elements
  }
}
