internal import NetworkBuilding

/// Zones of traffic (TAZ), and the traffic between them, as `od2trips` takes them.
struct SUMOZones {
  /// Edges that traffic of a zone starts and ends on, with their weights; weights are not negative.
  struct Zone {
    var sources: [(edge: String, weight: Double)] = []
    var sinks: [(edge: String, weight: Double)] = []
  }
  /// Vehicles from one zone to another in a part of the day.
  struct Cell {
    var from: String
    var to: String
    /// Absolute s.
    var time: Range<Double>
    /// Not negative; need not be whole.
    var vehicles: Double
    /// The name of the vehicles' type; nil where there is none.
    var type: String?
    var place: RouteElements.Place
  }
  private(set) var zones: [String: Zone] = [:]
  private(set) var cells: [Cell] = []

  /// Takes in a `taz`: edges alone, or sources and sinks with weights.
  mutating func addZone(_ node: XMLNode, _ log: inout DiagnosticLog) {
    guard let id = node.text("id", &log) else { return }
    guard zones[id] == nil else {
      log.error("the zone '\(id)' is declared twice", at: node.place, quote: id)
      return
    }
    var zone = Zone()
    for edge in (node["edges"] ?? "").words {
      zone.sources.append((edge, 1))
      zone.sinks.append((edge, 1))
    }
    for child in node.children where ["tazSource", "tazSink"].contains(child.name) {
      guard let edge = child.text("id", &log), let weight = child.number("weight", default: 1, &log) else {
        continue
      }
      guard (0...1e9).contains(weight) else {
        log.error(
          "'weight' must be in 0 … 1000000000, not \(plainNumber(weight))", at: child.place,
          quote: child["weight"])
        continue
      }
      if child.name == "tazSource" {
        zone.sources.append((edge, weight))
      } else {
        zone.sinks.append((edge, weight))
      }
    }
    zones[id] = zone
  }

  /// Takes in an `interval` of relations between zones.
  mutating func addInterval(_ node: XMLNode, file: Int, _ log: inout DiagnosticLog) {
    let relations = node.children("tazRelation")
    if let other = node.children.first(where: { $0.name != "tazRelation" }) {
      log.warning(
        "<\(other.name)> in an interval is no demand between zones, and left out", at: other.place,
        quote: "<\(other.name)", notes: ["counts of edges and turns are read with --counts"])
    }
    let ends = ["begin", "end"].compactMap { name -> Double? in
      guard let text = node.text(name, &log) else { return nil }
      if let time = XMLTime.seconds(text) { return time }
      log.error("'\(name)' must be seconds or h:m:s, not '\(text)'", at: node.place, quote: text)
      return nil
    }
    guard ends.count == 2 else { return }
    guard ends[0] < ends[1] else {
      log.error("the interval ends before it begins", at: node.place, quote: node["end"])
      return
    }
    for relation in relations {
      guard let from = relation.text("from", &log), let to = relation.text("to", &log),
        let vehicles = relation.number("count", &log)
      else { continue }
      let place = RouteElements.Place(file: file, at: relation.place)
      add(
        Cell(from: from, to: to, time: ends[0]..<ends[1], vehicles: vehicles, type: node["id"], place: place),
        quote: relation["count"], &log)
    }
  }

  /// More in one cell are taken for a mistake.
  private static let mostVehicles = 1_000_000.0

  /// Takes in a cell, if its number is one of vehicles.
  mutating func add(_ cell: Cell, quote: String?, _ log: inout DiagnosticLog) {
    guard (0...Self.mostVehicles).contains(cell.vehicles) else {
      log.error(
        "the number of vehicles must be in 0 … \(plainNumber(Self.mostVehicles)), not \(plainNumber(cell.vehicles))",
        at: cell.place.at, quote: quote)
      return
    }
    cells.append(cell)
  }
}

// MARK: - Trips

extension SUMOZones {
  /// A vehicle of the matrix.
  struct Trip {
    var from: String
    var to: String
    /// Absolute s.
    var time: Double
    var cell: Cell
  }

  /// More vehicles than a demand may have are not made.
  private static let mostTrips = 1_000_000.0

  /// The vehicles of all cells, in order of cell.
  ///
  /// Nothing is drawn: vehicles of a cell depart at equal spacing; each next one starts on the edge of its zone that is
  /// furthest below its weight, and ends on the edge that is so among those from the same start. What is left of a cell's number
  /// beyond whole vehicles goes to the next cell.
  func trips(_ logs: inout [DiagnosticLog]) -> [Trip] {
    var trips: [Trip] = []
    var rest = 0.0
    guard cells.reduce(0, { $0 + $1.vehicles }) <= Self.mostTrips else {
      logs[cells[0].place.file].error(
        "the matrix has over \(plainNumber(Self.mostTrips)) vehicles", at: cells[0].place.at)
      return []
    }
    var told: Set<String> = []
    for cell in cells {
      guard let from = ends(cell.from, \.sources, "start", cell, &told, &logs),
        let to = ends(cell.to, \.sinks, "end", cell, &told, &logs)
      else { continue }
      rest += cell.vehicles
      // Rounding must not keep a vehicle back.
      let whole = (rest + 1e-6).rounded(.down)
      rest -= whole
      let count = Int(exactly: whole) ?? 0
      var starts = LargestShare(from.shares)
      var exits = [LargestShare](repeating: LargestShare(to.shares), count: from.edges.count)
      let spacing = (cell.time.upperBound - cell.time.lowerBound) / whole
      for number in 0..<count {
        let start = starts.next()
        trips.append(
          Trip(
            from: from.edges[start], to: to.edges[exits[start].next()],
            time: cell.time.lowerBound + (Double(number) + 0.5) * spacing, cell: cell))
      }
    }
    return trips
  }

  /// The edges of a zone that have a weight; nil, and noted once, where there are none.
  private func ends(
    _ name: String, _ edges: KeyPath<Zone, [(edge: String, weight: Double)]>, _ verb: String, _ cell: Cell,
    _ told: inout Set<String>, _ logs: inout [DiagnosticLog]
  ) -> (edges: [String], shares: [Double])? {
    guard let zone = zones[name] else {
      if told.insert(name).inserted {
        logs[cell.place.file].unknown("zone", name, at: cell.place.at, known: zones.keys.sorted())
      }
      return nil
    }
    let used = zone[keyPath: edges].filter { $0.weight > 0 }
    let sum = used.reduce(0) { $0 + $1.weight }
    guard sum > 0 else {
      if told.insert("\(verb) \(name)").inserted {
        logs[cell.place.file].error(
          "the zone '\(name)' has no edge that traffic may \(verb) on", at: cell.place.at, quote: name)
      }
      return nil
    }
    return (used.map(\.edge), used.map { $0.weight / sum })
  }
}
