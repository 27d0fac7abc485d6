import TestSupport
import Testing
import TrafficModel

@testable import SignalOptimization

@Suite("Stage shortlist")
struct StageShortlistTests {
  let junction: FourLegJunction

  init() throws { junction = try FourLegJunction() }

  private func sequences(
    _ change: (inout OptimizationOptions) -> Void = { _ in }
  ) throws -> [ControllerSplits] {
    var options = OptimizationOptions()
    change(&options)
    return try StageShortlist(present: junction.splits(options)).sequences()
  }

  private func stages(_ splits: ControllerSplits) -> [[SignalState]] {
    splits.structure.stages.map { splits.structure.program.intervals[$0].states }
  }

  @Test("Where stages must stay, none are proposed")
  func keep() throws {
    #expect(try sequences { $0.stages = .existing }.isEmpty)
    #expect(try sequences { $0.maximumChange = 5 }.isEmpty)
  }

  @Test("Free sequences are few, all different, serve everybody and are legal at every cycle that they fit")
  func free() throws {
    let found = try sequences()
    #expect((1...8).contains(found.count))
    #expect(Set(found.map(stages)).count == found.count)
    for splits in found {
      for group in junction.controller.groups.indices {
        #expect(stages(splits).contains { $0[group].isGreen })
      }
      for cycle in [45.0, 70, 100] {
        guard let best = try splits.splits(cycle: cycle) else { continue }
        let program = splits.structure.program(stages: best.stages)
        #expect(program.cycle == cycle)
        #expect(junction.plan(program).check(against: junction.network).map(\.message) == [])
      }
    }
  }

  @Test("The same junction gets the same sequences")
  func repeatable() throws {
    let (first, second) = (try sequences(), try sequences())
    #expect(first.map(stages) == second.map(stages))
  }

  @Test("Cycles that the controller may not run ask for no stages")
  func cycleBounds() throws {
    var controller = junction.controller
    controller.cycleBounds = 112...180
    let bound = try junction.with(controller)
    let found = try StageShortlist(present: bound.splits()).sequences()
    #expect(found.isEmpty)
  }
}
