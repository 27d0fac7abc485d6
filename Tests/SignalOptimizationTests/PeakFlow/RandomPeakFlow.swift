import TestSupport
import TrafficModel

@testable import SignalOptimization

/// Small random networks of signals: a ring of junctions with roads both ways between neighbours and a road in and out of
/// each, three turns at every stop line, and more traffic than they can carry.
struct RandomPeakFlow {
  var problem: PeakFlowProblem

  init(
    seed: Int, junctions: Int = 3, slices: Int = 4, load: Double = 1,
    objective: PeakFlowObjective = .timeSpent
  ) {
    var numbers = LinearCongruential(seed: seed)
    // Link 3j + a ends at junction j: from outside (a = 0), from the junction before (1), from the next one (2).
    let count = 3 * junctions
    var links: [PeakFlowProblem.Link] = []
    var queues: [PeakFlowProblem.Queue] = []
    var servers: [PeakFlowProblem.Server] = []
    for link in 0..<count {
      let isEntry = link % 3 == 0
      links.append(
        PeakFlowProblem.Link(
          id: LinkID(link), storage: isEntry ? .infinity : numbers.number(in: 15...60), density: 0.2,
          travelTime: numbers.number(in: 10...(link % 5 == 0 ? 250 : 90))))
      let junction = link / 3
      let before = 3 * ((junction + junctions - 1) % junctions) + 2
      let next = 3 * ((junction + 1) % junctions) + 1
      // From outside to both neighbours; from a neighbour on to the other one or out.
      let ways: [Int?] = [[before, next], [next, nil], [before, nil]][link % 3]
      let split = numbers.number(in: 0.2...0.8)
      let kept = numbers.number(in: 0.8...1)
      for (way, share) in zip(ways, [split, 1 - split]) {
        let demand = isEntry ? load * numbers.number(in: 20...60) : 0
        queues.append(
          PeakFlowProblem.Queue(
            movement: nil, link: link, next: way, share: isEntry ? 0 : kept * share,
            arrivals: (0..<slices).map { _ in demand * numbers.number(in: 0.3...1.7) * share }))
      }
      let first = queues.count - 2
      let headway = numbers.number(in: 1.8...2.2)
      let shares = (0..<3).map { $0 == link % 3 ? 1.0 : 0 }
      servers.append(
        PeakFlowProblem.Server(
          queues: [first, first + 1], headways: [headway, headway * 1.1], controller: junction, constant: 1,
          greenShares: shares, lanes: 1))
      if numbers.number(in: 0...1) < 0.5 {
        servers.append(
          PeakFlowProblem.Server(
            queues: [first + 1], headways: [headway * 1.1], controller: junction, constant: 0,
            greenShares: shares.map { 0.6 * $0 }, lanes: 1))
      }
    }
    let controllers = (0..<junctions).map { index in
      let cycle = numbers.number(in: 60...120)
      let least = (0..<3).map { _ in numbers.number(in: 5...10) }
      return PeakFlowProblem.Controller(
        id: ControllerID(index), cycle: cycle, green: cycle - 12, least: least,
        needs: [.shortestStage, .shortestStage, .shortestStage],
        minimums: index % 2 == 0 ? [.init(stages: [0, 1], seconds: 25, cause: .minimumGreen(0))] : [])
    }
    problem = PeakFlowProblem(
      objective: objective, sliceCount: slices, sliceLength: 300, links: links, queues: queues,
      servers: servers,
      controllers: controllers)
  }
}
