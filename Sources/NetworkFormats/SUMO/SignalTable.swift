internal import TrafficModel

/// A signal's links and programmes, and what follows from them for its safety.
///
/// Each letter of the signal's states becomes a signal group. What the signal's own programmes never do (conflicting greens,
/// shorter greens) no new plan may do either; of yellow and clearance the programme that runs decides, and the others where
/// it shows none.
struct SignalTable {
  private let name: String
  /// Every programme the files have, each as a model programme; the last one runs. Of one that responds to traffic, the one in
  /// which all of its phases are as short as they may be, beside its picture.
  private let programs: [SignalProgram]
  /// What else may be shown at some moment, by phases that are in none of these.
  private let moments: [[SignalState]]
  private let width: Int
  /// By letter: whether only pedestrians obey it, and the longest crossing that does, m.
  private var isPedestrian: [Bool]
  private var crossingLength: [Double]
  /// By letter: the junction links that obey it.
  private var links: [[JunctionLink]]
  private let junctions: [String: NetFile.Junction]
  /// What protects traffic whatever the programmes show; nil where they are trusted.
  private let protection: Protection?
  /// By letter: whether anybody obeys it.
  private var isObeyed: [Bool]
  /// By letter: whether a turn across oncoming traffic obeys it.
  private var isCrossingTurn: [Bool]

  /// The least yellow and all-red of a signal whose own programmes cannot be trusted to show them.
  struct Protection {
    /// s.
    var yellow: Double
    var allRed: Double
  }

  init(
    name: String, programs: [SUMOProgram], connections: [Int],
    net: NetFile, junctions: [String: NetFile.Junction], protection: Protection?,
    log: inout DiagnosticLog
  ) {
    self.name = name
    self.protection = protection
    self.programs = programs.flatMap { [$0.intervals] + ($0.shortestIntervals.map { [$0] } ?? []) }.map {
      SignalProgram(controller: ControllerID(0), name: "", offset: 0, intervals: $0)
    }
    moments = programs.flatMap { $0.actuation?.phases.map(\.states) ?? [] }
    self.junctions = junctions
    let width = programs[0].intervals[0].states.count
    self.width = width
    links = [[JunctionLink]](repeating: [], count: width)
    crossingLength = [Double](repeating: 0, count: width)
    var hasVehicles = [Bool](repeating: false, count: width)
    var isCrossingTurn = hasVehicles
    let crossing = net.side == .left ? ["r", "R"] : ["l", "L"]
    for index in connections {
      let connection = net.connections[index]
      guard let signal = connection.signal else { continue }
      for letter in [signal.link, signal.secondLink].compactMap({ $0 }) {
        guard letter < width else {
          log.error(
            "signal '\(name)' has states of \(width) letters, the connection wants number \(letter)",
            at: connection.place, quote: "linkIndex")
          continue
        }
        if let place = net.places[index] { links[letter].append(place) }
        if let length = net.crossings[connection.to] ?? net.crossings[connection.from] {
          crossingLength[letter] = max(crossingLength[letter], length)
        } else {
          hasVehicles[letter] = true
          if crossing.contains(connection.direction) { isCrossingTurn[letter] = true }
        }
      }
    }
    isPedestrian = zip(crossingLength, hasVehicles).map { $0 > 0 && !$1 }
    isObeyed = zip(crossingLength, hasVehicles).map { $0 > 0 || $1 }
    self.isCrossingTurn = isCrossingTurn
  }

  /// The controller; its cycle bounds contain `cycle`.
  func controller(cycle: Double, presentControl: PresentControl) -> SignalController {
    var conflicts = [[GroupConflict]](
      repeating: [GroupConflict](repeating: .none, count: width), count: width)
    var intergreens = [[Double]](repeating: [Double](repeating: 0, count: width), count: width)
    var startsDuringYellow = [[Bool]](repeating: [Bool](repeating: false, count: width), count: width)
    for a in 0..<width {
      for b in (a + 1)..<max(width, a + 1) {
        guard let yields = yields(a, b) else { continue }
        (conflicts[a][b], conflicts[b][a]) = conflict(a, b, yields)
        guard protection == nil else { continue }
        for (x, y) in [(a, b), (b, a)] {
          startsDuringYellow[x][y] = programs.contains { $0.starts(y, duringYellowOf: x) }
        }
      }
    }
    let pairs = (0..<width).flatMap { a in
      (0..<width).compactMap { conflicts[a][$0] == .none ? nil : (a, $0) }
    }
    let clearances = programs.map(\.clearances)
    let shown = pairs.map { a, b in
      clearances.last?.shortest(from: a, to: b) ?? clearances.compactMap { $0.shortest(from: a, to: b) }.min()
    }
    let usual = max(Self.leastIntergreen, shown.compactMap { $0 }.min() ?? Self.leastIntergreen)
    for ((a, b), shown) in zip(pairs, shown) {
      intergreens[a][b] = intergreen(from: a, shown: shown, usual: usual)
    }
    return SignalController(
      name: name, groups: (0..<width).map { group($0, isStandIn: presentControl != .fixedTime) },
      conflicts: conflicts, intergreens: intergreens,
      startsDuringYellow: startsDuringYellow,
      cycleBounds: min(20, cycle)...max(180, cycle > Self.longestCycle ? 0 : cycle),
      presentControl: presentControl)
  }

  /// s; what is longer is a signal that somebody has stopped, and no model for cycles.
  private static let longestCycle = 3600.0
  /// s; a new plan clears conflicting traffic for so long even where the present programme never has to.
  private static let leastIntergreen = 3.0
  /// s; a green below this is too short to be believed.
  private static let leastGreen = 5.0
  /// s of yellow for a green that the present programmes never end.
  static let usualYellow = 3.0
  /// Walking speed that clearance is reckoned with, m/s.
  static let walkingSpeed = 1.0

  /// - Parameter isStandIn: whether no programme of the signal is what runs: then no group has short arrows, whatever it
  ///   serves.
  private func group(_ letter: Int, isStandIn: Bool) -> SignalGroup {
    let shortest = programs.compactMap { $0.shortestGreen(ofGroup: letter) }.min()
    return SignalGroup(
      name: String(letter), kind: isPedestrian[letter] ? .pedestrian : .vehicle,
      minimumGreen: min(Self.leastGreen, shortest ?? Self.leastGreen),
      minimumProtectedGreen: isStandIn || isCrossingTurn[letter]
        ? min(Self.leastGreen, shortestArrow(letter) ?? Self.leastGreen) : 0,
      yellow: yellow(letter),
      mustBeServed: programs.contains { $0.green(ofGroup: letter) > 0 },
      otherStates: Set(
        (programs.flatMap { $0.intervals.map(\.states) } + moments).map { $0[letter] }.filter { !$0.isUsual })
    )
  }

  /// s: the shortest that the programmes show beside permissive green; nil where none does.
  private func shortestArrow(_ letter: Int) -> Double? {
    programs.flatMap { program in program.arrows(ofGroup: letter).map { program.duration(of: $0) } }.min()
  }

  /// s: what runs shows so much, or else the other programmes. Vehicles never go without.
  private func yellow(_ letter: Int) -> Double {
    let shown =
      programs.last.flatMap { $0.shortestYellow(ofGroup: letter) }
      ?? programs.compactMap { $0.shortestYellow(ofGroup: letter) }.min() ?? Self.usualYellow
    guard isObeyed[letter] else { return 0 }
    guard !isPedestrian[letter] else { return shown }
    return max(shown > 0 ? shown : Self.usualYellow, protection?.yellow ?? 0)
  }

  /// Whether each waits for the other where their paths meet; nil where they never do.
  private func yields(_ a: Int, _ b: Int) -> (first: Bool, second: Bool)? {
    var yields: (first: Bool, second: Bool)?
    for one in links[a] {
      for other in links[b] where one.junction == other.junction {
        guard let requests = junctions[one.junction]?.requests, let first = requests[one.index],
          let second = requests[other.index], first.meets(other.index) || second.meets(one.index)
        else { continue }
        let both = (first: first.yields(to: other.index), second: second.yields(to: one.index))
        // A letter that must wait somewhere does so everywhere only if all its ways do.
        yields = (both.first && yields?.first ?? true, both.second && yields?.second ?? true)
      }
    }
    return yields
  }

  private func conflict(
    _ a: Int, _ b: Int, _ yields: (first: Bool, second: Bool)
  ) -> (GroupConflict, GroupConflict) {
    let shown = programs.flatMap { $0.intervals.map(\.states) } + moments
    let areTogether = shown.contains { $0[a].isGreen && $0[b].isGreen }
    // Where nobody knows what runs, nothing is green together that no programme shows.
    if protection != nil, !areTogether { return (.exclusive, .exclusive) }
    let isShown = shown.contains { states in
      let (one, other) = (states[a], states[b])
      let waits =
        one == .permissiveGreen && yields.first || other == .permissiveGreen && yields.second
      return one.isGreen && other.isGreen && !waits
    }
    if isShown, protection == nil { return (.accepted, .accepted) }
    return switch yields {
    case (true, true): (.eitherYields, .eitherYields)
    case (true, false): (.rowYields, .columnYields)
    case (false, true): (.columnYields, .rowYields)
    case (false, false): (.exclusive, .exclusive)
    }
  }

  /// - Parameters:
  ///   - shown: the shortest that the present programmes show for this pair.
  ///   - usual: the shortest that they show anywhere at this signal, 3 s at least.
  private func intergreen(from a: Int, shown: Double?, usual: Double) -> Double {
    // People on foot cannot hurry: theirs is never cut, and where none is known it follows from the way.
    if isPedestrian[a] { return shown ?? max(usual, crossingLength[a] / Self.walkingSpeed) }
    return max(min(shown ?? usual, usual), protection.map { $0.yellow + $0.allRed } ?? 0)
  }
}
