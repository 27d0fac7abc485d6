internal import TrafficModel

/// How a sheet names what a controller serves: by leg and turn, in the same order everywhere.
struct SheetNames {
  let network: Network
  let controller: ControllerID
  /// Of the controller's junctions with signals: the one with most ways first.
  let layouts: [LegLayout]
  let words: PageWords.Sheet

  init(_ controller: ControllerID, _ network: Network, _ words: PageWords.Sheet) {
    (self.network, self.controller, self.words) = (network, controller, words)
    func ways(_ junction: JunctionID) -> Int {
      network.movements.count { movement in
        movement.junction == junction
          && movement.connections.contains { network[$0].signal?.controller == controller }
      }
    }
    let junctions = network.junctionsOfController[controller.index].map { ($0, ways($0)) }.filter { $0.1 > 0 }
    layouts = junctions.enumerated().sorted { (-$0.element.1, $0.offset) < (-$1.element.1, $1.offset) }
      .map { LegLayout($0.element.0, network) }
  }

  /// Where a leg stands in the order of the sheet, and what it is called.
  struct Leg {
    var rank: Int
    var name: String
  }

  /// The leg that a link comes in by.
  func leg(of link: LinkID) -> Leg {
    var rank = 0
    for (number, layout) in layouts.enumerated() {
      if let place = layout.place(of: link) {
        return Leg(rank: rank + place, name: name(layout.legs[place], junction: number))
      }
      rank += layout.legs.count
    }
    return Leg(rank: rank, name: network[link].name)
  }

  /// The leg that a crossing lies on.
  func leg(of crossing: CrossingID) -> Leg {
    var rank = 0
    for (number, layout) in layouts.enumerated() {
      if let place = layout.legs.firstIndex(where: { $0.crossings.contains(crossing) }) {
        return Leg(rank: rank + place, name: name(layout.legs[place], junction: number))
      }
      rank += layout.legs.count
    }
    return Leg(rank: rank, name: network[crossing].name)
  }

  /// Of several junctions the second and later ones have their number before their legs.
  func name(_ leg: LegLayout.Leg, junction: Int) -> String {
    (junction > 0 ? "\(junction + 1)" : "") + words.leg(leg.name)
  }

  private var turns: [Turn] { SheetOrder.turns(network.side) }

  /// `N.LT`: a leg and turns, as the driver sees them.
  func movements(_ leg: String, _ turned: Set<Turn>) -> String {
    words.movement(leg, turns.filter(turned.contains).map(words.letter).joined())
  }

  /// A lane group: its leg and where its lanes lead.
  func laneGroup(_ lanes: [LaneID]) -> (rank: [Int], name: String) {
    let turned = Set(lanes.flatMap { network.connectionsFromLane[$0.index].map { network[$0].turn } })
    let leg = leg(of: network[lanes[0]].link)
    // From the middle of the road to the kerb.
    let outermost = lanes.map { network[$0].position }.max() ?? 0
    return (
      [leg.rank, -outermost], movements(leg.name, turned) + (lanes.count > 1 ? " ×\(lanes.count)" : "")
    )
  }

  /// Whether the groups' names are numbers, as in SUMO.
  var areNumbers: Bool {
    network[controller].groups.allSatisfy { !$0.name.isEmpty && $0.name.allSatisfy(\.isNumber) }
  }

  /// A group's number: its name where that is one.
  func number(_ group: Int) -> String {
    areNumbers ? network[controller].groups[group].name : "\(group + 1)"
  }

  /// Numbers of groups; three and more that follow each other as `6–8`.
  func numbers(_ groups: [Int]) -> String {
    let runs = groups.sorted().reduce(into: [[Int]]()) { runs, group in
      if let last = runs.last?.last, last + 1 == group {
        runs[runs.count - 1].append(group)
      } else {
        runs.append([group])
      }
    }
    return runs.flatMap { run in
      run.count > 2 ? ["\(number(run[0]))–\(number(run[run.count - 1]))"] : run.map(number)
    }.joined(separator: ", ")
  }

  /// Groups that serve the same, show the same under all of some programmes, and are held apart from the same: by the first of
  /// them, in the sheet's order, all of them.
  func alike(_ programs: [SignalProgram]) -> [Int: [Int]] {
    let controller = network[controller]
    func isAlike(_ a: Int, _ b: Int) -> Bool {
      var (first, second) = (controller.groups[a], controller.groups[b])
      (first.name, second.name) = ("", "")
      return first == second && serves(a) == serves(b)
        && programs.allSatisfy { $0.intervals.allSatisfy { $0.states[a] == $0.states[b] } }
        && controller.groups.indices.allSatisfy {
          controller.intergreens[a][$0] == controller.intergreens[b][$0]
            && controller.intergreens[$0][a] == controller.intergreens[$0][b]
        }
    }
    var alike: [Int: [Int]] = [:]
    for group in groups {
      // `groups` and not the keys: dictionaries have no order.
      if let first = groups.first(where: { alike[$0] != nil && isAlike($0, group) }) {
        alike[first]?.append(group)
      } else {
        alike[group] = [group]
      }
    }
    return alike
  }

  /// Whom a group lets go.
  func serves(_ group: Int) -> String {
    let connections = network.connectionsOfGroup[controller.index][group]
    var byLeg: [(leg: Leg, turns: Set<Turn>)] = []
    for connection in connections {
      let leg = leg(of: network[network[connection].from].link)
      if let place = byLeg.firstIndex(where: { $0.leg.rank == leg.rank }) {
        byLeg[place].turns.insert(network[connection].turn)
      } else {
        byLeg.append((leg, [network[connection].turn]))
      }
    }
    let vehicles = byLeg.sorted { $0.leg.rank < $1.leg.rank }.map { movements($0.leg.name, $0.turns) }
    let walkers = network.crossingsOfGroup[controller.index][group].map { leg(of: $0) }
      .sorted { $0.rank < $1.rank }.map { words.movement($0.name, words.walkers) }
    return (vehicles + walkers).joined(separator: ", ")
  }

  /// The groups in the order of the sheet: by leg, then from the middle of the road to the kerb, people on foot last.
  var groups: [Int] {
    network[controller].groups.indices.map { group -> (rank: [Int], group: Int) in
      let ranks = network.connectionsOfGroup[controller.index][group].map { connection -> [Int] in
        let leg = leg(of: network[network[connection].from].link)
        return [leg.rank, 0, turns.firstIndex(of: network[connection].turn) ?? 0]
      }
      let walks = network.crossingsOfGroup[controller.index][group].map { [leg(of: $0).rank, 1, 0] }
      let first = (ranks + walks).min { $0.lexicographicallyPrecedes($1) }
      return ((first ?? [Int.max, 0, 0]) + [group], group)
    }.sorted { $0.rank.lexicographicallyPrecedes($1.rank) }.map(\.group)
  }
}
