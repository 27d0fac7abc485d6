internal import NetworkBuilding
internal import TrafficModel

/// Volumes of a file, and what its stop lines let through.
struct UTDFDemand {
  let file: UTDFFile
  let settings: UTDFSettings
  let nodes: [UTDFNode]

  private func movement(_ way: UTDFWay) -> UTDFMovement {
    nodes[way.node].approaches[way.approach].movements[way.movement]
  }

  private func field(_ record: String, _ way: UTDFWay) -> Located<String>? {
    let key = record.lowercased().filter { $0 != " " }
    return file[.lanes][key, nodes[way.node].id, movement(way).column]
  }

  private func number(
    _ record: String, _ way: UTDFWay, _ rule: NumberRule, _ log: inout DiagnosticLog
  ) -> Double? {
    UTDFNumber.value(field(record, way), record, rule, &log)
  }

  // MARK: Discharge

  /// More than this is the flow of several lanes, veh/h.
  private static let highestFlow = 3000.0
  private static let lowestFlow = 200.0
  /// s of yellow that traffic uses, so that a lost time adjustment of 0 loses yellow and all-red.
  private static let yellowUsed = 2.0

  /// What the stop line of a way lets through: the group's saturation flow by lane, or for a turn in another group's
  /// lane, the ideal flow with the usual shares for turns.
  func discharge(of way: UTDFWay, _ log: inout DiagnosticLog) -> Discharge {
    let movement = movement(way)
    let adjust = number("Lost Time Adjust", way, .lostTimeAdjust, &log) ?? settings.lostTimeAdjust
    let ideal = number("IdealFlow", way, .idealFlow, &log) ?? settings.idealFlow
    let heavy = number("HeavyVehicles", way, .heavyVehicles, &log).map { $0 / 100 } ?? settings.heavy
    let share =
      switch way.way.turn {
      case .left, .uTurn: 0.95
      case .through: 1.0
      case .right: 0.85
      }
    let reckoned = ideal / (1 + heavy) * share
    var flow = min(max(reckoned, Self.lowestFlow), Self.highestFlow)
    var isGiven = false
    if movement.lanes > 0, let group = number("SatFlow", way, .groupFlow, &log), group > 0 {
      let perLane = group / Double(movement.lanes)
      if (Self.lowestFlow...Self.highestFlow).contains(perLane) {
        (flow, isGiven) = (perLane, true)
      } else {
        log.warning(
          "a saturation flow of \(plainNumber(group)) veh/h for \(movement.lanes) lane(s) is not possible, \(plainNumber(flow.rounded())) veh/h and lane is taken",
          at: field("SatFlow", way)?.place ?? movement.place)
      }
    } else if flow != reckoned {
      log.warning(
        "an ideal flow that leaves \(plainNumber(reckoned.rounded())) veh/h and lane is not possible, \(plainNumber(flow)) veh/h and lane is taken",
        at: field("IdealFlow", way)?.place ?? movement.place)
    }
    return Discharge(
      saturationFlow: Quantities.perSecond(vehiclesPerHour: flow), isGiven: isGiven,
      startUpLostTime: Self.yellowUsed + adjust, yellowUsed: Self.yellowUsed)
  }

  // MARK: Volumes

  /// Volumes of an hour; in quarters, where their peak hour factors say that one is busier.
  func demand(
    network: Network, roads: UTDFRoads, crossings: [LegID], _ log: inout DiagnosticLog
  ) -> Demand {
    let begin = settings.time ?? 0
    var volumes = [Double?](repeating: nil, count: network.movements.count)
    var factors = [Double](repeating: 1, count: network.movements.count)
    var pedestrians = [Double](repeating: 0, count: network.crossings.count)
    let crossingsOfLeg = Dictionary(grouping: crossings.indices, by: { crossings[$0] })
    for way in roads.ways.joined() {
      let movement = movement(way)
      if let peds = number("Peds", way, .pedestrians, &log), way.way.turn != .through {
        for index in crossingsOfLeg[LegID(junction: way.node, leg: way.way.to)] ?? [] {
          pedestrians[index] = max(pedestrians[index], peds)
        }
      }
      guard let id = network.movement(from: way.way.fromLink, to: way.way.toLink),
        let volume = number("Volume", way, .volume, &log)
      else { continue }
      let growth = number("Growth", way, .growth, &log) ?? 100
      let grown = volume * (growth < 10 ? growth : growth / 100)
      let problem = NumberRule.volume.problem(
        with: grown, of: "'Volume' with its growth",
        text: "\(plainNumber(volume)) × \(field("Growth", way)?.value ?? "")")
      if let problem {
        log.error(problem, at: field("Growth", way)?.place ?? movement.place)
        continue
      }
      volumes[id.index] = grown
      let factor = UTDFNumber.peakHourFactor(field("PHF", way), &log) ?? settings.peakHourFactor
      if factor > 0 { factors[id.index] = factor }
      let most = network[id].connections.reduce(0) {
        $0 + Quantities.perHour(vehiclesPerSecond: network[$1].saturationFlow)
      }
      if grown > 1.5 * most {
        log.warning(
          "a volume of \(plainNumber(volume)) veh/h is more than the lanes of \(movement.column) could ever let through (\(plainNumber(most.rounded())) veh/h): is it the day's?",
          at: field("Volume", way)?.place ?? movement.place)
      }
    }
    var demand = Demand(begin: begin, end: begin + 3600, vehicleTypes: [vehicle])
    demand.counts = slices(volumes, factors: factors, pedestrians: pedestrians, begin: begin)
    return demand
  }

  /// A car, with what the file says of a vehicle's place in a queue.
  private var vehicle: VehicleType {
    let car = VehicleType(name: "car")
    let length = ((settings.spacing - car.minimumGap) * 100).rounded() / 100
    // Feet are rounded; a car's own length is as good.
    guard length > 1, length < 20, abs(length - car.length) > 0.15 else { return car }
    return VehicleType(name: "car", length: length)
  }

  /// The second quarter has the peak: its flow is the hour's divided by the peak hour factor.
  private func slices(
    _ volumes: [Double?], factors: [Double], pedestrians: [Double], begin: Double
  ) -> [CountSlice] {
    let isEven = volumes.indices.allSatisfy { (volumes[$0] ?? 0) == 0 || factors[$0] == 1 }
    guard !isEven else {
      return [CountSlice(begin: begin, end: begin + 3600, vehicles: volumes, pedestrians: pedestrians)]
    }
    return (0..<4).map { quarter in
      let vehicles = volumes.indices.map { index -> Double? in
        volumes[index].map { volume in
          let peak = volume / (4 * factors[index])
          return quarter == 1 ? peak : (volume - peak) / 3
        }
      }
      return CountSlice(
        begin: begin + Double(quarter) * 900, end: begin + Double(quarter + 1) * 900, vehicles: vehicles,
        pedestrians: pedestrians.map { $0 / 4 })
    }
  }
}
