public import LinearProgramming

/// The whole linear program of a peak-flow problem, for small networks, tests, and other solvers.
public struct PeakFlowProgram: Sendable {
  /// The program; its objective is in vehicles × slices, or vehicles.
  public private(set) var program: LinearProgram
  /// Queue at each slice's end: queues × slices.
  let standing: [[Variable]]
  /// Vehicles that leave in a slice: queues × slices.
  let leaving: [[Variable]]
  /// Stage durations by controller.
  let greens: [[Variable]]
  /// Balance: queues × slices.
  private(set) var balanceRows: [[Row]] = []
  /// Service: servers × slices.
  private(set) var serviceRows: [[Row]] = []
  /// Storage: links × slices; empty for links without limit.
  private(set) var storageRows: [[Row]] = []
  /// Cycle by controller.
  private(set) var cycleRows: [Row] = []
  /// Minimums over several stages, by controller.
  private(set) var minimumRows: [[Row]] = []
  private let problem: PeakFlowProblem
  private let lags: [TravelLag]

  /// The program of a problem.
  ///
  /// - Complexity: O(slices × (queues × queues per link)).
  public init(_ problem: PeakFlowProblem) {
    self.problem = problem
    lags = problem.links.map {
      TravelLag(travelTime: $0.travelTime, sliceLength: problem.sliceLength)
    }
    var program = LinearProgram(.minimize, name: "peak flow")
    let weights = PeakFlowWeights(problem)
    let slices = 0..<problem.sliceCount
    standing = problem.queues.indices.map { queue in
      slices.map { slice in
        let isLast = slice == problem.sliceCount - 1
        return program.addVariable(
          "queue_\(queue + 1)_\(slice + 1)", in: 0...(.infinity),
          objective: isLast ? weights.final[queue] : weights.standing)
      }
    }
    var costOnLink = [Double](repeating: 0, count: problem.links.count)
    for (index, queue) in problem.queues.enumerated() {
      costOnLink[queue.link] += queue.share * weights.final[index]
    }
    let lags = lags
    leaving = problem.queues.enumerated().map { index, queue in
      slices.map { slice in
        // What is on its way at the end counts as if it had joined its queue.
        var cost = 0.0
        if let next = queue.next {
          let left = problem.sliceCount - slice
          let lag = lags[next]
          let late = lag.slices >= left ? 1 : lag.slices + 1 >= left ? lag.late : 0
          cost = late * costOnLink[next]
        }
        return program.addVariable(
          "leaving_\(index + 1)_\(slice + 1)", in: 0...(.infinity), objective: cost)
      }
    }
    greens = problem.controllers.enumerated().map { index, controller in
      controller.least.enumerated().map { stage, least in
        program.addVariable("green_\(index + 1)_\(stage + 1)", in: least...(.infinity))
      }
    }
    self.program = program
    addBalances()
    addServers()
    addStorage()
    addControllers()
  }

  /// Vehicles that come off a link in a slice for each vehicle that entered it in another.
  private func arrivalTerms(link: Int, slice: Int, share: Double) -> [Term] {
    let lag = lags[link]
    var terms: [Term] = []
    for (delay, part) in [(lag.slices, 1 - lag.late), (lag.slices + 1, lag.late)]
    where slice >= delay && part > 0 {
      for feeder in problem.queues.indices where problem.queues[feeder].next == link {
        terms.append(Term(leaving[feeder][slice - delay], share * part))
      }
    }
    return terms
  }

  private mutating func addBalances() {
    for (index, queue) in problem.queues.enumerated() {
      balanceRows.append(
        (0..<problem.sliceCount).map { slice in
          var terms = [Term(standing[index][slice], 1), Term(leaving[index][slice], 1)]
          if slice > 0 { terms.append(Term(standing[index][slice - 1], -1)) }
          terms += arrivalTerms(link: queue.link, slice: slice, share: -queue.share)
          let arrivals = queue.arrivals[slice]
          return program.addRow("balance_\(index + 1)_\(slice + 1)", terms, in: arrivals...arrivals)
        })
    }
  }

  private mutating func addServers() {
    for (index, server) in problem.servers.enumerated() {
      let factor = problem.sliceFactor(server)
      serviceRows.append(
        (0..<problem.sliceCount).map { slice in
          var terms = zip(server.queues, server.headways).map { Term(leaving[$0][slice], $1) }
          if let controller = server.controller {
            terms += zip(greens[controller], server.greenShares).map { Term($0, -$1 * factor) }
          }
          return program.addRow(
            "service_\(index + 1)_\(slice + 1)", terms, in: (-.infinity)...(server.constant * factor))
        })
    }
  }

  private mutating func addStorage() {
    for (index, link) in problem.links.enumerated() {
      guard link.storage.isFinite else {
        storageRows.append([])
        continue
      }
      let queues = problem.queues.indices.filter { problem.queues[$0].link == index }
      let share = queues.reduce(0) { $0 + problem.queues[$1].share }
      let lag = lags[index]
      storageRows.append(
        (0..<problem.sliceCount).map { slice in
          var terms = queues.map { Term(standing[$0][slice], 1) }
          for delay in 0...lag.slices where slice >= delay {
            let part = delay < lag.slices ? 1 : lag.late
            for feeder in problem.queues.indices where problem.queues[feeder].next == index {
              terms.append(Term(leaving[feeder][slice - delay], share * part))
            }
          }
          return program.addRow("storage_\(index + 1)_\(slice + 1)", terms, in: (-.infinity)...link.storage)
        })
    }
  }

  private mutating func addControllers() {
    for (index, controller) in problem.controllers.enumerated() {
      cycleRows.append(
        program.addRow(
          "cycle_\(index + 1)", greens[index].map { Term($0, 1) }, in: controller.green...controller.green))
      minimumRows.append(
        controller.minimums.enumerated().map { position, minimum in
          program.addRow(
            "minimum_\(index + 1)_\(position + 1)", minimum.stages.map { Term(greens[index][$0], 1) },
            in: minimum.seconds...(.infinity))
        })
    }
  }
}
