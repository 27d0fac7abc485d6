internal import TrafficModel

/// Volumes of a file, and what its stop lines let through.
struct UTDFDemand {
  let file: UTDFFile
  let settings: UTDFSettings
  let nodes: [UTDFNode]

  private func number(
    _ record: String, _ way: UTDFWay, _ log: inout DiagnosticLog
  ) -> Double? {
    let movement = nodes[way.node].approaches[way.approach].movements[way.movement]
    let key = record.lowercased().filter { $0 != " " }
    return UTDFNumber.value(file[.lanes][key, nodes[way.node].id, movement.column], record, &log)
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
    let movement = nodes[way.node].approaches[way.approach].movements[way.movement]
    let adjust = number("Lost Time Adjust", way, &log) ?? settings.lostTimeAdjust
    let ideal = number("IdealFlow", way, &log) ?? settings.idealFlow
    let heavy = number("HeavyVehicles", way, &log).map { $0 / 100 } ?? settings.heavy
    let share =
      switch way.way.turn {
      case .left, .uTurn: 0.95
      case .through: 1.0
      case .right: 0.85
      }
    var flow = ideal / (1 + heavy) * share
    if movement.lanes > 0, let group = number("SatFlow", way, &log), group > 0 {
      let perLane = group / Double(movement.lanes)
      if (Self.lowestFlow...Self.highestFlow).contains(perLane) {
        flow = perLane
      } else {
        log.warning(
          "a saturation flow of \(plainNumber(group)) veh/h for \(movement.lanes) lane(s) is not possible, \(plainNumber(flow.rounded())) veh/h and lane is taken",
          at: file[.lanes]["satflow", nodes[way.node].id, movement.column]?.place ?? movement.place)
      }
    }
    return Discharge(
      saturationFlow: Quantities.perSecond(
        vehiclesPerHour: min(max(flow, Self.lowestFlow), Self.highestFlow)),
      startUpLostTime: Self.yellowUsed + adjust, yellowUsed: Self.yellowUsed)
  }

  // MARK: Volumes

  /// Volumes of an hour; in quarters, where their peak hour factors say that one is busier.
  func demand(
    network: Network, roads: UTDFRoads, crossings: [(node: Int, leg: Compass)], _ log: inout DiagnosticLog
  ) -> Demand {
    let begin = settings.time ?? 0
    var volumes = [Double?](repeating: nil, count: network.movements.count)
    var factors = [Double](repeating: 1, count: network.movements.count)
    var pedestrians = [Double](repeating: 0, count: network.crossings.count)
    for way in roads.ways.joined() {
      let movement = nodes[way.node].approaches[way.approach].movements[way.movement]
      if let peds = number("Peds", way, &log), way.way.turn != .through {
        for (index, crossing) in crossings.enumerated()
        where crossing.node == way.node && crossing.leg == way.way.to {
          pedestrians[index] = max(pedestrians[index], peds)
        }
      }
      guard let id = network.movement(from: way.way.fromLink, to: way.way.toLink),
        let volume = number("Volume", way, &log)
      else { continue }
      let field = file[.lanes]["volume", nodes[way.node].id, movement.column]
      guard volume >= 0 else {
        log.error("a volume is 0 or more", at: field?.place ?? movement.place)
        continue
      }
      let growth = number("Growth", way, &log) ?? 100
      let grown = volume * (growth < 10 ? growth : growth / 100)
      volumes[id.index] = grown
      if let factor = number("PHF", way, &log) ?? settings.peakHourFactor as Double?, factor > 0 {
        factors[id.index] = min(max(factor, 0.25), 1)
      }
      let most = network[id].connections.reduce(0) {
        $0 + Quantities.perHour(vehiclesPerSecond: network[$1].saturationFlow)
      }
      if grown > 1.5 * most {
        log.warning(
          "a volume of \(plainNumber(volume)) veh/h is more than the lanes of \(movement.column) could ever let through (\(plainNumber(most.rounded())) veh/h): is it the day's?",
          at: field?.place ?? movement.place)
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
