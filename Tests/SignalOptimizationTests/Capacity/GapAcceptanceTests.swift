import Testing

@testable import SignalOptimization

@Suite("GapAcceptance")
struct GapAcceptanceTests {
  @Test(
    "Against 0 to 800 veh/h the capacities are those of the guide's table",
    arguments: [(0.0, 1404.0), (200, 1018), (400, 684), (600, 388), (800, 116)])
  func table(opposing: Double, expected: Double) {
    // The table's turn begins when the opposing queue has cleared: the opposing lane discharges 0.519 veh/s
    // after the 63 s of its red, and 57 s of green are left.
    let flow = opposing / 3600
    let green = 57.0
    let clearing = GapAcceptance.clearingTime(flow: flow, saturationFlow: 0.519, red: 120 - green)
    let open = (green - clearing) / green
    let capacity = open * GapAcceptance.capacity(against: flow, followUpTime: 3600 / 1404)
    // The table is in whole vehicles, the opposing saturation flow in three digits.
    #expect(abs(capacity * 3600 - expected) < 2)
  }

  @Test("Without an opposing stream one vehicle goes in each follow-up time")
  func empty() {
    #expect(GapAcceptance.capacity(against: 0, followUpTime: 2.5) == 0.4)
    #expect(isClose(GapAcceptance.capacity(against: 1e-7, followUpTime: 2.5), 0.4))
  }

  @Test("The formula is the sum over gaps of the vehicles that fit in")
  func sumOverGaps() {
    // A gap of t_c + n t_f and more lets vehicle n + 1 in; exponential gaps are that long with e^(−q t).
    for flow in [0.05, 0.15, 0.3] {
      let followUpTime = 2.4
      let perGap = (0..<400).reduce(0.0) { sum, n in
        sum + exponential(-flow * (GapAcceptance.criticalGap + Double(n) * followUpTime))
      }
      #expect(
        isClose(
          GapAcceptance.capacity(against: flow, followUpTime: followUpTime), flow * perGap,
          Tolerance.arithmetic))
    }
  }

  @Test("A queue clears when what has arrived has left")
  func clearing() {
    let (flow, saturation, red) = (0.2, 0.5, 40.0)
    let time = GapAcceptance.clearingTime(flow: flow, saturationFlow: saturation, red: red)
    #expect(isClose(flow * (red + time), saturation * time, Tolerance.arithmetic))
    #expect(GapAcceptance.clearingTime(flow: 0.5, saturationFlow: 0.5, red: red) == .infinity)
  }

  /// e^x by its series, halving the argument until it is small: independent of the C library.
  func exponential(_ x: Double) -> Double {
    guard abs(x) < 0.1 else {
      let half = exponential(x / 2)
      return half * half
    }
    return (1...12).reversed().reduce(1) { 1 + x / Double($1) * $0 }
  }
}
