import TestSupport
import Testing
import TrafficModel

@testable import SignalOptimization

@Suite("Group compatibility")
struct GroupCompatibilityTests {
  /// Everybody who meets could yield by the matrix: what is refused, is refused because drivers do not expect it.
  let lenient: FourLegJunction

  init() throws { lenient = try FourLegJunction().whereAnybodyMayYield() }

  private func areCompatible(_ a: String, _ b: String, at junction: FourLegJunction) throws -> Bool {
    let (first, second) = (try junction.group(a), try junction.group(b))
    let compatibility = junction.compatibility
    let answer = compatibility.areCompatible(first, second)
    #expect(compatibility.areCompatible(second, first) == answer)
    return answer
  }

  /// What the two show when they alone are green.
  private func states(_ a: String, _ b: String, at junction: FourLegJunction) throws -> [SignalState] {
    let groups = [try junction.group(a), try junction.group(b)]
    let states = junction.compatibility.states(green: groups)
    for group in states.indices where !groups.contains(group) { #expect(!states[group].isGreen) }
    return groups.map { states[$0] }
  }

  @Test(
    "Lefts wait for the opposing approach, rights for all that they meet, turns for people beside them",
    arguments: [
      ("N.L", "S.T"), ("E.L", "W.T"), ("N.L", "S.R"), ("N.R", "E.T"), ("S.R", "W.T"), ("E.R", "N.P"),
      ("W.L", "N.P"),
    ])
  func mayWait(turn: String, other: String) throws {
    #expect(try areCompatible(turn, other, at: lenient))
    #expect(try states(turn, other, at: lenient)[0] == .permissiveGreen)
  }

  @Test(
    "Nobody expects a left to wait for cross traffic, or through traffic for anybody",
    arguments: [
      ("N.L", "E.T"), ("N.L", "W.T"), ("S.L", "E.T"), ("N.L", "E.L"), ("N.T", "E.T"), ("N.T", "W.T"),
      ("N.T", "N.P"), ("N.T", "S.P"), ("N.T", "E.L"),
    ])
  func mayNot(a: String, b: String) throws {
    #expect(try !areCompatible(a, b, at: lenient))
  }

  @Test(
    "Groups that do not meet may be green together, both protected",
    arguments: [
      ("N.T", "S.T"), ("N.L", "S.L"), ("N.T", "N.L"), ("N.P", "S.P"), ("N.T", "E.P"), ("N.R", "S.R"),
    ])
  func free(a: String, b: String) throws {
    let junction = try FourLegJunction()
    #expect(try areCompatible(a, b, at: junction))
    #expect(try states(a, b, at: junction) == [.protectedGreen, .protectedGreen])
  }

  @Test(
    "Where the matrix allows no lefts in gaps, there are none", arguments: [("N.L", "S.T"), ("W.L", "N.P")])
  func protected(turn: String, other: String) throws {
    #expect(try !areCompatible(turn, other, at: FourLegJunction(leftTurns: "protected")))
    #expect(try areCompatible(turn, other, at: FourLegJunction(leftTurns: "permissive")))
  }

  @Test("What the present programme shows together is accepted, unless the two exclude each other")
  func present() throws {
    let shown = ["N.T": SignalState.permissiveGreen, "E.T": .protectedGreen]
    #expect(try areCompatible("N.T", "E.T", at: lenient.showing(shown)))
    let (through, across) = (try lenient.group("N.T"), try lenient.group("E.T"))
    var controller = lenient.controller
    for conflict in [GroupConflict.exclusive, .accepted] {
      controller.conflicts[through][across] = conflict
      controller.conflicts[across][through] = conflict
      let junction = try lenient.with(controller).showing(shown)
      #expect(try areCompatible("N.T", "E.T", at: junction) == (conflict == .accepted))
    }
    // An accepted pair shows what it did.
    let accepted = try lenient.with(controller).showing(shown)
    #expect(try states("N.T", "E.T", at: accepted) == [.permissiveGreen, .protectedGreen])
  }

  @Test("The states of every set of compatible groups are legal", arguments: [true, false])
  func legalStates(isLenient: Bool) throws {
    let junction = isLenient ? lenient : try FourLegJunction()
    let compatibility = junction.compatibility
    let sets = try #require(CompatibleSets(compatibility)).sets
    for set in sets {
      let program = SignalProgram(
        controller: ControllerID(0), name: "", offset: 0,
        intervals: [SignalInterval(duration: 60, states: compatibility.states(green: set))])
      let rules = junction.plan(program).check(against: junction.network).map(\.rule)
      #expect(!rules.contains(.conflict), "\(set)")
    }
  }

  @Test("Turn on red stays outside the green; where there is none, red does")
  func background() throws {
    let junction = try FourLegJunction()
    let right = try junction.group("N.R")
    #expect(junction.compatibility.background.allSatisfy { $0 == .red })
    let onRed = try junction.showing(["N.R": .stopThenGo])
    let background = onRed.compatibility.background
    #expect(
      background[right] == .stopThenGo && background.filter { $0 == .red }.count == background.count - 1)
    #expect(onRed.compatibility.states(green: [])[right] == .stopThenGo)
  }
}
