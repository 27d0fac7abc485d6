internal import NetworkBuilding
internal import TrafficModel

/// The volumes of a GMNS folder: one for each movement, or one for each movement and time.
struct GMNSDemand {
  fileprivate struct Entry {
    /// A movement, or a crosswalk.
    var subject: GMNSPhases.Service.Subject
    var time: GMNSTime
    var period: String?
    /// veh/h or pedestrians/h.
    var volume: Double
  }
  private var entries: [Entry] = []
  private let movements: GMNSMovements
  private let roads: GMNSRoads
  private var plain: [Double?]

  init(_ folder: GMNSFolder, movements: GMNSMovements, roads: GMNSRoads, times: GMNSTimes, lanes: [Int]) {
    self.movements = movements
    self.roads = roads
    plain = movements.all.map(\.volume)
    if let table = folder.table("movement_tod") {
      read(table, times, id: "mvmt_id", .volume) { name, row, column in
        guard let known = movements.positions[name] else {
          table.unknown("movement", row, column, known: movements.positions.keys.sorted())
          return nil
        }
        return known.map { .movement($0) }
      }
    }
    if let table = folder.table("link_tod") {
      // Those of roads, which are not read, may be a day's.
      read(table, times, id: "link_id", .capacity) { name, row, column in
        if !roads.linkNames.contains(name) {
          table.unknown("link", row, column, known: roads.linkNames.sorted())
        }
        return roads.crosswalkOfLink[name].map { .crosswalk($0) }
      }
    }
    if !entries.contains(where: \.isOfMovement), plain.allSatisfy({ $0 == nil }), !movements.all.isEmpty {
      folder.note(
        .warning,
        "the network has no volumes: 105 veh/h and lane are assumed for left turns, 310 straight on, 110 for right turns",
        notes: ["volumes stand in the column 'volume' of movement.csv, or by time in movement_tod.csv"])
      plain = movements.all.indices.map { index in
        switch movements.all[index].turn {
        case .left: 105 * Double(lanes[index])
        case .through: 310 * Double(lanes[index])
        case .right: 110 * Double(lanes[index])
        case .uTurn: nil
        }
      }
    }
  }

  private mutating func read(
    _ table: GMNSTable, _ times: GMNSTimes, id: String, _ rule: NumberRule,
    subject: (String, Int, Int?) -> GMNSPhases.Service.Subject?
  ) {
    guard let column = table.column("volume", "vol", "opt_volume"), let id = table.required(id) else {
      return
    }
    let (time, set) = (table.column("time_day"), table.column("timeday_id", "time_day_id"))
    let period = table.column("opt_period")
    for row in table.rows {
      guard let name = table.text(row, id) else { continue }
      let known = subject(name, row, id)
      var rule = rule
      if case .crosswalk = known { rule = .pedestrians }
      guard let volume = table.number(row, column, rule),
        let time = times.time(table, row, text: time, set: set), let known
      else { continue }
      entries.append(
        Entry(subject: known, time: time, period: table.text(row, period), volume: volume))
    }
  }

  /// Periods that volumes alone tell of, in order of their first row; empty where no volume has a time.
  func periods() -> [GMNSControllers.Period] {
    var order: [String] = []
    var found: [String: GMNSControllers.Period] = [:]
    for entry in entries {
      let name = entry.period ?? "all day"
      if found[name] == nil { order.append(name) }
      var period =
        found[name]
        ?? GMNSControllers.Period(name: name, begin: entry.time.begin, end: entry.time.end, days: nil)
      period.begin = min(period.begin, entry.time.begin)
      period.end = max(period.end, entry.time.end)
      found[name] = period
    }
    return order.compactMap { found[$0] }
  }

  /// Who travels in a period.
  ///
  /// - Parameter crossings: by crosswalk.
  func demand(
    of period: GMNSControllers.Period, network: Network, crossings: [Int: CrossingID], hasOnePeriod: Bool
  ) -> Demand {
    let mine = entries.filter { entry in
      if let name = entry.period { return name == period.name }
      if hasOnePeriod, period.days == nil { return true }
      return entry.time.begin >= period.begin && entry.time.end <= period.end
        && zip(entry.time.days, period.days ?? entry.time.days).contains { $0 == "1" && $1 == "1" }
    }
    let movementOfRow = movements.all.map {
      network.movement(from: LinkID($0.from), to: LinkID($0.to)) ?? MovementID(0)
    }
    var demand = Demand(begin: period.begin, end: period.end)
    let counted = mine.filter(\.isOfMovement)
    guard !counted.isEmpty else {
      demand.counts = [whole(period, network, movementOfRow, crossings)]
      return demand
    }
    var windows: [Range<Double>] = []
    for window in Set(mine.map { $0.time.begin..<$0.time.end }).sorted(by: {
      ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
    }) where window.lowerBound >= windows.last?.upperBound ?? -.infinity {
      windows.append(window)
    }
    let place = Dictionary(windows.enumerated().map { ($1, $0) }) { first, _ in first }
    demand.counts = windows.map {
      CountSlice(
        begin: $0.lowerBound, end: $0.upperBound,
        vehicles: [Double?](repeating: nil, count: network.movements.count),
        pedestrians: [Double](repeating: 0, count: network.crossings.count))
    }
    for entry in mine {
      guard let slice = place[entry.time.begin..<entry.time.end] else { continue }
      let count = entry.volume * (entry.time.end - entry.time.begin) / Quantities.secondsPerHour
      switch entry.subject {
      case .movement(let index):
        demand.counts[slice].vehicles[movementOfRow[index].index, default: 0] += count
      case .crosswalk(let index):
        if let crossing = crossings[index] { demand.counts[slice].pedestrians[crossing.index] += count }
      }
    }
    return demand
  }

  private func whole(
    _ period: GMNSControllers.Period, _ network: Network, _ movementOfRow: [MovementID],
    _ crossings: [Int: CrossingID]
  ) -> CountSlice {
    var slice = CountSlice(
      begin: period.begin, end: period.end,
      vehicles: [Double?](repeating: nil, count: network.movements.count),
      pedestrians: [Double](repeating: 0, count: network.crossings.count))
    let hours = (period.end - period.begin) / Quantities.secondsPerHour
    for (row, volume) in plain.enumerated() {
      if let volume { slice.vehicles[movementOfRow[row].index, default: 0] += volume * hours }
    }
    for (index, crosswalk) in roads.crosswalks.enumerated() {
      if let crossing = crossings[index], let flow = crosswalk.pedestriansPerHour {
        slice.pedestrians[crossing.index] += flow * hours
      }
    }
    return slice
  }
}

extension GMNSDemand.Entry {
  fileprivate var isOfMovement: Bool {
    if case .movement = subject { true } else { false }
  }
}

extension [Double?] {
  /// The value of an entry that stands for `base` until it has one.
  fileprivate subscript(index: Int, default base: Double) -> Double {
    get { self[index] ?? base }
    set { self[index] = newValue }
  }
}
