public import TrafficModel

extension Network {
  /// The same network with other parts where they are given.
  public func replacing(
    links: [Link]? = nil, lanes: [Lane]? = nil, connections: [LaneConnection]? = nil,
    conflicts: [[ConnectionConflict]]? = nil, crossings: [PedestrianCrossing]? = nil,
    controllers: [SignalController]? = nil
  ) throws(InvalidNetwork) -> Network {
    try Network(
      junctions: junctions, links: links ?? self.links, lanes: lanes ?? self.lanes,
      connections: connections ?? self.connections, conflicts: conflicts ?? self.conflicts,
      crossings: crossings ?? self.crossings, controllers: controllers ?? self.controllers, side: side)
  }
}
