/// A peak-flow problem laid out for rounds over all of it: positions in flat arrays, rows scaled to vehicles, and the
/// step lengths of each variable and row.
struct PeakFlowLayout: Sendable {
  /// A server as the rounds see it: Σ use u − Σ gain g ≤ base, in vehicles per slice.
  struct Server {
    let queues: Range<Int>
    let controller: Int
    let gains: Range<Int>
    let base: Double
    /// Seconds of green that the row was divided by.
    let scale: Double
    var step = 0.0
  }
  struct Queue {
    let link: Int
    /// −1 out of the network.
    let next: Int
    let share: Double
    let servers: Range<Int>
    var standingStep = 0.0
    var leavingStep = 0.0
    var step = 0.0
  }
  struct Link {
    let queues: Range<Int>
    let feeders: Range<Int>
    let servers: Range<Int>
    let lag: TravelLag
    /// Share of what enters that joins a queue.
    let kept: Double
    let storage: Double
    /// Position among the links with limited storage; −1 without a limit.
    let storageRow: Int
    /// Cost of a vehicle that is on its way at the end.
    let finalCost: Double
    var step = 0.0
  }
  struct Controller {
    /// Positions of its stages among all stages.
    let stages: Range<Int>
    let servers: [Int]
    let minimums: Range<Int>
    let green: Double
    var step = 0.0
  }
  struct Minimum {
    /// Positions among all stages.
    let stages: [Int]
    let seconds: Double
    let step: Double
  }

  let slices: Int
  /// Length of a row of the rounds: the slices, filled up to a whole number of fours.
  let stride: Int
  let weights: PeakFlowWeights
  var queues: [Queue] = []
  var links: [Link] = []
  var servers: [Server] = []
  var controllers: [Controller] = []
  var minimums: [Minimum] = []
  /// Arrivals, queues × slices.
  let arrivals: [Double]
  /// Least green by stage, s.
  let least: [Double]
  /// By link: the queues that lead to it.
  private(set) var feeders: [Int] = []
  /// By queue: its servers, and what a vehicle takes of them.
  private(set) var serversOfQueue: [(server: Int, use: Double)] = []
  /// By server: its queues, and what a vehicle takes of it.
  private(set) var queuesOfServer: [(queue: Int, use: Double)] = []
  /// By server: stages (positions among all) and vehicles per slice that a second of each brings.
  private(set) var gains: [(stage: Int, vehicles: Double)] = []
  private(set) var storageRowCount = 0
  /// The problem's servers in the layout's order.
  let serverOrder: [Int]

  init(_ problem: PeakFlowProblem) {
    slices = problem.sliceCount
    stride = (problem.sliceCount + 3) / 4 * 4
    weights = PeakFlowWeights(problem)
    arrivals = problem.queues.flatMap(\.arrivals)
    least = problem.controllers.flatMap(\.least)
    // Servers in order of their links; on a link the one with most queues first.
    serverOrder = problem.servers.indices.sorted { first, second in
      let (a, b) = (problem.servers[first], problem.servers[second])
      return (problem.queues[a.queues[0]].link, -a.queues.count, first)
        < (problem.queues[b.queues[0]].link, -b.queues.count, second)
    }
    addServers(problem)
    addQueues(problem)
    addLinks(problem)
    addControllers(problem)
    setSteps()
  }

  private mutating func addServers(_ problem: PeakFlowProblem) {
    var firstStage: [Int] = []
    var stageCount = 0
    for controller in problem.controllers {
      firstStage.append(stageCount)
      stageCount += controller.least.count
    }
    for index in serverOrder {
      let server = problem.servers[index]
      let scale = server.headways.reduce(0, +) / Double(server.headways.count)
      let factor = problem.sliceFactor(server) / scale
      let (firstQueue, firstGain) = (queuesOfServer.count, gains.count)
      for (queue, headway) in zip(server.queues, server.headways) {
        queuesOfServer.append((queue, headway / scale))
      }
      if let controller = server.controller {
        for (stage, share) in server.greenShares.enumerated() where share > 0 {
          gains.append((firstStage[controller] + stage, share * factor))
        }
      }
      servers.append(
        Server(
          queues: firstQueue..<queuesOfServer.count, controller: server.controller ?? -1,
          gains: firstGain..<gains.count, base: server.constant * factor, scale: scale))
    }
  }

  private mutating func addQueues(_ problem: PeakFlowProblem) {
    var ofQueue = [[(Int, Double)]](repeating: [], count: problem.queues.count)
    for (index, server) in servers.enumerated() {
      for (queue, use) in queuesOfServer[server.queues] { ofQueue[queue].append((index, use)) }
    }
    for (index, queue) in problem.queues.enumerated() {
      let first = serversOfQueue.count
      for (server, use) in ofQueue[index] { serversOfQueue.append((server, use)) }
      queues.append(
        Queue(
          link: queue.link, next: queue.next ?? -1, share: queue.share, servers: first..<serversOfQueue.count)
      )
    }
  }

  private mutating func addLinks(_ problem: PeakFlowProblem) {
    var feedersOfLink = [[Int]](repeating: [], count: problem.links.count)
    for (index, queue) in queues.enumerated() where queue.next >= 0 {
      feedersOfLink[queue.next].append(index)
    }
    var (nextQueue, nextServer) = (0, 0)
    for (index, link) in problem.links.enumerated() {
      let (firstQueue, firstServer, firstFeeder) = (nextQueue, nextServer, feeders.count)
      while nextQueue < queues.count, queues[nextQueue].link == index { nextQueue += 1 }
      while nextServer < servers.count,
        queues[queuesOfServer[servers[nextServer].queues.lowerBound].queue].link == index
      { nextServer += 1 }
      feeders += feedersOfLink[index]
      let members = firstQueue..<nextQueue
      links.append(
        Link(
          queues: members, feeders: firstFeeder..<feeders.count, servers: firstServer..<nextServer,
          lag: TravelLag(travelTime: link.travelTime, sliceLength: problem.sliceLength),
          kept: members.reduce(0) { $0 + queues[$1].share }, storage: link.storage,
          storageRow: link.storage.isFinite ? storageRowCount : -1,
          finalCost: members.reduce(0) { $0 + queues[$1].share * weights.final[$1] }))
      if link.storage.isFinite { storageRowCount += 1 }
    }
  }

  private mutating func addControllers(_ problem: PeakFlowProblem) {
    var ofController = [[Int]](repeating: [], count: problem.controllers.count)
    for (index, server) in servers.enumerated() where server.controller >= 0 {
      ofController[server.controller].append(index)
    }
    var firstStage = 0
    for (index, controller) in problem.controllers.enumerated() {
      let stages = firstStage..<(firstStage + controller.least.count)
      firstStage = stages.upperBound
      let first = minimums.count
      for minimum in controller.minimums {
        minimums.append(
          Minimum(
            stages: minimum.stages.map { stages.lowerBound + $0 }, seconds: minimum.seconds,
            step: 1 / Double(minimum.stages.count)))
      }
      controllers.append(
        Controller(
          stages: stages, servers: ofController[index], minimums: first..<minimums.count,
          green: controller.green))
    }
  }

  /// Steps 1 / Σ |coefficient| over each row and column (Pock and Chambolle 2011, doi 10.1109/ICCV.2011.6126441): with
  /// them the iteration converges whatever the problem's units. Stages of one controller share a step, because they are
  /// projected together.
  private mutating func setSteps() {
    for index in links.indices {
      let feeders = Double(links[index].feeders.count)
      let members = Double(links[index].queues.count)
      let onWay = links[index].kept * (Double(links[index].lag.slices) + links[index].lag.late)
      links[index].step = 1 / (members + onWay * feeders)
    }
    for index in queues.indices {
      let queue = queues[index]
      let link = links[queue.link]
      var leaving = 1 + serversOfQueue[queue.servers].reduce(0) { $0 + $1.use }
      if queue.next >= 0 {
        let next = links[queue.next]
        leaving += next.kept
        if next.storageRow >= 0 { leaving += next.kept * (Double(next.lag.slices) + next.lag.late) }
      }
      queues[index].leavingStep = 1 / leaving
      queues[index].standingStep = 1 / (link.storageRow >= 0 ? 3 : 2)
      queues[index].step = 1 / (3 + queue.share * Double(link.feeders.count))
    }
    for index in servers.indices {
      let use = queuesOfServer[servers[index].queues].reduce(0) { $0 + $1.use }
      servers[index].step = 1 / (use + gains[servers[index].gains].reduce(0) { $0 + $1.vehicles })
    }
    for index in controllers.indices {
      var sums = [Double](repeating: 1e-9, count: controllers[index].stages.count)
      let first = controllers[index].stages.lowerBound
      for server in controllers[index].servers {
        for (stage, vehicles) in gains[servers[server].gains] {
          sums[stage - first] += vehicles * Double(slices)
        }
      }
      for minimum in minimums[controllers[index].minimums] {
        for stage in minimum.stages { sums[stage - first] += 1 }
      }
      controllers[index].step = 1 / (sums.max() ?? 1)
    }
  }
}
