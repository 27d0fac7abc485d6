public import TrafficModel

/// A four-leg junction with the usual dual ring: phases 1 to 4 in ring 1, 5 to 8 in ring 2; 1, 2, 5 and 6 before the
/// first barrier. Phase n serves group n − 1 and one lane of its own, on a link of its own, into one exit; 1 is the left
/// turn that faces the through traffic of 2, and so 5 and 6, 3 and 4, 7 and 8.
public struct RingNetwork {
  /// Junction 0 in the middle, link i from outside to it, one exit link last. Movement i is that of phase i + 1.
  public let network: Network
  /// Every phase with the same split.
  public let program: SignalProgram
  /// Of the controller.
  public let rings: PhaseRings

  /// - Parameters:
  ///   - numbers: the phases that there are.
  ///   - saturationFlow: veh/s.
  ///   - permissive: whether left turns also go, and wait for gaps, in the phase of their own approach's through
  ///     traffic (1 in 6, 5 in 2, 3 in 8, 7 in 4).
  ///   - split: of each phase in the programme, s.
  public init(
    numbers: [Int] = Array(1...8), saturationFlow: Double = 0.5, permissive: Bool = false,
    minimumGreen: Double = 5, yellow: Double = 3, allRed: Double = 2, split: Double = 20,
    startUpLostTime: Double = 0, yellowUsed: Double = 0, cycleBounds: ClosedRange<Double> = 20...200,
    change: (inout RingPhase) -> Void = { _ in }
  ) throws {
    let star = try StarNetwork(
      groups: numbers.map { _ in [saturationFlow] }, length: 300, minimumGreens: numbers.map { _ in 5 },
      yellow: yellow, intergreen: yellow + allRed, startUpLostTime: startUpLostTime, yellowUsed: yellowUsed,
      cycleBounds: cycleBounds, speed: 15)
    func ring(_ number: Int) -> Int { number > 4 ? 2 : 1 }
    func barrier(_ number: Int) -> Int { (number - 1) % 4 < 2 ? 1 : 2 }
    /// Left turns with the through traffic that they face.
    func faces(_ left: Int, _ through: Int) -> Bool { left % 2 == 1 && through == left + 1 }
    let conflicts = numbers.map { a in
      numbers.map { b -> GroupConflict in
        if a == b || ring(a) != ring(b) && barrier(a) == barrier(b) { return .none }
        if permissive, faces(a, b) { return .rowYields }
        if permissive, faces(b, a) { return .columnYields }
        return .exclusive
      }
    }
    let own = [1: 6, 5: 2, 3: 8, 7: 4]
    rings = PhaseRings(
      phases: numbers.indices.map { index in
        let number = numbers[index]
        let turns = numbers.indices.filter { permissive && own[numbers[$0]] == number }
        var phase = RingPhase(
          number: number, ring: ring(number), barrier: barrier(number), position: (number - 1) % 2 + 1,
          groups: [index], permitted: turns, minimumGreen: minimumGreen, yellow: yellow, allRed: allRed)
        change(&phase)
        return phase
      })
    let controller = SignalController(
      name: "middle",
      groups: numbers.map {
        SignalGroup(name: "phase \($0)", minimumGreen: min(5, minimumGreen), yellow: yellow)
      },
      conflicts: conflicts,
      intergreens: conflicts.map { $0.map { $0 == .none ? 0 : yellow + allRed } },
      cycleBounds: cycleBounds, rings: rings)
    network = try star.network.replacing(
      connections: zip(numbers, star.network.connections).map { number, connection in
        var connection = connection
        connection.turn = number % 2 == 1 ? .left : .through
        return connection
      },
      conflicts: numbers.indices.map { a in
        numbers.indices.filter { $0 != a && permissive && conflicts[a][$0] != .exclusive }.compactMap { b in
          conflicts[a][b] == .none
            ? nil : ConnectionConflict(other: ConnectionID(b), yields: conflicts[a][b] == .rowYields)
        }
      }, controllers: [controller])
    var timing = rings.presentTiming
    timing.splits = rings.phases.map { _ in split }
    program = Self.program(timing, controller, rings)
  }

  private static func program(
    _ timing: RingTiming, _ controller: SignalController, _ rings: PhaseRings
  ) -> SignalProgram {
    SignalProgram(
      controller: ControllerID(0), name: "present", offset: 0,
      intervals: RingProgram(controller, rings: rings).intervals(timing))
  }

  /// The programme of other splits, by phase number, and orders, by barrier and ring.
  public func program(splits: [Int: Double], order: [[[Int]]]? = nil) -> SignalProgram {
    var timing = rings.presentTiming
    timing.splits = rings.phases.map { splits[$0.number] ?? 20 }
    if let order {
      timing.order = order.map { barrier in
        barrier.map { ring in ring.compactMap { number in rings.phases.firstIndex { $0.number == number } } }
      }
    }
    return Self.program(timing, network[ControllerID(0)], rings)
  }

  /// A plan of one programme.
  public func plan(_ program: SignalProgram) -> TimingPlan { TimingPlan(name: "plan", programs: [program]) }

  /// Counts of these flows, veh/s, by movement.
  public func demand(_ flows: [Double], seconds: Double = 3600) -> Demand {
    let slice = CountSlice(begin: 0, end: seconds, vehicles: flows.map { $0 * seconds }, pedestrians: [])
    return Demand(begin: 0, end: seconds, counts: [slice])
  }
}
