import HighwayCapacity
import Testing

/// HCM 7, chapter 31, example problem 1: exhibits 31-76 to 31-82.
@Suite(.tags(.published)) struct ExampleProblem1Tests {
  /// A row of the exhibits: flow, saturation flow, capacity, X, delay, level, mean queue (nil where not at hand), d₂.
  struct Row: Sendable {
    let name: String
    let flow, saturationFlow, capacity, saturation, delay: Double
    let level: LevelOfService
    let queue: Double?
    let incremental: Double

    init(
      _ name: String, _ flow: Double, _ saturationFlow: Double, _ capacity: Double, _ saturation: Double,
      _ delay: Double, _ level: LevelOfService, _ queue: Double?, _ incremental: Double
    ) {
      self.name = name
      self.flow = flow
      self.saturationFlow = saturationFlow
      self.capacity = capacity
      self.saturation = saturation
      self.delay = delay
      self.level = level
      self.queue = queue
      self.incremental = incremental
    }
  }

  static let rows = [
    Row("EB L", 71, 702, 149, 0.47, 45.5, .d, 1.8, 0.9),
    Row("EB T", 239, 1643, 484, 0.49, 29.9, .c, 4.8, 0.3),
    Row("EB TR", 185, 1201, 354, 0.52, 30.6, .c, 3.8, 0.7),
    Row("WB L", 118, 825, 208, 0.57, 43.5, .d, nil, 2.3),
    Row("WB T", 337, 1643, 484, 0.70, 35.5, .d, 7.6, 3.6),
    Row("WB TR", 287, 1398, 412, 0.70, 36.2, .d, 6.6, 4.3),
    Row("NB L", 133, 1603, 328, 0.41, 13.5, .b, 1.4, 0.3),
    Row("NB T", 870, 1683, 827, 1.05, 72.0, .f, 28.9, 46.0),
    Row("NB TR", 863, 1648, 809, 1.07, 76.7, .f, 29.4, 50.8),
    Row("SB L", 194, 1603, 225, 0.86, 32.6, .c, 4.9, 3.8),
    Row("SB T", 513, 1683, 887, 0.58, 17.0, .b, 7.7, 0.6),
    Row("SB TR", 497, 1630, 859, 0.58, 17.1, .b, 7.5, 0.7),
  ]

  /// The exhibits are made with durations of more digits than they print: that leaves 1 in the last digit of s and c (veh/h),
  /// and a tenth of a second.
  static let flowTolerance = 1.0, delayTolerance = 0.15, queueTolerance = 0.1
  /// Half of the last digit, and what 1 veh/h of capacity is of X at most.
  static let saturationTolerance = 0.006

  let computed = IntersectionEvaluation(ExampleProblem1.intersection)

  @Test(arguments: rows) func laneGroup(row: Row) throws {
    let group = try #require(computed.laneGroup(row.name))
    #expect(abs(group.flow - row.flow) <= Self.flowTolerance)
    #expect(abs(group.saturationFlow - row.saturationFlow) <= Self.flowTolerance)
    #expect(abs(group.capacity - row.capacity) <= Self.flowTolerance)
    #expect(abs(group.saturation - row.saturation) <= Self.saturationTolerance)
    #expect(abs(group.incrementalDelay - row.incremental) <= Self.delayTolerance)
    #expect(abs(group.delay - row.delay) <= Self.delayTolerance)
    #expect(group.levelOfService == row.level)
    if let queue = row.queue { #expect(abs(group.queue50 - queue) <= Self.queueTolerance) }
  }

  @Test func uniformDelay() throws {
    let printed = [44.6, 29.6, 29.9, 41.3, 31.9, 31.9, 13.2, 25.9, 25.9, 28.9, 16.4, 16.4]
    for (group, delay) in zip(computed.laneGroups, printed) {
      #expect(abs(group.uniformDelay - delay) <= 0.1, "\(group.name): \(group.uniformDelay)")
    }
  }

  @Test func approachesAndJunction() {
    for (approach, printed) in zip(computed.approaches, [32.4, 37.0, 70.0, 19.6]) {
      #expect(abs(approach.delay - printed) <= 0.1, "\(approach.direction): \(approach.delay)")
    }
    #expect(computed.approaches.map(\.levelOfService) == [.c, .d, .e, .b])
    #expect(isPrinted(computed.delay, 45.9, decimals: 1))
    #expect(computed.levelOfService == .d)
  }

  /// Exhibit 31-79, by the actuated procedure from volumes and settings alone.
  @Test func phaseDurations() throws {
    let procedure = try #require(computed.procedure)
    #expect(procedure.isSettled)
    let printed = [2: 34.0, 6: 34.0, 3: 10.2, 8: 54.0, 7: 13.8, 4: 57.6]
    for phase in procedure.phases {
      let duration = try #require(printed[phase.number])
      #expect(isPrinted(phase.duration, duration, decimals: 1), "phase \(phase.number): \(phase.duration)")
    }
    #expect(procedure.phases.count == 6)
    #expect(isPrinted(computed.timing.cycle, 101.8, decimals: 1))
  }

  @Test func headwaysAndExtension() throws {
    let phases = Dictionary(
      uniqueKeysWithValues: try #require(computed.procedure).phases.map { ($0.number, $0) })
    for (number, headway) in [2: 3.4, 6: 3.4, 3: 3.1, 4: 3.1, 7: 3.1, 8: 3.1] {
      #expect(isPrinted(try #require(phases[number]).allowableHeadway, headway, decimals: 1))
    }
    #expect(isPrinted(try #require(phases[4]).extensionTime, 7.8, decimals: 1))
    #expect(isPrinted(try #require(phases[8]).maximumProbability, 1, decimals: 2))
  }

  /// Last row of exhibit 31-79.
  @Test func unblockedGreen() throws {
    for (name, printed) in [("EB L", 11.4), ("WB L", 17.0), ("NB L", 32.5), ("SB L", 0.0)] {
      let green = try #require(computed.laneGroup(name)?.permitted)
      #expect(abs(green.unblocked - printed) <= 0.06, "\(name): \(green.unblocked)")
    }
  }

  /// Exhibit 31-77: how people on foot hold up turns.
  @Test func pedestrianFactors() throws {
    for (name, printed) in [("EB L", 1.00), ("WB L", 0.98)] {
      #expect(isPrinted(try #require(computed.laneGroup(name)).pedestriansLeft, printed, decimals: 2))
    }
    for (name, printed) in [("EB TR", 0.88), ("WB TR", 0.88), ("NB TR", 0.98), ("SB TR", 0.98)] {
      #expect(isPrinted(try #require(computed.laneGroup(name)).pedestriansRight, printed, decimals: 2))
    }
  }

  /// Exhibit 31-82.
  @Test func storageRatios() throws {
    for (name, printed) in [
      ("EB L", 0.23), ("EB T", 0.12), ("EB TR", 0.10), ("NB L", 0.18), ("NB T", 0.74), ("SB T", 0.20),
    ] {
      let ratio = try #require(computed.laneGroup(name)?.storageRatio50)
      #expect(abs(ratio - printed) <= 0.01, "\(name): \(ratio)")
    }
  }

  /// With durations as printed instead of computed ones.
  @Test func publishedDurations() {
    let evaluation = IntersectionEvaluation(
      ExampleProblem1.intersection, timing: ExampleProblem1.publishedTiming)
    #expect(evaluation.procedure == nil)
    #expect(isPrinted(evaluation.delay, 45.9, decimals: 1))
    for (group, row) in zip(evaluation.laneGroups, Self.rows) {
      #expect(abs(group.delay - row.delay) <= Self.delayTolerance, "\(group.name): \(group.delay)")
    }
  }
}
