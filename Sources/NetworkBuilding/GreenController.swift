public import TrafficModel

/// A controller of which only is known when its groups are green, and nothing of what lies between.
///
/// Where a green ends, the time until something that conflicts with it begins is yellow, at most the usual one, then red.
/// What its programmes never have, such as longer yellow or clearance, is not asked of new plans either.
public struct GreenController: Sendable {
  /// One programme.
  public struct Program: Sendable {
    /// Its name.
    public var name: String
    /// s.
    public var cycle: Double
    /// Absolute time of second 0 of the cycle, s.
    public var offset: Double
    /// By group; the greens of a group do not touch each other.
    public var greens: [[GreenSpan]]

    /// A programme.
    public init(name: String, cycle: Double, offset: Double, greens: [[GreenSpan]]) {
      self.name = name
      self.cycle = cycle
      self.offset = offset
      self.greens = greens
    }
  }
  /// Its name.
  public var name: String
  /// By group.
  public var groupNames: [String]
  /// All that it has.
  public var programs: [Program]

  /// A controller.
  public init(name: String, groupNames: [String], programs: [Program]) {
    self.name = name
    self.groupNames = groupNames
    self.programs = programs
  }

  /// Whether two groups are green together at some time.
  func areTogether(_ a: Int, _ b: Int) -> Bool {
    programs.contains { program in
      program.greens[a].contains { one in
        program.greens[b].contains { one.overlaps($0, in: program.cycle) }
      }
    }
  }

  /// The controller, what it shows by each of its programmes, and where these fall short of what is usual.
  func build(
    _ id: ControllerID, conflicts: [[GroupConflict]]
  ) -> (controller: SignalController, programs: [SignalProgram], accepted: AcceptedShortfalls) {
    let programs = programs.map { source in
      let greens = source.greens.enumerated().map { group, greens in
        greens.map { green in
          var green = green
          green.yellow = yellow(after: green, of: group, source, conflicts)
          return green
        }
      }
      return GreenTimeline(cycle: source.cycle, greens: greens, conflicts: conflicts)
        .program(id, name: source.name, offset: source.offset)
    }
    let clearance = UsualFigures.yellow + UsualFigures.allRed
    var controller = SignalController(
      name: name,
      groups: groupNames.map {
        SignalGroup(name: $0, minimumGreen: UsualFigures.minimumGreen, yellow: UsualFigures.yellow)
      }, conflicts: conflicts, intergreens: conflicts.map { $0.map { $0 == .none ? 0 : clearance } },
      cycleBounds: UsualFigures.cycleRange)
    let accepted = controller.accept(programs)
    return (controller, programs, accepted)
  }

  /// Seconds from the end of a green that are yellow.
  private func yellow(
    after green: GreenSpan, of group: Int, _ source: Program, _ conflicts: [[GroupConflict]]
  ) -> Double {
    let next = source.greens.indices.flatMap { other -> [Double] in
      guard other == group || conflicts[group][other] != .none else { return [] }
      return source.greens[other].map { ($0.begin - green.end).wrapped(in: source.cycle) }
    }
    return min(UsualFigures.yellow, next.min() ?? 0)
  }
}

extension GreenSpan {
  /// The greens that rows of a cycle tell, one after the other from second 0.
  public static func spans(ofRows rows: [(duration: Double, isGreen: Bool)]) -> [GreenSpan] {
    let program = SignalProgram(
      controller: ControllerID(0), name: "", offset: 0,
      intervals: rows.map {
        SignalInterval(duration: $0.duration, states: [$0.isGreen ? .protectedGreen : .red])
      })
    return program.greens(ofGroup: 0)
  }
}
