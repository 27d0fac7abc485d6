internal import CapacityWorksheets
internal import TrafficModel

/// What stands at the head and at the foot of a sheet.
struct SheetHead {
  var controller: SignalController
  var network: Network
  var programs: [SignalProgram]
  var labels: [String]
  var names: SheetNames
  var words: PageWords.Sheet

  /// The controller, and each plan's cycle and offset.
  ///
  /// - Parameter sheets: the programmes' phases, of a controller with rings.
  func facts(_ sheets: [ControllerSheet]?) -> [String] {
    let rings = controller.rings?.rings.count
    let first = sheets != nil ? rings.map { words.controllers(controller.name, rings: $0) } : nil
    return [first ?? words.controller(controller.name)]
      + programs.indices.map { plan in fact(plan, sheets?[plan]) } + presentControl
  }

  private func fact(_ plan: Int, _ sheet: ControllerSheet?) -> String {
    let program = programs[plan]
    let groups = PlanSheet(program, network: network)
    let offset = sheet?.offset ?? groups.offset
    var yellow = sheet?.offsetToYellow
    if sheet == nil, let group = groups.referenceGroups.first,
      let row = groups.rows.first(where: { $0.group == group && $0.begin == 0 })
    {
      yellow = (offset + row.green).wrapped(in: program.cycle)
    }
    let text = words.plan(
      labels[plan], program.name, seconds(program.cycle), seconds(offset), reference(plan, sheet))
    return yellow.map { "\(text), \(words.toYellow(seconds($0)))" } ?? text
  }

  private func reference(_ plan: Int, _ sheet: ControllerSheet?) -> String {
    if let sheet {
      return words.beginOfPhases(sheet.referencePhases.map { "\($0)" }.joined(separator: " + "))
    }
    let groups = PlanSheet(programs[plan], network: network).referenceGroups
    guard !groups.isEmpty else { return words.beginOfProgram }
    return words.beginOfGreen(
      groups.map { controller.groups[$0].name }.listed(atMost: 4, separator: " + ", more: words.andMore))
  }

  private var presentControl: [String] {
    switch controller.presentControl {
    case .fixedTime: []
    case .actuated(let kind), .responding(let kind): [words.standsFor(kind)]
    case .doubtful(let reason): [words.doubtful(reason)]
    }
  }

  private func seconds(_ value: Double) -> String { NumberText.seconds((value * 10).rounded() / 10) }

  /// What the figures mean.
  func notes(_ sheets: [ControllerSheet]?) -> [String] {
    let last = programs.count - 1
    var notes = [words.timeNote(reference(last, sheets?[last])), words.allRedNote]
    notes.append(sheets == nil ? words.arrowNote : words.ringNote)
    let legs = names.layouts.enumerated().flatMap { number, layout in
      layout.legs.compactMap { leg -> String? in
        road(leg, layout).map { "\(names.name(leg, junction: number)) \($0)" }
      }
    }
    if !legs.isEmpty { notes.append(words.legs(legs.joined(separator: ", "))) }
    let waiting = sheets?[last].waiting ?? []
    if !waiting.isEmpty { notes.append(words.waiting(waiting.map { "\($0)" }.joined(separator: ", "))) }
    if network.side == .left { notes.append(words.leftHand) }
    return notes
  }

  /// The street, or the link's name where it tells more than the leg.
  private func road(_ leg: LegLayout.Leg, _ layout: LegLayout) -> String? {
    let links = [leg.into, leg.out].compactMap { $0 }
    if let street = links.map({ network[$0].street }).first(where: { !$0.isEmpty }) { return street }
    let name = links.first.map { network[$0].name } ?? ""
    return name.hasPrefix(network[layout.junction].name + ".") || name.isEmpty ? nil : name
  }
}

/// Who gains and who loses by the second plan, and whose lanes are fullest.
struct SheetRemarks {
  var figures: [LaneGroupFigures]
  /// By plan, s per vehicle of the whole junction; nil where they are not known.
  var delays: [Double?]
  var names: SheetNames
  var words: PageWords.Sheet

  private static let most = 5
  /// Smaller changes nobody notices: s per vehicle, and of the degree of saturation.
  private static let leastDelay = 1.0
  private static let leastSaturation = 0.02

  var lines: [String] {
    let loaded = figures.filter { $0.volume > 0 }
    guard let plans = loaded.first?.sides.count else { return [] }
    var lines: [String] = []
    let fullest = loaded.compactMap { figure in
      figure.sides[plans - 1].map { (names.laneGroup(figure.lanes).name, $0.saturation) }
    }.max { $0.1 < $1.1 }
    if let fullest { lines.append(words.critical(fullest.0, NumberText.fixed(fullest.1, decimals: 2))) }
    let known = delays.compactMap { $0 }
    if known.count == plans {
      lines.insert(
        words.junctionDelay(
          known.map { NumberText.fixed($0, decimals: 1) }.joined(separator: " → "),
          known.map { LevelOfService(delayPerVehicle: $0).rawValue }.joined(separator: " → ")), at: 0)
    }
    guard plans > 1 else { return lines }
    let hasDelay = loaded.contains { $0.sides[0]?.delay != nil }
    let changes = loaded.compactMap { figure -> (name: String, now: Double, new: Double)? in
      guard let now = figure.sides[0], let new = figure.sides[1] else { return nil }
      let name = names.laneGroup(figure.lanes).name
      if hasDelay { return now.delay.flatMap { before in new.delay.map { (name, before, $0) } } }
      return (name, now.saturation, new.saturation)
    }
    let least = hasDelay ? Self.leastDelay : Self.leastSaturation
    let better = changes.filter { $0.now - $0.new >= least }.sorted { $0.now - $0.new > $1.now - $1.new }
    let worse = changes.filter { $0.new - $0.now >= least }.sorted { $0.new - $0.now > $1.new - $1.now }
    func list(_ changes: [(name: String, now: Double, new: Double)]) -> String {
      changes.map { change in
        let values = [change.now, change.new].map { NumberText.fixed($0, decimals: hasDelay ? 1 : 2) }
        return words.change(change.name, values[0], values[1])
      }.listed(atMost: Self.most, separator: ", ", more: { " +\($0)" })
    }
    let unit = words.gainsOf(hasDelay ? words.delay : words.saturation)
    if better.isEmpty, worse.isEmpty { return lines + [words.noChange] }
    if !better.isEmpty { lines.append(words.gains("\(list(better)) (\(unit))")) }
    if !worse.isEmpty { lines.append(words.loses("\(list(worse)) (\(unit))")) }
    return lines
  }

  private static let mostNotCovered = 4

  /// Lane groups that the Highway Capacity Manual says nothing of, and why.
  static func notCovered(_ manual: ManualFigures, _ names: SheetNames, _ words: PageWords.Sheet) -> [String] {
    let lines = manual.notCovered.map { group in
      words.notCovered(
        names.laneGroup(group.lanes).name,
        words.language == .english ? group.reason.words(in: names.network) : nil)
    }
    return lines.isEmpty ? [] : [lines.listed(atMost: mostNotCovered, separator: " ", more: { " +\($0)" })]
  }
}
