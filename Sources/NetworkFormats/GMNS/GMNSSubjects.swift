internal import TrafficModel

/// What the signal groups of a network are called in GMNS tables: rows of `movement.csv`, and links that are crosswalks.
struct GMNSSubjects {
  /// By controller and group.
  private(set) var movements: [[[String]]]
  private(set) var crosswalks: [[[String]]]

  private init(_ network: Network) {
    movements = network.controllers.map { $0.groups.map { _ in [] } }
    crosswalks = movements
  }

  /// In tables that are being written.
  init(_ network: Network, _ roads: GMNSWrittenRoads) {
    self.init(network)
    for (index, row) in roads.rows.enumerated() {
      guard let signal = network[row.connections[0]].signal else { continue }
      movements[signal.controller.index][signal.group].append(GMNSWrittenRoads.id(ofRow: index))
    }
    for (index, crossing) in network.crossings.enumerated() {
      guard let signal = crossing.signal else { continue }
      crosswalks[signal.controller.index][signal.group].append(roads.crosswalk(CrossingID(index)))
    }
  }

  /// In the folder that the network was read from; movements that none of its rows tells of have no name.
  init(_ network: Network, readFrom parts: GMNSParts) {
    self.init(network)
    for (controller, member) in parts.groups.members.enumerated() {
      for (index, group) in member.groups.enumerated() {
        movements[controller][index] = group.movements.map { parts.movements.all[$0].id }.filter {
          !$0.isEmpty
        }
        crosswalks[controller][index] = group.crosswalks.map { parts.roads.crosswalks[$0].id }
      }
    }
  }
}
