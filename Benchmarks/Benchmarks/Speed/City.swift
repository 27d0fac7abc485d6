import LinearProgramming
import NetworkFormats
import SignalOptimization
import TrafficModel

/// A generated grid, as one size of every benchmark.
struct City {
  /// Junctions in each direction.
  let size: Int
  let text: String
  let scenario: Scenario

  init(size: Int) throws {
    self.size = size
    text = GridNetwork.yaml(rows: size, columns: size, seed: 1)
    scenario = try NativeReader.read(text: text, file: "grid.yaml").scenario
    precondition(network.controllers.count == size * size, "every junction of the grid has signals")
  }

  var network: Network { scenario.network }
  var period: Period { scenario.periods[0] }

  /// The reserve capacity of all junctions together at their present cycles: one factor for all demand, stage
  /// greens for each junction, and a row for each connection that its greens must serve.
  func reserveProgram() -> LinearProgram {
    let flows = MovementFlows(network: network, demand: period.demand).mean
    var program = LinearProgram(.maximize, name: "reserve capacity of \(size) × \(size) junctions")
    let factor = program.addVariable("factor", in: 0...100, objective: 1)
    for (index, signals) in period.existingPlan.programs.enumerated() {
      guard let signals else { continue }
      let stages = signals.stages
      let greens = stages.map { stage in
        program.addVariable("stage_\(index)_\(stage)", in: 5...signals.cycle)
      }
      let lost = signals.cycle - stages.reduce(0) { $0 + signals.intervals[$1].duration }
      let available = signals.cycle - lost
      program.addRow("cycle_\(index)", greens.map { Term($0, 1) }, in: available...available)
      for (group, connections) in network.connectionsOfGroup[index].enumerated() {
        let open = zip(stages, greens).filter { signals.intervals[$0.0].states[group].isGreen }.map(\.1)
        for connection in connections {
          let movement = network.movementOfConnection[connection.index]
          let lanes = Double(network[movement].connections.count)
          let flow = flows[movement.index] / lanes
          guard flow > 0 else { continue }
          program.addRow(
            "serve_\(connection.index)",
            open.map { Term($0, network[connection].saturationFlow) } + [Term(factor, -flow * signals.cycle)],
            in: 0...(.infinity))
        }
      }
    }
    return program
  }
}
