import TestSupport
import Testing
import TrafficModel
import TrafficSimulation

@testable import SignalOptimization

@Suite("Moves")
struct MoveMakerTests {
  /// Options under which moves are made, and what must then hold.
  struct Rule: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let options: OptimizationOptions
    /// Least number of settings that a walk must come through, so that it proves something.
    var least = 100

    init(_ description: String, least: Int = 100, _ change: (inout OptimizationOptions) -> Void = { _ in }) {
      testDescription = description
      self.least = least
      var options = OptimizationOptions()
      change(&options)
      self.options = options
    }

    static let all = [
      Rule("safe"),
      Rule("free") { $0.stages = .free },
      Rule("existing stages") { $0.stages = .existing },
      Rule("at most 4 s", least: 20) { $0.maximumChange = 4 },
      Rule("existing cycles") { $0.cycle = .existing },
      Rule("one cycle for all") { $0.cycle = .common },
      Rule("60 s") { $0.cycle = .fixed(60) },
      Rule("one is frozen") { $0.frozen = [ControllerID(0)] },
    ]
  }

  let street: SignalledStreet
  static let steps = 400

  init() throws { street = try SignalledStreet(signals: 3) }

  private func expect(_ setting: PlanSetting, keeps rule: Rule, from start: PlanSetting) {
    let violations = setting.plan(named: "").check(against: street.network)
    #expect(violations.map(\.message) == [])
    for (index, controller) in setting.controllers.enumerated() {
      let before = start.controllers[index]
      #expect(street.network.controllers[index].cycleBounds.contains(controller.cycle))
      #expect(controller.offset >= 0 && controller.offset < controller.cycle)
      #expect(isClose(controller.program.cycle, controller.cycle, Tolerance.arithmetic))
      if rule.options.frozen.contains(ControllerID(index)) { #expect(controller == before) }
      switch rule.options.stages {
      case .safe, .free: break
      case .existing: #expect(controller.structure == before.structure)
      }
      if let most = rule.options.maximumChange {
        #expect(controller.structure == before.structure)
        #expect(zip(controller.stages, before.stages).allSatisfy { abs($0 - $1) <= most })
      }
      switch rule.options.cycle {
      case .existing, .fixed: #expect(controller.cycle == before.cycle)
      case .best, .common, .perJunction: break
      }
    }
    if rule.options.cycle == .common { #expect(Set(setting.controllers.map(\.cycle)).count == 1) }
  }

  @Test(
    "However many moves are made, every setting is legal and keeps what was asked for", arguments: Rule.all)
  func walk(_ rule: Rule) async throws {
    let moves = try await street.moves(rule.options)
    let start = street.setting
    let neighbourhoods = Neighbourhoods(network: street.network)
    let movable = moves.choices.indices.filter { moves.choices[$0] != nil }
    var random = SplitMix64(seed: 5)
    var current = start
    var seen: Set<PlanSetting> = [start]
    for step in 0..<Self.steps {
      var moved = current
      if step % 5 == 0 {
        guard
          let group = moves.groupMove(
            from: current, movable: movable, neighbourhoods: neighbourhoods, &random)
        else { continue }
        moved = group
      } else {
        let index = step % current.controllers.count
        guard let one = moves.move(index, from: current.controllers[index], &random) else { continue }
        moved.controllers[index] = one
      }
      #expect(moved != current)
      expect(moved, keeps: rule, from: start)
      seen.insert(moved)
      // Now and then back to the start, so that the walk does not stay in a corner.
      current = step % 40 == 39 ? start : moved
    }
    #expect(seen.count >= rule.least)
  }

  @Test("Free moves find other stages, other orders and fewer stages")
  func variety() async throws {
    let moves = try await street.moves()
    let start = street.setting.controllers[0]
    var random = SplitMix64(seed: 6)
    var moved: [ControllerSetting] = []
    for _ in 0..<600 {
      if let one = moves.move(0, from: start, &random) { moved.append(one) }
    }
    let stages = Set(start.shown)
    #expect(moved.contains { !stages.isSuperset(of: $0.shown) })
    #expect(moved.contains { $0.shown != start.shown && Set($0.shown) == stages })
    #expect(moved.contains { $0.shown.count < start.shown.count && stages.isSuperset(of: $0.shown) })
    #expect(moved.contains { $0.structure == start.structure && $0.cycle != start.cycle })
    #expect(moved.contains { $0.structure == start.structure && $0.offset != start.offset })
    // New stages keep the cycle.
    #expect(moved.filter { $0.shown != start.shown }.allSatisfy { $0.cycle == start.cycle })
  }

  @Test("A single signal has no offset to shift, and no group")
  func single() async throws {
    let alone = try SignalledStreet(signals: 1)
    let moves = try await alone.moves()
    let start = alone.setting
    var random = SplitMix64(seed: 7)
    for _ in 0..<200 {
      if let one = moves.move(0, from: start.controllers[0], &random) { #expect(one.offset == 0) }
    }
    let neighbourhoods = Neighbourhoods(network: alone.network)
    #expect(moves.groupMove(from: start, movable: [0], neighbourhoods: neighbourhoods, &random) == nil)
  }
}

@Suite("Settings of other cycles")
struct ControllerSettingCycleTests {
  @Test(
    "A setting of another cycle has exactly that cycle, its stages and its share of offset", arguments: 0..<40
  )
  func withCycle(seed: Int) throws {
    let street = try SignalledStreet(signals: 1)
    var numbers = LinearCongruential(seed: seed)
    var setting = street.setting.controllers[0]
    setting.stages = setting.stages.map { _ in Double(numbers.whole(in: 8...30)) }
    setting.offset = Double(numbers.below(Int(setting.cycle)))
    let cycle = Double(numbers.whole(in: 60...180))
    let changed = setting.withCycle(cycle)
    #expect(changed.cycle == cycle && changed.structure == setting.structure)
    #expect(changed.stages.allSatisfy { $0 == $0.rounded() && $0 >= ProgramStructure.shortestStage })
    let shift = abs(changed.offset / cycle - setting.offset / setting.cycle)
    // Offsets are whole seconds; a whole cycle is no offset at all.
    #expect(min(shift, 1 - shift) * cycle <= 0.5 + Tolerance.arithmetic * cycle)
    #expect(changed.offset >= 0 && changed.offset < cycle)
    // Each stage but the longest, which takes what rounding leaves, has its share.
    let factor = (cycle - setting.structure.lostTime) / setting.stages.reduce(0, +)
    let off = zip(changed.stages, setting.stages).filter { abs($0 - $1 * factor) > 0.5 + 1e-9 }.count
    #expect(off <= 1)
  }

  @Test("The same cycle is the same setting")
  func same() throws {
    let setting = try SignalledStreet(signals: 1).setting.controllers[0]
    #expect(setting.withCycle(setting.cycle) == setting)
  }
}
