internal import TrafficModel

extension DetailedText {
  func lines(of period: Period) -> [String] {
    let demand = period.demand
    var lines = ["  - name: \(YAMLWriting.text(period.name))"]
    if let time = YAMLWriting.time(begin: demand.begin, end: demand.end) {
      lines.append("    time: \(time)")
    } else {
      lines.append("    begin: \(YAMLWriting.number(demand.begin))")
      lines.append("    end: \(YAMLWriting.number(demand.end))")
    }
    if period.existingPlan.name != period.name {
      lines.append("    plan: \(YAMLWriting.text(period.existingPlan.name))")
    }
    func add(_ key: String, _ entries: [String]) {
      guard !entries.isEmpty else { return }
      lines += ["    \(key):"] + entries.map { "      - \($0)" }
    }
    add("programs", period.existingPlan.programs.compactMap { $0.map(program) })
    if demand.vehicleTypes != [VehicleType(name: "car")] { add("vehicles", demand.vehicleTypes.map(type)) }
    add(
      "routes", demand.routes.map { YAMLWriting.list($0.map { YAMLWriting.text(network[$0].name) }) })
    add("flows", demand.flows.map { flow($0, in: demand) })
    add("departures", demand.departures.map(departure))
    add("slices", demand.counts.map { "[\(YAMLWriting.number($0.begin)), \(YAMLWriting.number($0.end))]" })
    add("counts", network.movements.indices.compactMap { count(of: MovementID($0), in: demand) })
    add("pedestrians", network.crossings.indices.compactMap { pedestrians(over: $0, in: demand) })
    add("walks", demand.walks.map { walk($0, in: demand) })
    return lines
  }

  private func program(_ program: SignalProgram) -> String {
    let rows = program.intervals.map { "[\(PlanText.seconds($0.duration)), \(PlanText.states($0))]" }
    return YAMLWriting.mapping([
      ("controller", YAMLWriting.text(network[program.controller].name)),
      ("name", YAMLWriting.text(program.name)), ("offset", PlanText.seconds(program.offset)),
      ("intervals", YAMLWriting.list(rows)),
    ])
  }

  private func type(_ type: VehicleType) -> String {
    let car = VehicleType(name: "car")
    func number(_ path: KeyPath<VehicleType, Double>) -> String? {
      type[keyPath: path] == car[keyPath: path] ? nil : YAMLWriting.number(type[keyPath: path])
    }
    return YAMLWriting.mapping([
      ("name", YAMLWriting.text(type.name)), ("length", number(\.length)), ("gap", number(\.minimumGap)),
      ("acceleration", number(\.acceleration)), ("deceleration", number(\.deceleration)),
      ("speed", type.maximumSpeed == car.maximumSpeed ? nil : YAMLWriting.speed(type.maximumSpeed)),
      ("headway", number(\.headway)), ("imperfection", number(\.imperfection)),
      ("speed-factor", number(\.speedFactor)), ("speed-deviation", number(\.speedDeviation)),
    ])
  }

  private func departing(
    route: Int, choosesRoute: Bool, type: Int, insertion: Insertion
  ) -> [(String, String?)] {
    let lane: String? =
      switch insertion.lane {
      case .best: nil
      case .emptiest: "emptiest"
      case .position(let position): "\(position + 1)"
      }
    let speed: String? =
      switch insertion.speed {
      case .free: nil
      case .average: "average"
      case .metresPerSecond(let value): YAMLWriting.speed(value)
      }
    return [
      ("route", "\(route + 1)"), ("chooses-route", choosesRoute ? "yes" : nil),
      ("vehicle", type == 0 ? nil : "\(type + 1)"), ("lane", lane),
      ("place", insertion.place == .begin ? nil : "anywhere"), ("departs-with", speed),
    ]
  }

  private func flow(_ flow: RouteFlow, in demand: Demand) -> String {
    YAMLWriting.mapping(
      [
        ("flow", YAMLWriting.flow(flow.rate)),
        ("begin", flow.begin == demand.begin ? nil : YAMLWriting.number(flow.begin)),
        ("end", flow.end == demand.end ? nil : YAMLWriting.number(flow.end)),
        ("spread", flow.process == .poisson ? nil : "bernoulli"),
      ]
        + departing(
          route: flow.route, choosesRoute: flow.choosesRoute, type: flow.type, insertion: flow.insertion))
  }

  private func departure(_ departure: Departure) -> String {
    YAMLWriting.mapping(
      [("at", YAMLWriting.number(departure.time))]
        + departing(
          route: departure.route, choosesRoute: departure.choosesRoute, type: departure.type,
          insertion: departure.insertion))
  }

  private func count(of movement: MovementID, in demand: Demand) -> String? {
    let row = demand.counts.map { $0.vehicles[movement.index] }
    guard row.contains(where: { $0 != nil }) else { return nil }
    return YAMLWriting.mapping([
      ("from", YAMLWriting.text(network[network[movement].from].name)),
      ("to", YAMLWriting.text(network[network[movement].to].name)),
      ("vehicles", YAMLWriting.list(row.map { $0.map(YAMLWriting.number) ?? "none" })),
    ])
  }

  private func pedestrians(over crossing: Int, in demand: Demand) -> String? {
    let row = demand.counts.map { $0.pedestrians[crossing] }
    guard row.contains(where: { $0 != 0 }) else { return nil }
    return YAMLWriting.mapping([
      ("crossing", "\(crossing + 1)"), ("number", YAMLWriting.list(row.map(YAMLWriting.number))),
    ])
  }

  private func walk(_ flow: PedestrianFlow, in demand: Demand) -> String {
    YAMLWriting.mapping([
      ("crossing", "\(flow.crossing.index + 1)"),
      ("begin", flow.begin == demand.begin ? nil : YAMLWriting.number(flow.begin)),
      ("end", flow.end == demand.end ? nil : YAMLWriting.number(flow.end)),
      ("people", YAMLWriting.number(flow.people)),
    ])
  }
}
