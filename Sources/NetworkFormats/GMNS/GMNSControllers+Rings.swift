internal import TrafficModel

/// The rings and barriers that controllers' phases stand in.
extension GMNSControllers {
  func rings(
    _ members: [(phase: Int, services: [GMNSPhases.Service])], _ plan: Int, coordinated: Int?
  ) -> GMNSRings {
    GMNSRings(
      members.map { member in
        let phase = phases.phases[member.phase]
        return GMNSRings.Phase(
          number: phase.number, ring: phase.ring, barrier: phase.barrier, position: phase.position,
          minimum: phase.minimumGreen, maximum: phase.maximumGreen, clearance: phase.clearance)
      }, cycle: phases.plans[plan].cycle, coordinated: coordinated)
  }

  /// The rings of a controller's first plan, kept where all its plans run in them; nil where it runs stages.
  func keptRings(
    _ index: Int, _ controller: SignalController, _ programs: [SignalProgram]
  ) -> ReadRings? {
    let member = groups.members[index]
    guard member.description?.runsStages != true, let plan = plansOfController[index].first else {
      return nil
    }
    let members = members(plan, of: index)
    let placed = rings(
      members, plan, coordinated: phases.coordination(plan, member.name)?.phase
    ).phases
    let described = zip(members, placed).filter { !$0.0.services.isEmpty }.map { member, place -> RingPhase in
      let phase = phases.phases[member.phase]
      let yellow = yellow(of: phase, member.services)
      func served(_ isPermitted: Bool) -> [Int] {
        Set(member.services.filter { $0.isPermitted == isPermitted }.map(group)).sorted()
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
