public import TrafficModel

/// Rings as a file of another tool has them, kept where the plans of the file run in them.
public struct ReadRings: Sendable {
  /// The rings; nil where they are not kept.
  public private(set) var rings: PhaseRings?
  /// Why they are not kept, in a sentence without a full stop.
  public private(set) var problem: String?

  /// - Parameters:
  ///   - phases: those that serve somebody; times that the plans fall short of are lowered to what they have.
  ///   - programs: all that the file has for the controller.
  public init(_ phases: [RingPhase], of controller: SignalController, programs: [SignalProgram]) {
    guard !phases.isEmpty, !programs.isEmpty else { return }
    let bare = PhaseRings(
      phases: phases.map { phase in
        var bare = phase
        (bare.minimumGreen, bare.walk, bare.flashingDontWalk) = (0, 0, 0)
        return bare
      })
    if let found = bare.problems(in: controller).first {
      problem = found
      return
    }
    let readings = programs.map { RingReading($0, controller, rings: bare) }
    if let found = readings.lazy.compactMap(\.problems.first).first {
      problem = found
      return
    }
    rings = PhaseRings(
      phases: phases.map { phase in
        let index = bare.phases.firstIndex { $0.number == phase.number }
        let greens = index.map { index in readings.compactMap { $0.runs[index]?.green } } ?? []
        guard let green = greens.min() else { return phase }
        var kept = phase
        kept.minimumGreen = min(phase.minimumGreen, green)
        kept.walk = min(phase.walk, green)
        kept.flashingDontWalk = min(phase.flashingDontWalk, green - kept.walk)
        return kept
      })
  }
}

extension RingPhase {
  /// A phase with the times that its groups ask for.
  ///
  /// - Parameters:
  ///   - least: shortest green that the file gives it, s; nil where only its groups say one.
  public init(
    number: Int, ring: Int, barrier: Int, position: Int, groups: [Int], permitted: [Int], yellow: Double,
    allRed: Double, least: Double? = nil, of controller: SignalController
  ) {
    let walks = groups.filter { controller.groups[$0].kind == .pedestrian }
    let vehicles = groups.filter { controller.groups[$0].kind == .vehicle }
    let walkClearance = walks.map { controller.intergreens[$0].max() ?? 0 }.max() ?? 0
    self.init(
      number: number, ring: ring, barrier: barrier, position: position, groups: groups.sorted(),
      permitted: permitted.sorted(),
      minimumGreen: least ?? vehicles.map { controller.groups[$0].minimumGreen }.max() ?? 0, yellow: yellow,
      allRed: allRed, walk: walks.map { controller.groups[$0].minimumGreen }.max() ?? 0,
      // Whole seconds, as controllers count them; a sum that rounding lifts over one does not cost the next.
      flashingDontWalk: max(0, (walkClearance - yellow - allRed - 1e-9).rounded(.up)))
  }
}
