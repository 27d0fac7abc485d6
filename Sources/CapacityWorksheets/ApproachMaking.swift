internal import HighwayCapacity
internal import TrafficModel

/// Makes the manual's approaches of a surveyed one.
struct ApproachMaking {
  let approach: SurveyedApproach
  let signals: ApproachSignals
  let traffic: ApproachTraffic
  let times: WayTimes
  let direction: Direction
  let peakHourFactor: Double
  /// Number of its through phase where the controller has no numbers: 2, 4, 6 or 8.
  var phaseNumber: Int { Self.numbers[direction] ?? 2 }

  private static let numbers: [Direction: Int] = [
    .eastbound: 2, .westbound: 6, .northbound: 8, .southbound: 4,
  ]

  private var network: Network { times.network }
  private var link: Link { network[approach.link] }
  private var conditions: CapacityConditions { link.conditions }
  private var controller: SignalController { network[signals.controller] }

  /// Lanes that the main green and the left turns' arrow serve; nil where there are none.
  ///
  /// - Parameters:
  ///   - isOpposed: whether the approach that faces it is evaluated with it.
  ///   - actuated: whether phases last as long as detectors ask for.
  func regular(_ lanes: [Int], isOpposed: Bool, hasRightArrow: Bool, actuated: Bool) -> Approach? {
    guard !lanes.isEmpty, let green = signals.main else { return nil }
    let phase = phase(green, group: signals.mainGroup, number: phaseNumber, actuated: actuated)
    var made = Approach(
      direction, lanes: lanes.map { approach.lanes[$0].use }, volumes: volumes(lanes), phase: phase,
      leftTurns: leftTurns(lanes, isOpposed, actuated))
    made.hasRightArrow = hasRightArrow
    describe(&made, lanes, [green])
    return made
  }

  /// Lanes with greens of their own, as an approach that nobody opposes.
  func own(_ own: ApproachSignals.OwnGreens) -> Approach {
    var made = Approach(
      direction, lanes: own.lanes.map { approach.lanes[$0].use }, volumes: volumes(own.lanes),
      phase: phase(own.greens[0], group: own.group, number: phaseNumber, actuated: false))
    made.furtherGreens = furtherGreens(own.greens)
    describe(&made, own.lanes, own.greens)
    return made
  }

  /// Effective greens after the first, and what lies before each.
  private func furtherGreens(_ greens: [GreenSpan]) -> [FurtherGreen] {
    let discharge = DischargeTimes(approach, network)
    let lost = discharge.startUpLostTime ?? CapacityDefaults.startUpLostTime
    let used = discharge.yellowUsed ?? CapacityDefaults.yellowUsed
    return zip(greens, greens.dropFirst()).map { before, green in
      let pause = before.gap(to: green, in: times.program.cycle)
      return FurtherGreen(
        pause: max(pause - (before.yellow > 0 ? used : 0) + lost, 0),
        green: max(green.length - lost + (green.yellow > 0 ? used : 0), 0))
    }
  }

  private func volumes(_ lanes: [Int]) -> TurnVolumes {
    let right = traffic.volume(.right, lanes: lanes)
    return TurnVolumes(
      left: traffic.volume(.left, lanes: lanes), through: traffic.volume(.through, lanes: lanes),
      right: right,
      rightOnRed: min(conditions.turnsOnRed ?? 0, right / peakHourFactor))
  }

  // MARK: Phases

  private func leftTurns(_ lanes: [Int], _ isOpposed: Bool, _ actuated: Bool) -> LeftTurnTreatment {
    guard lanes.contains(where: { approach.lanes[$0].use.contains(.left) }) else { return .permitted }
    switch signals.leftTurns {
    case nil, .permitted: return .permitted
    case .unopposed: return isOpposed ? .split : .permitted
    case .arrow(let green, let group):
      return .protected(
        phase(green, group: group, number: phaseNumber - 1, isArrow: true, actuated: actuated),
        lagging: isLagging(green))
    case .arrowAndGaps(let green, let group):
      return .protectedPermitted(
        phase(green, group: group, number: phaseNumber - 1, isArrow: true, actuated: actuated),
        lagging: isLagging(green))
    }
  }

  /// Whether an arrow follows the main green rather than goes before it; one within the main green goes before where it begins
  /// with it.
  private func isLagging(_ arrow: GreenSpan) -> Bool {
    guard let main = signals.main else { return false }
    let cycle = times.program.cycle
    if arrow.overlaps(main, in: cycle) {
      return arrow.begin.distance(to: main.begin, in: cycle) > arrow.end.distance(to: main.end, in: cycle)
    }
    return main.gap(to: arrow, in: cycle) < arrow.gap(to: main, in: cycle)
  }

  private func phase(
    _ green: GreenSpan, group: Int, number: Int, isArrow: Bool = false, actuated: Bool
  ) -> Phase {
    let served = ringPhase(group, isArrow: isArrow)
    let number = served?.number ?? number
    if actuated, let served, let settings = served.actuation {
      return Phase(served, settings, peopleHaveSignal: !walks([green]).isEmpty)
    }
    // Vehicles that go on through gaps lose nothing at the end of their arrow: what the yellow is, they use.
    guard green.yellow > 0 else {
      let used = max(signalsYellowUsed, 0.001)
      return Phase(number: number, yellow: used, duration: green.length)
    }
    let red = times.program.redClearance(after: green, ofGroup: group, controller)
    var phase = Phase(
      number: number, yellow: green.yellow, redClearance: red,
      duration: min(green.length + green.yellow + red, times.program.cycle))
    if let walk = walks([green]).max(by: { $0.walk < $1.walk }) {
      (phase.walk, phase.pedestrianClearance) = (walk.walk, walk.clearance)
    }
    return phase
  }

  /// The phase of the controller's rings that gives a group its right of way: of left turns with an arrow the one that is
  /// not the main green's.
  private func ringPhase(_ group: Int, isArrow: Bool) -> RingPhase? {
    let phases = controller.rings?.phases.filter { $0.groups.contains(group) } ?? []
    guard isArrow else { return phases.first }
    return phases.first { !$0.serves(signals.mainGroup) } ?? phases.first
  }

  private var signalsYellowUsed: Double { DischargeTimes(approach, network).yellowUsed ?? 2 }

  /// Signalled crossings that turns of the approach cross in some greens: their walk and their clearance, s.
  private func walks(_ greens: [GreenSpan]) -> [(walk: Double, clearance: Double)] {
    (traffic.crossings(.right, during: greens, times) + traffic.crossings(.left, during: greens, times))
      .compactMap { id in
        guard let signal = network[id].signal else { return nil }
        let walk = times.greens(ofGroup: signal.group).map(\.length).max() ?? 0
        return (walk, network[id].clearanceTime)
      }
  }

  // MARK: Conditions

  private func describe(_ made: inout Approach, _ lanes: [Int], _ greens: [GreenSpan]) {
    made.peakHourFactor = peakHourFactor
    made.heavyVehicles = conditions.heavyVehicles ?? CapacityDefaults.heavyVehicles
    made.heavyVehiclesLeft = made.heavyVehicles
    made.platoonRatio = (conditions.arrivalType.flatMap { ArrivalType(rawValue: $0) } ?? .random).platoonRatio
    made.laneWidth = conditions.laneWidth ?? CapacityDefaults.laneWidth
    made.grade = conditions.grade ?? 0
    made.parkingManeuvers = conditions.parking
    made.buses = conditions.buses ?? 0
    made.bicycles = conditions.bicycles ?? 0
    made.speedLimit = link.speed
    made.pedestrians = traffic.people(on: traffic.crossings(.right, during: greens, times))
    made.pedestriansLeft = traffic.people(on: traffic.crossings(.left, during: greens, times))
    made.receivingLanesRight = traffic.receivingLanes(.right)
    made.receivingLanesLeft = traffic.receivingLanes(.left)
    made.givenSaturation = GivenSaturation(
      left: traffic.givenFlow(.left), through: traffic.givenFlow(.through), right: traffic.givenFlow(.right))
    made.storageLeft = traffic.storage(lanes.filter { approach.lanes[$0].use == .left })
    made.storageRight = traffic.storage(lanes.filter { approach.lanes[$0].use == .right })
    made.storage =
      traffic.storage(lanes.filter { ![.left, .right].contains(approach.lanes[$0].use) }) ?? made.storageRight
  }
}

/// What the worksheets take where the survey says nothing; the manual's own defaults (HCM 7, chapter 19).
public enum CapacityDefaults {
  /// Share of heavy vehicles.
  public static let heavyVehicles = 0.03
  /// m.
  public static let laneWidth = 3.6
  /// s.
  public static let startUpLostTime = 2.0
  /// s.
  public static let yellowUsed = 2.0
}

/// Lost times of an approach, where somebody gave them, s.
struct DischargeTimes {
  let startUpLostTime: Double?
  let yellowUsed: Double?

  init(_ approach: SurveyedApproach, _ network: Network) {
    let conditions = network[approach.link].conditions
    let given = approach.lanes.lazy.flatMap(\.ways).map { network[$0.connection] }.first {
      $0.isSaturationFlowGiven
    }
    startUpLostTime = (conditions.startUpLostTime ?? given?.startUpLostTime).map { max($0, 0) }
    yellowUsed = (conditions.yellowUsed ?? given?.yellowUsed).map { max($0, 0) }
  }
}

extension Phase {
  /// A phase whose length detectors decide.
  fileprivate init(_ phase: RingPhase, _ settings: PhaseActuation, peopleHaveSignal: Bool) {
    let recall: Recall =
      switch settings.recall {
      case .none: .none
      case .minimum: .minimum
      case .maximum: .maximum
      }
    self.init(
      number: phase.number, yellow: phase.yellow, redClearance: phase.allRed,
      maximumGreen: settings.maximumGreen, minimumGreen: phase.minimumGreen,
      passageTime: settings.passageTime, detector: settings.detectionZone,
      walk: peopleHaveSignal && phase.walk > 0 ? phase.walk : nil,
      pedestrianClearance: phase.flashingDontWalk, recall: recall)
  }
}
