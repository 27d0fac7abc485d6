/// The position of an entity in its network's array; order is file order.
///
/// A phantom type keeps a link's identifier from being used as a lane's.
public struct Identifier<Entity>: Hashable, Comparable, Sendable {
  /// Zero-based position in the network's array of that entity.
  public let index: Int

  /// The identifier of the entity at `index`.
  public init(_ index: Int) { self.index = index }

  /// Earlier in the network's array.
  public static func < (left: Self, right: Self) -> Bool { left.index < right.index }
}

/// Identifies a junction of a network.
public typealias JunctionID = Identifier<Junction>
/// Identifies a directed road link of a network.
public typealias LinkID = Identifier<Link>
/// Identifies a lane of a network.
public typealias LaneID = Identifier<Lane>
/// Identifies a lane-to-lane connection of a network.
public typealias ConnectionID = Identifier<LaneConnection>
/// Identifies a link-to-link movement of a network.
public typealias MovementID = Identifier<Movement>
/// Identifies a pedestrian crossing of a network.
public typealias CrossingID = Identifier<PedestrianCrossing>
/// Identifies a signal controller of a network.
public typealias ControllerID = Identifier<SignalController>
