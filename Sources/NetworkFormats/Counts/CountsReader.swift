internal import NetworkBuilding
internal import TrafficModel

/// Finds the junctions and movements of a network that a sheet counts.
struct CountsReader {
  private let sheet: CountSheet
  private let names: MovementNames
  private let network: Network
  private let shares: [Double]
  private let file: String
  private var log: DiagnosticLog
  private var found: [LocatedEntry] = []

  private struct LocatedEntry {
    var entry: TurningCounts.Entry
    var place: TextPlace
    var kind: String?
  }

  init(_ sheet: CountSheet, _ log: DiagnosticLog, file: String, network: Network, shares: [Double]) {
    (self.sheet, self.log, self.file, self.network, self.shares) = (sheet, log, file, network, shares)
    names = MovementNames(network)
  }

  mutating func read() throws(InputFailure) -> ReadCounts {
    let needsJunction = sheet.rows.contains { row in
      row.junctions.isEmpty && row.counts.contains { if case .letters = $0.movement { true } else { false } }
    }
    let only = needsJunction ? junctionOfAll() : nil
    for row in sheet.rows {
      read(row, junction: row.junctions.isEmpty ? only : names.junction(row.junctions, &log))
    }
    checkOverlaps()
    let diagnostics = log.diagnostics.inOrderOfPlace
    if log.hasErrors { throw InputFailure(diagnostics) }
    return ReadCounts(
      counts: TurningCounts(name: InputFile.baseName(file), entries: found.map(\.entry)),
      warnings: diagnostics)
  }

  /// The junction of a sheet without a column for it: the one that a line above the table names, or the file, or the only one.
  private mutating func junctionOfAll() -> Int? {
    let base = Located(value: InputFile.baseName(file), place: .code)
    for told in [sheet.title, base].compactMap({ $0 }) {
      if let found = names.position(told.value) { return found }
    }
    if let only = names.only {
      if let title = sheet.title {
        log.warning(
          "'\(title.value)' is taken for '\(network.junctions[only].name)', the only junction that was counted at",
          at: title.place)
      }
      return only
    }
    if let title = sheet.title {
      _ = names.junction([title], &log)
    } else {
      log.error(
        "which junction was counted is not told",
        notes: [
          "add a column 'junction', a line 'Intersection: NAME' above the table, or call the file NAME.csv"
        ])
    }
    return nil
  }

  private mutating func read(_ row: CountSheet.Row, junction: Int?) {
    for count in row.counts {
      guard let movement = count.movement else { continue }
      switch movement {
      case .letters(let leg, let turn):
        // A cell that holds no number tells nothing more.
        guard let junction, count.vehicles != nil || row.counts.count == 1 else { continue }
        // A zero is allowed also where nobody can drive.
        if count.vehicles == 0, row.counts.count > 1,
          names.movement(at: junction, from: leg, turn: turn) == nil
        {
          continue
        }
        add(self.movement(at: junction, leg: leg, turn: turn, places: count.places), count, row)
      case .links(let from, let to):
        if !row.junctions.isEmpty, junction == nil { continue }
        let (from, to) = (
          Located(value: from, place: count.places.0), Located(value: to, place: count.places.1)
        )
        add(names.movement(at: junction, from: from, to: to, &log), count, row)
      case .link(let name): part(Located(value: name, place: count.places.0), count, row)
      }
    }
  }

  private mutating func movement(
    at junction: Int, leg: Compass, turn: Turn, places: (leg: TextPlace, turn: TextPlace)
  ) -> MovementID? {
    let legs = names.legs(at: junction)
    guard legs.contains(leg) else {
      log.error(
        "the junction has no approach \(leg.name)", at: places.leg,
        notes: legs.isEmpty ? [] : ["it has " + legs.map(\.name).joined(separator: ", ")])
      return nil
    }
    guard legs.count(where: { $0 == leg }) == 1 else {
      log.error(
        "the junction has several approaches that lie in \(leg.name)", at: places.leg,
        notes: ["name the links instead, in columns 'from' and 'to'"])
      return nil
    }
    if let found = names.movement(at: junction, from: leg, turn: turn) { return found }
    let turns = names.turns(at: junction, from: leg).map { String($0.letter) }.joined(separator: ", ")
    log.error(
      "nobody can \(turn.words) from approach \(leg.name)", at: places.turn, notes: ["it has \(turns)"])
    return nil
  }

  /// Parts the vehicles of a link among its movements, as the network's own demand does.
  private mutating func part(_ link: Located<String>, _ count: CountSheet.Count, _ row: CountSheet.Row) {
    let movements = names.movements(from: link, &log)
    // Links that lead out of the network have no stop line.
    guard let movements, !movements.isEmpty else { return }
    let weights = movements.map { shares.isEmpty ? 0 : shares[$0.index] }
    let sum = weights.reduce(0, +)
    guard movements.count == 1 || sum > 0 else {
      log.error(
        "how the vehicles of link '\(link.value)' part is not known: it has \(movements.count) turns",
        at: link.place, quote: link.value,
        notes: ["the network has no demand that goes by it; count its turns, as <edgeRelation>"])
      return
    }
    for (movement, weight) in zip(movements, weights) {
      var share = count
      share.vehicles = count.vehicles.map { movements.count == 1 ? $0 : $0 * weight / sum }
      add(movement, share, row)
    }
  }

  private mutating func add(_ movement: MovementID?, _ count: CountSheet.Count, _ row: CountSheet.Row) {
    guard let movement, let time = row.time, let vehicles = count.vehicles else { return }
    let entry = TurningCounts.Entry(
      movement: movement, begin: time.lowerBound, end: time.upperBound, vehicles: vehicles)
    let place = row.counts.count > 1 ? count.places.0 : row.place
    found.append(LocatedEntry(entry: entry, place: place, kind: row.kind))
  }

  /// Counting the same vehicles twice would double them; classes of vehicles are added up.
  private mutating func checkOverlaps() {
    let order = found.indices.sorted {
      (found[$0].entry.movement, found[$0].entry.begin, $0) < (
        found[$1].entry.movement, found[$1].entry.begin, $1
      )
    }
    var kept: [LocatedEntry] = []
    var kinds: Set<String?> = []
    for index in order {
      let next = found[index]
      guard let last = kept.last, last.entry.movement == next.entry.movement,
        next.entry.begin < last.entry.end
      else {
        kept.append(next)
        kinds = [next.kind]
        continue
      }
      let isOther = next.kind != nil && !kinds.contains(next.kind) && !kinds.contains(nil)
      if isOther, last.entry.begin == next.entry.begin, last.entry.end == next.entry.end {
        kept[kept.count - 1].entry.vehicles += next.entry.vehicles
        kinds.insert(next.kind)
        continue
      }
      let earlier = min(last.place, next.place)
      log.error(
        "the movement is counted twice at this time, first in line \(earlier.line)",
        at: max(last.place, next.place))
      kept.append(next)
      kinds = [next.kind]
    }
    found = kept
  }
}
