internal import TrafficModel

/// What one signal group of a file's controller controls: one turn of an approach, or one crossing.
struct DraftGroup {
  enum Subject {
    case turn
    case crossing
  }
  var leg: LegID
  var subject: Subject
  /// A turn's letter, or P.
  var letter: Character
}

/// The signal controllers of a file and their groups.
struct DraftGroups {
  /// A controller under construction.
  struct Member {
    var name: Located<String>
    /// Positions in the file's junctions; at least one.
    var junctions: [Int] = []
    var groups: [DraftGroup] = []
    var signals = SignalsDraft()
    var cycleRange: ClosedRange<Double>
    /// Whether what is green must be named with its junction.
    var isShared: Bool
  }
  private(set) var members: [Member] = []
  private var references: [LegID: [Character: SignalGroupReference]] = [:]

  init(_ draft: NetworkDraft, roads: DraftRoads, _ log: inout some ProblemLog) {
    members = Self.members(of: draft, &log)
    for index in members.indices {
      for junction in members[index].junctions {
        addGroups(of: junction, to: index, draft: draft, roads: roads)
      }
    }
  }

  /// The group of a turn; nil where no signal controls it.
  func signal(of turn: JunctionTurn) -> SignalGroupReference? { references[turn.from]?[turn.turn.letter] }

  /// The group of the crossing over a leg.
  func signal(ofCrossing leg: LegID) -> SignalGroupReference? { references[leg]?["P"] }

  /// The group of a letter at a leg.
  func group(_ letter: Character, at leg: LegID) -> Int? { references[leg]?[letter]?.group }

  /// The controllers by position of junction; none for junctions without signals.
  func controllers(ofJunctions count: Int) -> [ControllerID?] {
    var controllers = [ControllerID?](repeating: nil, count: count)
    for (index, member) in members.enumerated() {
      for junction in member.junctions { controllers[junction] = ControllerID(index) }
    }
    return controllers
  }

  private static func members(of draft: NetworkDraft, _ log: inout some ProblemLog) -> [Member] {
    var members: [Member] = []
    var indexOfName: [String: Int] = [:]
    let shared = Dictionary(draft.controllers.map { ($0.name.value, $0) }) { first, _ in first }
    for (index, junction) in draft.junctions.enumerated() {
      guard case .signals = junction.control else { continue }
      guard let name = junction.controller else {
        if shared[junction.name.value] == nil {
          indexOfName[junction.name.value] = members.count
          members.append(
            Member(
              name: junction.name, junctions: [index], signals: junction.signals,
              cycleRange: junction.settings.cycleRange, isShared: false))
        } else {
          log.error(
            "junction '\(junction.name.value)' has its own controller, of a name that 'controllers' uses too",
            at: junction.name.place)
        }
        continue
      }
      guard let controller = shared[name.value] else {
        log.unknown("controller", name, known: draft.controllers.map(\.name.value))
        continue
      }
      if let known = indexOfName[name.value] {
        members[known].junctions.append(index)
      } else {
        indexOfName[name.value] = members.count
        members.append(
          Member(
            name: controller.name, junctions: [index], signals: controller.signals,
            cycleRange: controller.cycleRange ?? draft.defaults.cycleRange, isShared: true))
      }
    }
    for controller in draft.controllers where indexOfName[controller.name.value] == nil {
      log.error("no junction has the controller '\(controller.name.value)'", at: controller.name.place)
    }
    return members
  }

  private mutating func addGroups(of junction: Int, to member: Int, draft: NetworkDraft, roads: DraftRoads) {
    func add(_ group: DraftGroup) {
      references[group.leg, default: [:]][group.letter] = SignalGroupReference(
        controller: ControllerID(member), group: members[member].groups.count)
      members[member].groups.append(group)
    }
    for approach in draft.junctions[junction].approaches {
      let leg = LegID(junction: junction, leg: approach.leg)
      for turn in roads.turns[junction] where turn.from == leg {
        guard turn.equivalent != .right || approach.settings.turnsAside == .signal else { continue }
        add(DraftGroup(leg: leg, subject: .turn, letter: turn.turn.letter))
      }
      if approach.crossing != nil { add(DraftGroup(leg: leg, subject: .crossing, letter: "P")) }
    }
  }

  /// The name of a group as the file writes it.
  func name(_ group: DraftGroup, of member: Member, draft: NetworkDraft) -> String {
    let short = "\(group.leg.leg.name).\(group.letter)"
    return member.isShared ? "\(draft.junctions[group.leg.junction].name.value).\(short)" : short
  }
}
