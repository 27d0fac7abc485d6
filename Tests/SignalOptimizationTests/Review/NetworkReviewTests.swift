import NetworkFormats
import TestSupport
import Testing
import TrafficModel

@testable import SignalOptimization

@Suite("Review")
struct NetworkReviewTests {
  /// Two junctions in a row, and what the test changes of them.
  private func scenario(
    speed: Int = 40, yellow: Int = 4, allRed: Int = 4, walk: Int = 7, walkingSpeed: Double = 0.9,
    minimum: Int = 10, pocket: Int = 60, left: Int = 40, counted: Int = 300
  ) throws -> Scenario {
    let text = """
      greenwave: 1
      name: Two
      defaults: {speed: \(speed), yellow: \(yellow), all-red: \(allRed), walk: \(walk), walking-speed: \(walkingSpeed), minimum-green: \(minimum)}
      junctions:
        A:
          approaches:
            N: {lanes: [LTR]}
            E: {lanes: [L \(pocket), T, TR], crossing: 10}
            S: {lanes: [LTR]}
            W: {lanes: [L \(pocket), T, TR], crossing: 10}
          left-turns: permissive
          stages: [[EW.LTR], [NS.LTR, EW.P]]
          plan: {green: [30, 30]}
        B:
          approaches:
            W: {lanes: [T, T]}
            E: {lanes: [T, T]}
          stages: [[EW.T]]
          plan: {green: [60], cycle: 60}
      roads: [{between: [A.E, B.W], length: 200}]
      periods:
        peak:
          time: 07:00-08:00
          counts:
            A:
              N: {L: 30, T: 30, R: 10}
              E: {L: \(left), T: 300, R: 10}
              S: {L: 10, T: 30, R: 20}
              W: {L: 10, T: 250, R: 10}
            B: {W: {T: \(counted)}, E: {T: 350}}

      """
    return try NativeReader.read(text: text, file: "two").scenario
  }

  private func review(
    _ scenario: Scenario, _ rules: TimingRules = .ite
  ) -> [ReviewFinding] {
    let review = NetworkReview(network: scenario.network, rules: rules)
    let period = scenario.periods[0]
    return review.roads() + review.signals(of: period.existingPlan)
      + review.traffic(of: period.demand, under: period.existingPlan)
  }

  private func subjects(_ findings: [ReviewFinding]) -> Set<ReviewFinding.Subject> {
    Set(findings.map(\.subject))
  }

  @Test("where every rule is kept nothing is found")
  func clean() throws {
    #expect(review(try scenario()) == [])
  }

  @Test("yellow and all-red too short for the speed are found, with the figures")
  func change() throws {
    let findings = review(try scenario(speed: 60, yellow: 3, allRed: 1))
    let yellow = try #require(findings.first { $0.subject == .yellow && $0.names.contains("E.T") })
    #expect(yellow.place == "A")
    // 60 km/h + 11.3 km/h = 19.8 m/s; 1 + 19.8 / 6.1 = 4.2 s.
    #expect(yellow.matter == .yellow(3, needed: 4.2, speed: 60))
    #expect(
      findings.contains {
        if case .allRed(let allRed, _, _, let speed) = $0.matter { allRed == 1 && speed == 60 } else { false }
      })
    #expect(!subjects(review(try scenario(speed: 60, yellow: 3), .gb)).contains(.yellow))
  }

  @Test("a minimum green below what drivers expect is told, though the plan keeps it")
  func minimumGreen() throws {
    let findings = review(try scenario(minimum: 3)).filter { $0.subject == .minimumGreen }
    #expect(
      findings.allSatisfy {
        if case .minimumGreen(3, _) = $0.matter { true } else { false }
      })
    #expect(
      findings.contains { $0.names == ["E.T", "W.T"] && $0.matter == .minimumGreen(3, expected: 7) })
  }

  @Test("a walk of 4 s and a clearance for runners are found")
  func crossing() throws {
    let matters = review(try scenario(walk: 4, walkingSpeed: 2.5)).map(\.matter)
    #expect(
      !matters.contains { if case .walk = $0 { true } else { false } }, "the stage is longer than the walk")
    #expect(
      matters.contains {
        // 10 m at 1.07 m/s.
        if case .clearance(_, 9.3, 1.07, 10) = $0 { true } else { false }
      })
  }

  @Test("counts of neighbours that differ are found, equal ones and small differences are not")
  func balance() throws {
    // Into A.E → B: 30 + 250 + 20 = 300 veh/h.
    #expect(!subjects(review(try scenario(counted: 330))).contains(.balance))
    let found = try #require(review(try scenario(counted: 450)).first { $0.subject == .balance })
    #expect(found.place == "B.W")
    // √(2 · 150² / 750)
    #expect(found.matter == .balance(arriving: 300, from: "A", leaving: 450, to: "B", geh: 7.7))
  }

  @Test(
    "a survey's balance is of the time that both ends were counted in, and asks nothing where they were not")
  func surveyBalance() throws {
    let network = try scenario().network
    let road = try #require(network.links.first { $0.name == "B.W" })
    let link = try #require(network.links.firstIndex(of: road))
    let into = network.movementsIntoLink[link]
    let out = network.movementsFromLink[link]
    #expect(into.count == 3 && out.count == 1)
    func entries(_ movements: [MovementID], _ begin: Double, _ end: Double, each vehicles: Double)
      -> [TurningCounts.Entry]
    { movements.map { TurningCounts.Entry(movement: $0, begin: begin, end: end, vehicles: vehicles) } }
    func balance(_ entries: [TurningCounts.Entry]) -> [ReviewFinding] {
      NetworkReview(network: network, rules: .ite).balance(of: TurningCounts(name: "", entries: entries))
    }

    // In quarters 1 to 4, out in quarters 3 to 6 as an hourly total: half of it is common.
    let arriving = (0..<4).flatMap { entries(into, 900 * Double($0), 900 * Double($0 + 1), each: 25) }
    let found = try #require(balance(arriving + entries(out, 1800, 5400, each: 450)).first)
    #expect(found.place == "B.W")
    #expect(found.matter == .balance(arriving: 300, from: "A", leaving: 450, to: "B", geh: 7.7))

    #expect(balance(arriving + entries(out, 1800, 5400, each: 330)).isEmpty, "GEH of 1.7")
    #expect(balance(arriving + entries(out, 3600, 7200, each: 450)).isEmpty, "never at the same time")
    #expect(balance(Array(arriving.dropFirst(4)) + entries(out, 0, 900, each: 450)).isEmpty)
    #expect(balance(entries(out, 0, 3600, each: 450)).isEmpty, "nobody counted what comes in")
  }

  @Test("a turn pocket shorter than its queue is found: q r / (1 − y)")
  func queue() throws {
    let found = try #require(
      review(try scenario(pocket: 20, left: 240)).first { $0.subject == .queue && $0.place == "A.E" })
    // Cycle 76 s, red 46 s; 240 / 3600 · 46 / (1 − 240 / 1550) = 3.63 vehicles of 7.5 m.
    guard case .queue(let lane, let isPocket, let queue, let length) = found.matter else {
      Issue.record("no queue")
      return
    }
    #expect(lane == 3 && isPocket && queue.rounded() == 27 && length == 20)
  }

  @Test("a lane that leads nowhere and a link that nobody can leave are found")
  func roads() throws {
    let star = try StarNetwork(approaches: 2, saturationFlow: [0.5, 0.5])
    let network = try star.network.replacing(
      lanes: star.network.lanes.flatMap { lane -> [Lane] in
        guard lane.link.index == 0 else { return [lane] }
        var second = lane
        second.position = 1
        return [lane, second]
      },
      connections: [
        LaneConnection(
          from: LaneID(0), to: LaneID(3), turn: .through, length: 10, speed: 15, saturationFlow: 0.5,
          startUpLostTime: 0, yellowUsed: 0)
      ],
      conflicts: [[]])
    let findings = NetworkReview(network: network, rules: .ite).roads()
    #expect(findings.map(\.place) == ["approach 0", "approach 1"])
    #expect(
      findings.map(\.matter) == [.laneWithoutConnection(lane: 2), .linkWithoutConnection(junction: "middle")])
  }

  @Test("two that meet and are both green without yielding are found where the controller lets them")
  func conflict() throws {
    let star = try StarNetwork(approaches: 2, saturationFlow: [0.5, 0.5])
    var controller = star.network.controllers[0]
    controller.conflicts = [[.none, .accepted], [.accepted, .none]]
    let network = try star.network.replacing(controllers: [controller])
    func findings(_ second: SignalState) -> [ReviewFinding] {
      let program = SignalProgram(
        controller: star.controller, name: "both", offset: 0,
        intervals: [
          SignalInterval(duration: 30, states: [.protectedGreen, second]),
          SignalInterval(duration: 30, states: [.red, .red]),
        ])
      return NetworkReview(network: network, rules: .ite).conflictsGreenTogether(program)
    }
    #expect(findings(.permissiveGreen) == [])
    #expect(
      findings(.protectedGreen).map(\.matter) == [
        .conflictGreenTogether("approach 0 → exit", "approach 1 → exit", interval: 1)
      ])
  }
}
