import SignalOptimization
import Testing

@Suite("Rules of practice")
struct TimingRulesTests {
  /// Published figures are to a tenth.
  private static let tenth = 0.05
  /// 1.47 and 3.05 m/s² are rounded.
  private static let rounding = 0.02
  /// m/s.
  private static let milesPerHour = 0.44704

  @Test(
    "yellow by the kinematic formula: 1 + 1.47 V / 20 with V the limit plus 7 mph",
    arguments: [25.0, 30, 38, 45, 50])
  func yellow(limit: Double) {
    let yellow = TimingRules.ite.yellow(speed: limit * Self.milesPerHour, isTurn: false)
    #expect(abs(yellow - (1 + 1.47 * (limit + 7) / 20)) <= Self.rounding)
    let turn = TimingRules.ite.yellow(speed: limit * Self.milesPerHour, isTurn: true)
    #expect(abs(turn - max(3, 1 + 1.47 * (limit - 5) / 20)) <= Self.rounding)
  }

  @Test("yellow is within the bounds of the MUTCD")
  func bounds() {
    #expect(TimingRules.ite.yellow(speed: 2, isTurn: true) == 3)
    #expect(TimingRules.ite.yellow(speed: 60, isTurn: false) == 6)
    #expect(TimingRules.gb.yellow(speed: 60, isTurn: false) == 3)
  }

  @Test("a street of 60 ft and a car of 20 ft at 40 mph clear in 1.4 s, of which ITE asks for 0.4 s")
  func allRed() {
    let width = 60 * 0.3048
    let speed = 40 * Self.milesPerHour
    #expect(abs(TimingRules.ite.allRed(width: width, speed: speed, isTurn: false) - 0.4) <= Self.tenth)
    #expect(abs(TimingRules.gb.allRed(width: width, speed: speed, isTurn: false) - 1.4) <= Self.tenth)
    // Turns are driven at 20 mph: 80 ft at 29.4 ft/s.
    #expect(abs(TimingRules.gb.allRed(width: width, speed: speed, isTurn: true) - 2.7) <= Self.tenth)
  }

  @Test("a crossing of 130 ft: 37 s to clear it at 3.5 ft/s, and 45.3 s in all from 6 ft before it at 3 ft/s")
  func walking() throws {
    let length = 130 * 0.3048
    #expect(abs(length / TimingRules.ite.walkingSpeed - 37.1) < 0.1)
    #expect(abs(try #require(TimingRules.ite.walkAndClearance(length: length)) - 136 / 3.0) < 0.5)
  }
}
