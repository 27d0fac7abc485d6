internal import TrafficModel

/// The signal controllers of a GMNS network and the groups of movements and crosswalks that they control.
struct GMNSGroups {
  struct Group {
    var name: String
    var movements: [Int] = []
    var crosswalks: [Int] = []
    var isPedestrian: Bool { movements.isEmpty }
  }
  struct Member {
    var name: String
    var description: GMNSPhases.Controller?
    var groups: [Group] = []
    var junctions: [JunctionID] = []
  }
  private(set) var members: [Member] = []
  /// By junction: the controller.
  private(set) var controllerOfJunction: [Int?]
  /// By movement and by crosswalk.
  private(set) var signals: [SignalGroupReference?]
  private(set) var crossingSignals: [SignalGroupReference?]

  init(
    _ roads: GMNSRoads, _ movements: [GMNSMovements.Movement], _ phases: GMNSPhases
  ) {
    controllerOfJunction = [Int?](repeating: nil, count: roads.junctions.count)
    signals = [SignalGroupReference?](repeating: nil, count: movements.count)
    crossingSignals = [SignalGroupReference?](repeating: nil, count: roads.crosswalks.count)
    var isServed = [Bool](repeating: false, count: movements.count)
    var isCrossingServed = [Bool](repeating: false, count: roads.crosswalks.count)
    var names = [String?](repeating: nil, count: roads.junctions.count)
    for phase in phases.phases {
      for service in phase.services {
        let junction: Int
        switch service.subject {
        case .movement(let index):
          isServed[index] = true
          junction = movements[index].junction.index
        case .crosswalk(let index):
          isCrossingServed[index] = true
          junction = roads.crosswalks[index].junction.index
        }
        guard names[junction] == nil else { continue }
        let candidates = phases.plans[phase.plan].controllers
        let own = roads.junctions[junction].name
        names[junction] = candidates.contains(own) ? own : candidates.first ?? own
      }
    }
    makeMembers(names, phases)
    var indexOfGroup: [[String: Int]] = members.map { _ in [:] }
    func reference(_ controller: Int, _ key: String, _ name: String) -> Int {
      if let known = indexOfGroup[controller][key] { return known }
      indexOfGroup[controller][key] = members[controller].groups.count
      let isTaken = members[controller].groups.contains { $0.name == name }
      members[controller].groups.append(Group(name: isTaken ? key : name))
      return members[controller].groups.count - 1
    }
    for (index, movement) in movements.enumerated() where isServed[index] {
      guard let controller = controllerOfJunction[movement.junction.index] else { continue }
      let group = reference(
        controller, movement.groupName ?? movement.id, movement.groupName ?? movement.name)
      members[controller].groups[group].movements.append(index)
      signals[index] = SignalGroupReference(controller: ControllerID(controller), group: group)
    }
    for (index, crosswalk) in roads.crosswalks.enumerated() where isCrossingServed[index] {
      guard let controller = controllerOfJunction[crosswalk.junction.index] else { continue }
      let group = reference(
        controller, crosswalk.groupName ?? "crosswalk \(crosswalk.id)", crosswalk.groupName ?? crosswalk.name)
      members[controller].groups[group].crosswalks.append(index)
      crossingSignals[index] = SignalGroupReference(controller: ControllerID(controller), group: group)
    }
  }

  private mutating func makeMembers(_ names: [String?], _ phases: GMNSPhases) {
    let used = Set(names.compactMap { $0 })
    var indexOfName: [String: Int] = [:]
    for description in phases.controllers where used.contains(description.name) {
      indexOfName[description.name] = members.count
      members.append(Member(name: description.name, description: description))
    }
    for (junction, name) in names.enumerated() {
      guard let name else { continue }
      let index: Int
      if let known = indexOfName[name] {
        index = known
      } else {
        index = members.count
        indexOfName[name] = index
        members.append(Member(name: name))
      }
      members[index].junctions.append(JunctionID(junction))
      controllerOfJunction[junction] = index
    }
  }
}
