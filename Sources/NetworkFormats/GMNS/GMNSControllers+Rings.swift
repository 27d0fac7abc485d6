internal import NetworkBuilding
internal import TrafficModel

/// The rings and barriers that controllers' phases stand in.
extension GMNSControllers {
  /// What a controller runs in a plan, and when.
  struct PlannedRings {
    var plan: Int
    /// The phases of the plan that the controller runs, each with what it serves there.
    var members: [(phase: Int, services: [GMNSPhases.Service])]
    /// Of the members.
    var rings: GMNSRings
  }

  /// A plan as a controller runs it, worked out once for its programme, its groups' times and its rings.
  func planned(_ plan: Int, of controller: Int) -> PlannedRings {
    let members = members(plan, of: controller)
    let rings = GMNSRings(
      members.map { member in
        let phase = phases.phases[member.phase]
        return GMNSRings.Phase(
          number: phase.number, ring: phase.ring, barrier: phase.barrier, position: phase.position,
          minimum: phase.minimumGreen, maximum: phase.maximumGreen, clearance: phase.clearance)
      }, cycle: phases.plans[plan].cycle,
      coordinated: phases.coordination(plan, groups.members[controller].name)?.phase)
    return PlannedRings(plan: plan, members: members, rings: rings)
  }

  /// The rings of a controller's first plan, kept where all its plans run in them; nil where it runs stages.
  func keptRings(
    _ index: Int, _ controller: SignalController, _ plans: [PlannedRings], _ programs: [SignalProgram]
  ) -> ReadRings? {
    guard groups.members[index].description?.runsStages != true, let first = plans.first else { return nil }
    let described = zip(first.members, first.rings.phases).filter { !$0.0.services.isEmpty }.map {
      member, place -> RingPhase in
      let phase = phases.phases[member.phase]
      let yellow = yellow(of: phase, member.services)
      func served(_ isPermitted: Bool) -> [Int] {
        Set(member.services.filter { $0.isPermitted == isPermitted }.map { group($0) }).sorted()
      }
      let rights = served(false)
      var ringPhase = RingPhase(
        number: place.number, ring: place.ring, barrier: place.barrier, position: place.position,
        groups: rights, permitted: served(true).filter { !rights.contains($0) }, yellow: yellow,
        allRed: phase.clearance - yellow, of: controller)
      (ringPhase.keepsPlace, ringPhase.isOptional) = (phase.keepsPlace, phase.isOptional)
      return ringPhase
    }
    return ReadRings(described, of: controller, programs: programs)
  }
}
