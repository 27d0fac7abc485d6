public import TrafficModel

/// Roads of which is known which lane leads to which, and when signals are green, but not how the ways meet.
///
/// Who crosses whom and who yields follows from where the legs of a junction lie.
public struct ConnectedRoads: Sendable {
  /// The ways of all lanes from one link to another.
  public struct Turn: Sendable {
    /// The link that comes in.
    public var from: LinkID
    /// The link that goes out.
    public var to: LinkID
    /// Which way it turns.
    public var turn: TrafficModel.Turn
    /// From the kerb.
    public var paths: [JunctionTurn.LanePath]

    /// The ways of all lanes from one link to another.
    public init(from: LinkID, to: LinkID, turn: TrafficModel.Turn, paths: [JunctionTurn.LanePath]) {
      self.from = from
      self.to = to
      self.turn = turn
      self.paths = paths
    }
  }
  /// Those without signals have priority roads, or no control where traffic comes by one leg alone.
  public private(set) var junctions: [Junction]
  /// The links.
  public let links: [Link]
  /// By link, from the kerb.
  public let lanes: [Lane]
  /// By junction.
  public private(set) var turns: [[JunctionTurn]]
  /// Those that were added.
  public private(set) var controllers: [SignalController] = []

  private var junctionsOfController: [ControllerID: [Int]] = [:]

  /// - Parameters:
  ///   - junctions: those with signals have their controller, all others are worked out.
  ///   - turns: each between links that meet at a junction; of several with the same ends, one is made.
  public init(junctions: [Junction], links: [Link], lanes: [Lane], turns given: [Turn]) {
    self.junctions = junctions
    self.links = links
    self.lanes = lanes
    let legs = JunctionLegs(links: links, junctions: junctions, given: links.map { _ in (nil, nil) })
    turns = junctions.map { _ in [] }
    var place: [[LinkID]: Int] = [:]
    for turn in given {
      let junction = links[turn.from.index].to.index
      if let known = place[[turn.from, turn.to]] {
        turns[junction][known].paths += turn.paths
        continue
      }
      place[[turn.from, turn.to]] = turns[junction].count
      turns[junction].append(
        JunctionTurn(
          from: LegID(junction: junction, leg: legs.ofEnd[turn.from.index]),
          to: legs.ofBegin[turn.to.index], turn: turn.turn, fromLink: turn.from, toLink: turn.to,
          isPermissive: true, paths: turn.paths))
    }
    for (junction, turns) in turns.enumerated() {
      for controller in Set(turns.flatMap { $0.paths.compactMap(\.signal?.controller) }) {
        junctionsOfController[controller, default: []].append(junction)
      }
    }
    for index in junctions.indices where !junctions[index].isSignalled {
      let isFree = Set(turns[index].map(\.from)).count < 2
      self.junctions[index].control = isFree ? .uncontrolled : .priority
    }
  }

  /// Adds the controller that the next `ControllerID` names, of the paths with its signals.
  ///
  /// - Parameter presentControl: what runs, where the programmes only stand for it.
  /// - Returns: what it shows by each of its programmes, and where these fall short of what is usual.
  public mutating func add(
    _ controller: GreenController, presentControl: PresentControl = .fixedTime
  ) -> (programs: [SignalProgram], accepted: AcceptedShortfalls) {
    let id = ControllerID(controllers.count)
    let mine = junctionsOfController[id] ?? []
    // Left turns that are never green together with what they would wait for need not wait.
    let waiting = ways(of: id, controller, at: mine).waitingLeftTurns(together: controller.areTogether)
    for junction in mine {
      for index in turns[junction].indices where turns[junction][index].turn == .left {
        let turn = turns[junction][index]
        guard turn.paths.contains(where: { $0.signal?.controller == id }) else { continue }
        if !waiting.contains([turn.fromLink, turn.toLink]) { turns[junction][index].isPermissive = false }
      }
    }
    let built = controller.build(id, conflicts: ways(of: id, controller, at: mine).conflicts)
    controllers.append(built.controller)
    controllers[id.index].presentControl = presentControl
    return (built.programs, built.accepted)
  }

  private func ways(of id: ControllerID, _ controller: GreenController, at mine: [Int]) -> ControlledWays {
    ControlledWays(
      of: id, groups: controller.groupNames.count, turns: mine.lazy.flatMap { turns[$0] }, crossings: [])
  }

  /// The network.
  ///
  /// - Throws: what does not fit.
  public func network() throws(InvalidNetwork) -> Network {
    let first = lanes.firstOfLinks(links.count)
    let rules = junctions.indices.map { index -> RightOfWayRule in
      if junctions[index].isSignalled { return .signals }
      return .widestFirst(turns[index], links: links) { lanes.of($0, first: first).count }
    }
    let paths = JunctionPaths(links: links, lanes: lanes, turns: turns, rules: rules, crossings: [])
    return try Network(
      junctions: junctions, links: links, lanes: lanes, connections: paths.connections,
      conflicts: paths.conflicts, controllers: controllers)
  }
}

extension ConnectedRoads {
  /// The link that a connection of the network leaves.
  public func link(of connection: ConnectionID) -> LinkID {
    let from = turns.joined().lazy.flatMap { turn in turn.paths.map { _ in turn.fromLink } }
    return from.dropFirst(connection.index).first ?? LinkID(0)
  }
}

extension Junction {
  /// Whether signals control it.
  public var isSignalled: Bool { if case .signalled = control { true } else { false } }
}
