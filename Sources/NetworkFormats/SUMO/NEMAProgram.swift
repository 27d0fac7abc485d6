internal import TrafficModel

/// The fixed-time programme that a `tlLogic` of the type NEMA comes to when every phase is called and lasts as long as
/// it may: its phases in two rings, with the yellow and all-red of their own, between two barriers.
///
/// SUMO's parameters: `ring1` and `ring2` name phases in order (0 for none); `barrierPhases` end the first part of the
/// rings, `barrier2Phases` the second, and are the coordinated ones. With coordination the offset is the time of the
/// first coordinated green (`TS2`), or that of the first phase after the barrier (`Type170`), plus any number of cycles.
struct NEMAProgram {
  private(set) var intervals: [SignalInterval] = []
  private(set) var offset: Double

  /// A phase within its ring; s from the begin of the cycle.
  private struct Slot {
    var phase: SUMOPhase
    var begin: Double
    var green: Double
    var yellow: Double { phase.yellow ?? NEMAProgram.usualYellow }
    var red: Double { phase.red ?? 0 }
    var length: Double { green + yellow + red }
  }

  /// s, as in SUMO where a phase does not say.
  private static let usualYellow = 3.0

  /// - Parameters:
  ///   - node: the `tlLogic`.
  ///   - phases: its phases, with their longest greens.
  ///   - offset: as it stands in the file, s.
  init(_ node: XMLNode, phases: [SUMOPhase], offset: Double) {
    self.offset = offset
    var parameters: [String: String] = [:]
    for child in node.children("param") { parameters[child["key"] ?? ""] = child["value"] }
    func names(_ key: String) -> [String] {
      (parameters[key] ?? "").split { $0 == "," || $0 == " " }.map(String.init).filter { $0 != "0" }
    }
    let ends = [Set(names("barrierPhases")), Set(names("barrier2Phases"))]
    var rings: [[[Slot]]] = ["ring1", "ring2"].map { ring in
      Self.parts(of: names(ring).compactMap { name in phases.first { $0.name == name } }, ends: ends)
    }
    if rings.allSatisfy({ $0.allSatisfy(\.isEmpty) }) {
      // Without rings the phases follow one another as they stand.
      rings = [[phases.map { Slot(phase: $0, begin: 0, green: $0.duration) }, []]]
    }
    arrange(&rings, cycle: parameters["total-cycle-length"].flatMap { Double(plain: $0) })
    let slots = rings.map { $0.flatMap { $0 } }.filter { !$0.isEmpty }
    intervals = Self.intervals(of: slots)
    guard parameters["controllerType"] != "Type170" else { return }
    let coordinated = rings.compactMap { $0.last?.first { ends[1].contains($0.phase.name) }?.begin }
    let cycle = intervals.reduce(0) { $0 + $1.duration }
    self.offset = (offset - (coordinated.min() ?? 0)).positiveRemainder(cycle)
  }

  /// A ring's phases in front of each of the two barriers.
  private static func parts(of phases: [SUMOPhase], ends: [Set<String>]) -> [[Slot]] {
    // The file may begin a ring anywhere.
    let second = phases.firstIndex { ends[1].contains($0.name) } ?? phases.count - 1
    let turned = phases.isEmpty ? [] : Array(phases[(second + 1)...] + phases[...second])
    let slots = turned.map { Slot(phase: $0, begin: 0, green: $0.duration) }
    let first = turned.firstIndex { ends[0].contains($0.name) }.map { $0 + 1 } ?? 0
    return [Array(slots[..<first]), Array(slots[first...])]
  }

  /// Gives the phases their times: both rings pass the barriers together, and the coordinated phases have what the
  /// others leave of the cycle.
  private func arrange(_ rings: inout [[[Slot]]], cycle: Double?) {
    func length(_ part: Int) -> Double { rings.map { $0[part].reduce(0) { $0 + $1.length } }.max() ?? 0 }
    var lengths = [length(0), length(1)]
    if let cycle, cycle <= Self.longestCycle, cycle - lengths[0] > Self.shortestPart {
      lengths[1] = cycle - lengths[0]
    }
    for ring in rings.indices {
      var time = 0.0
      for part in 0...1 {
        let missing = lengths[part] - rings[ring][part].reduce(0) { $0 + $1.length }
        if let last = rings[ring][part].indices.last {
          rings[ring][part][last].green = max(1, rings[ring][part][last].green + missing)
        }
        var begin = time
        for slot in rings[ring][part].indices {
          rings[ring][part][slot].begin = begin
          begin += rings[ring][part][slot].length
        }
        time = max(begin, time + lengths[part])
      }
    }
  }

  /// s; longer ones are a mistake.
  private static let longestCycle = 3600.0
  /// A coordinated part that the cycle leaves less for is taken as the phases have it, s.
  private static let shortestPart = 10.0

  // MARK: What is shown

  private static func intervals(of rings: [[Slot]]) -> [SignalInterval] {
    let changes = rings.joined().flatMap { slot in
      [slot.begin, slot.begin + slot.green, slot.begin + slot.green + slot.yellow, slot.begin + slot.length]
    }
    let times = Set(changes + [0]).sorted()
    var intervals: [SignalInterval] = []
    for (begin, end) in zip(times, times.dropFirst()) where end - begin > 1e-9 {
      let ofRings = rings.map { states(of: $0, at: (begin + end) / 2) }
      let shown = ofRings.dropFirst().reduce(ofRings[0]) { zip($0, $1).map(stronger) }
      if intervals.last?.states == shown {
        intervals[intervals.count - 1].duration += end - begin
      } else {
        intervals.append(SignalInterval(duration: end - begin, states: shown))
      }
    }
    return intervals
  }

  /// What a ring shows: a green that the next phase shows, too, goes on through the change.
  private static func states(of ring: [Slot], at time: Double) -> [SignalState] {
    guard let index = ring.firstIndex(where: { $0.begin <= time && time < $0.begin + $0.length }) else {
      return ring[0].phase.states.map { _ in .red }
    }
    let slot = ring[index]
    let rest = time - slot.begin - slot.green
    guard rest >= 0 else { return slot.phase.states }
    let following = ring[(index + 1) % ring.count].phase.states
    return zip(slot.phase.states, following).map { now, next in
      guard now.isGreen else { return now }
      if next.isGreen, ring.count > 1 { return now }
      return rest < slot.yellow ? .yellow : .red
    }
  }

  private static func stronger(_ one: SignalState, _ other: SignalState) -> SignalState {
    let order: [SignalState] = [.protectedGreen, .permissiveGreen, .yellow]
    return order.first { $0 == one || $0 == other } ?? one
  }
}
