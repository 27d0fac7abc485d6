/// A point of the plane; metres, x east, y north.
public struct Point: Hashable, Sendable {
  /// Metres east of the network's origin.
  public var x: Double
  /// Metres north of the network's origin.
  public var y: Double

  /// A point at (`x`, `y`) metres.
  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}

/// How right of way is decided at a junction.
public enum JunctionControl: Hashable, Sendable {
  /// Signals of the given controller; one controller may serve several junctions.
  case signalled(ControllerID)
  /// Minor links yield to major ones, as the connections' conflicts say.
  case priority
  /// Vehicles yield to the ones from the right, as the connections' conflicts say.
  case rightBeforeLeft
  /// Every vehicle stops, then goes first come first served.
  case allWayStop
  /// Nothing conflicts: a bend, a lane drop, or the network's edge.
  case uncontrolled
}

/// A node of the network, where links begin and end.
public struct Junction: Hashable, Sendable {
  /// The name in the input; unique in the network.
  public var name: String
  /// Where it lies, m.
  public var position: Point
  /// How right of way is decided.
  public var control: JunctionControl

  /// A junction.
  public init(name: String, position: Point, control: JunctionControl) {
    self.name = name
    self.position = position
    self.control = control
  }
}

/// A directed stretch of road between two junctions.
public struct Link: Hashable, Sendable {
  /// The name in the input; unique in the network.
  public var name: String
  /// The street's name where the input has one; empty otherwise.
  public var street: String
  /// The junction where traffic enters.
  public var from: JunctionID
  /// The junction with the stop line.
  public var to: JunctionID
  /// Metres from entry to stop line.
  public var length: Double
  /// Free-flow speed, m/s.
  public var speed: Double
  /// Where the road runs: from entry to stop line, at least two points, m; empty when unknown.
  public var shape: [Point]
  /// The most vehicles that shall queue here, all lanes together: at an old-town gate, on a bridge; nil where nobody
  /// set a limit.
  public var queueLimit: Double?
  /// What a survey sheet tells of the approach that the link is, beyond what plans need.
  public var conditions: CapacityConditions

  /// A link; its lanes are given to the network beside it.
  public init(
    name: String, street: String = "", from: JunctionID, to: JunctionID, length: Double, speed: Double,
    shape: [Point] = [], queueLimit: Double? = nil, conditions: CapacityConditions = CapacityConditions()
  ) {
    self.name = name
    self.street = street
    self.from = from
    self.to = to
    self.length = length
    self.speed = speed
    self.shape = shape
    self.queueLimit = queueLimit
    self.conditions = conditions
  }

  /// Seconds to run the empty link at free-flow speed.
  public var freeFlowTime: Double { length / speed }
}

/// One lane of a link that motor vehicles may use.
public struct Lane: Hashable, Sendable {
  /// The link it belongs to.
  public var link: LinkID
  /// Position on the link: 0 is the lane at the kerb (rightmost in right-hand traffic).
  public var position: Int
  /// The lane's number in the input, where lanes closed to motor vehicles count too.
  public var sourceIndex: Int
  /// Metres open to queueing: the link's length, or less for a turn pocket.
  public var length: Double
  /// Free-flow speed, m/s.
  public var speed: Double

  /// A lane.
  public init(link: LinkID, position: Int, sourceIndex: Int, length: Double, speed: Double) {
    self.link = link
    self.position = position
    self.sourceIndex = sourceIndex
    self.length = length
    self.speed = speed
  }
}
