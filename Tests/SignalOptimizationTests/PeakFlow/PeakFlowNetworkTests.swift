import NetworkFormats
import TestSupport
import Testing
import TrafficModel

@testable import SignalOptimization

@Suite("Peak flow, from a network")
struct PeakFlowNetworkTests {
  /// Enough to tell plans apart; unoptimized builds take a hundred times as long for a round.
  static let rounds = PeakFlowSolveOptions(gap: 0.05, roundLimit: 600)

  let scenario: Scenario
  var network: Network { scenario.network }
  var problem: PeakFlowProblem { problem(limits: []) }

  init() throws {
    scenario = try NativeReader.read(
      text: GridNetwork.yaml(rows: 2, columns: 2, seed: 4, overload: 3), file: "grid"
    ).scenario
  }

  private func problem(limits: [(link: LinkID, vehicles: Double)]) -> PeakFlowProblem {
    PeakFlowProblem(
      network: network.limitingQueues(limits), demand: scenario.periods[0].demand,
      plan: scenario.periods[0].existingPlan)
  }

  @Test("An hour has twelve slices of 300 s, and every vehicle that enters the network comes once")
  func demand() {
    #expect(problem.sliceCount == 12)
    #expect(problem.sliceLength == 300)
    let demand = scenario.periods[0].demand
    let entering = network.movements.indices.filter { network.isEntry(network.movements[$0].from) }
      .reduce(0.0) { sum, movement in sum + demand.counts.reduce(0) { $0 + ($1.vehicles[movement] ?? 0) } }
    #expect(isClose(problem.demand, entering, Tolerance.arithmetic * 1e3))
  }

  @Test(
    "Each movement with traffic is a queue, each link's shares are 1, and inner links have room for their length"
  )
  func structure() {
    let problem = problem
    #expect(problem.controllers.count == 4)
    for (index, link) in problem.links.enumerated() {
      let members = problem.queues.filter { $0.link == index }
      #expect(isClose(members.reduce(0) { $0 + $1.share }, 1))
      let room = network.lanes(of: link.id).reduce(0) { $0 + network[$1].length } / 7.5
      #expect(network.isEntry(link.id) ? link.storage == .infinity : isClose(link.storage, room))
    }
  }

  @Test("Lanes are servers: what two lanes serve together, and what one of them serves alone")
  func servers() throws {
    let problem = problem
    // Main streets have [L, T, TR]: straight on and right share two lanes, of which right may use one.
    let link = try #require(
      problem.links.indices.first { index in
        network.lanes(of: problem.links[index].id).count == 3
          && problem.queues.filter { $0.link == index }.count == 3
      })
    let turns = { (server: PeakFlowProblem.Server) in
      Set(server.queues.compactMap { problem.queues[$0].movement.map { network[$0].turn } })
    }
    let servers = problem.servers.filter { problem.queues[$0.queues[0]].link == link }
    #expect(servers.first { turns($0) == [.through, .right] }?.lanes == 2)
    #expect(servers.first { turns($0) == [.left] }?.lanes == 1)
    #expect(servers.first { turns($0) == [.right] }?.lanes == 1)
  }

  @Test("The rounds' plan has the programmes' cycles and minimums, and beats the existing greens")
  func plan() throws {
    let plan = problem.solve(Self.rounds)
    #expect(plan.gap <= Self.rounds.gap)
    var timing = scenario.periods[0].existingPlan
    for (controller, greens) in zip(problem.controllers, plan.greens) {
      let program = try #require(timing[controller.id])
      let structure = ProgramStructure(program: program, controller: network[controller.id])
      timing.programs[controller.id.index] = structure.program(stages: greens)
    }
    #expect(timing.check(against: network).isEmpty)
    var existing = problem
    for (index, controller) in problem.controllers.enumerated() {
      let program = try #require(scenario.periods[0].existingPlan[controller.id])
      existing.controllers[index].least = program.stages.map { program.intervals[$0].duration }
    }
    #expect(existing.solve(Self.rounds).bound > plan.value)
  }

  @Test("A limit on a link is kept, and costs time elsewhere")
  func queueLimit() throws {
    let free = problem.solve(Self.rounds)
    let link = try #require(
      problem.links.indices.max { a, b in
        let queued = [a, b].map { link in
          problem.queues.indices.filter {
            problem.queues[$0].link == link && problem.links[link].storage.isFinite
          }
          .reduce(0) { $0 + free.queues[$1].reduce(0, +) }
        }
        return queued[0] < queued[1]
      })
    let id = problem.links[link].id
    let limited = problem(limits: [(id, 5)])
    let plan = limited.solve(Self.rounds)
    let members = limited.queues.indices.filter { limited.links[limited.queues[$0].link].id == id }
    for slice in 0..<limited.sliceCount {
      #expect(members.reduce(0) { $0 + plan.queues[$1][slice] } <= 5 + 1e-6)
    }
    #expect(plan.value > free.bound)
  }

  @Test("A limited entry makes the rest wait outside")
  func limitedEntry() throws {
    let entry = try #require(problem.links.first { network.isEntry($0.id) }).id
    let limited = problem(limits: [(entry, 4)])
    #expect(limited.links.filter { $0.id == entry }.map(\.isOutside) == [true, false])
    #expect(isClose(limited.demand, problem.demand, 1e-9))
    #expect(limited.solve(Self.rounds).gap <= Self.rounds.gap)
  }

  @Test("What limits the network is told in words, dearest first")
  func limits() throws {
    let problem = problem
    let limits = problem.solve(Self.rounds).limits(of: problem, network: network)
    for kind in [PeakFlowLimit.Kind.green, .lane, .cycle] {
      let ofKind = limits.filter { $0.kind == kind }.map(\.saving)
      #expect(!ofKind.isEmpty)
      #expect(ofKind == ofKind.sorted(by: >))
    }
  }
}
