internal import TrafficModel

extension NetworkReview {
  /// Lanes that are shorter than their queue at the end of red.
  ///
  /// What comes in red and while the queue leaves stands: q r / (1 − y) (Webster 1958), each movement's traffic spread
  /// evenly over its lanes. What exceeds the capacity over the period is added.
  func queues(of demand: Demand, under plan: TimingPlan) -> [ReviewFinding] {
    let flows = MovementFlows(network: network, demand: demand).mean
    let spacing = demand.vehicleTypes[0].spacing
    return network.lanes.indices.compactMap { index in
      let lane = LaneID(index)
      var queue = 0.0
      for id in network.connectionsFromLane[index] {
        let connection = network[id]
        guard let signal = connection.signal, let program = plan[signal.controller] else { continue }
        let movement = network.movementOfConnection[id.index]
        let flow = flows[movement.index] / Double(network[movement].connections.count)
        queue += standing(flow, at: connection, group: signal.group, program, duration: demand.duration)
      }
      let length = queue * spacing
      guard length > network[lane].length else { return nil }
      let link = network[network[lane].link]
      let isPocket = network[lane].length < link.length
      return ReviewFinding(
        place: link.name,
        matter: .queue(
          lane: network[lane].position + 1, isPocket: isPocket, queue: length, length: network[lane].length))
    }
  }

  /// Vehicles that stand at most, of a stream of `flow` veh/s.
  private func standing(
    _ flow: Double, at connection: LaneConnection, group: Int, _ program: SignalProgram, duration: Double
  ) -> Double {
    guard flow > 0 else { return 0 }
    let red =
      program.runs(ofGroup: group) { !$0.mayGo }.map { program.duration(of: $0) }.max() ?? 0
    let ratio = min(flow / connection.saturationFlow, 0.95)
    let share = program.green(ofGroup: group) / program.cycle
    let excess = max(0, flow - connection.saturationFlow * share) * duration
    return flow * red / (1 - ratio) + excess
  }
}
