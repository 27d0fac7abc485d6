/// Which way a movement turns at its junction.
public enum Turn: String, Hashable, Sendable, CaseIterable {
  case uTurn, left, through, right
}

/// The signal group that controls a connection or a crossing.
public struct SignalGroupReference: Hashable, Sendable {
  /// The controller.
  public var controller: ControllerID
  /// The group's position in the controller's groups.
  public var group: Int

  /// A reference to a group of a controller.
  public init(controller: ControllerID, group: Int) {
    self.controller = controller
    self.group = group
  }
}

/// A way through a junction from one lane to one lane.
public struct LaneConnection: Hashable, Sendable {
  /// The lane whose stop line it leaves.
  public var from: LaneID
  /// The lane it enters.
  public var to: LaneID
  /// Which way it turns.
  public var turn: Turn
  /// Metres from the stop line to the lane entered.
  public var length: Double
  /// Speed on the way through the junction, m/s; turns are slower than the links.
  public var speed: Double
  /// Metres beyond the stop line where a vehicle that must yield waits inside the junction; nil where it waits
  /// at the stop line.
  public var waitingPosition: Double?
  /// Metres beyond the stop line within which its traffic is in the way of vehicles that leave the same lane for
  /// other connections; nil where nobody measured.
  public var partingPosition: Double?
  /// The signal that controls it; nil where no signal does.
  public var signal: SignalGroupReference?
  /// Vehicles per second that cross the stop line from a standing queue under full green, unopposed.
  public var saturationFlow: Double
  /// Whether the input gives that saturation flow; false where it is the usual one, or follows from how vehicles drive.
  public var isSaturationFlowGiven: Bool
  /// Seconds of displayed green lost while the queue starts; negative when more than saturation flow
  /// crosses at first. Effective green = displayed green + yellow used − start-up lost time.
  public var startUpLostTime: Double
  /// Seconds of yellow that traffic uses as if it were green.
  public var yellowUsed: Double

  /// A connection.
  public init(
    from: LaneID, to: LaneID, turn: Turn, length: Double, speed: Double, waitingPosition: Double? = nil,
    partingPosition: Double? = nil, signal: SignalGroupReference? = nil, saturationFlow: Double,
    isSaturationFlowGiven: Bool = false, startUpLostTime: Double, yellowUsed: Double
  ) {
    self.from = from
    self.to = to
    self.turn = turn
    self.length = length
    self.speed = speed
    self.waitingPosition = waitingPosition
    self.partingPosition = partingPosition
    self.signal = signal
    self.saturationFlow = saturationFlow
    self.isSaturationFlowGiven = isSaturationFlowGiven
    self.startUpLostTime = startUpLostTime
    self.yellowUsed = yellowUsed
  }
}

/// That the paths of two connections of a junction cross or merge.
public struct ConnectionConflict: Hashable, Sendable {
  /// The other connection.
  public var other: ConnectionID
  /// Whether traffic on this connection waits for a gap in the other's, where no signal separates them.
  public var yields: Bool
  /// Whether traffic of this connection that waits inside the junction lets those of the other go first that still come
  /// up to it, or wait inside themselves; it always waits for those who are in its way. Only where it yields.
  public var isAwaited: Bool
  /// Where the paths first meet, m along this connection from its stop line; nil where nobody measured, which is
  /// taken as the middle.
  public var meeting: Double?
  /// Metres of this connection on which a vehicle is in the other's way, half of them on either side of `meeting`:
  /// more where the paths cross at a small angle. 0 where they only come close: one yields, but nobody need stop
  /// before the other. Nil where nobody measured, which is taken as a lane's width.
  public var extent: Double?

  /// A conflict with `other`.
  ///
  /// - Parameter isAwaited: as `yields` where nobody says otherwise.
  public init(
    other: ConnectionID, yields: Bool, isAwaited: Bool? = nil, meeting: Double? = nil, extent: Double? = nil
  ) {
    self.other = other
    self.yields = yields
    self.isAwaited = isAwaited ?? yields
    self.meeting = meeting
    self.extent = extent
  }
}

/// All connections from one link to one link: what a turning count counts.
public struct Movement: Hashable, Sendable {
  /// The junction it passes.
  public var junction: JunctionID
  /// The link it comes from.
  public var from: LinkID
  /// The link it goes to.
  public var to: LinkID
  /// Which way it turns.
  public var turn: Turn
  /// Its lane-to-lane connections, in order of the lanes left.
  public var connections: [ConnectionID]
}

/// A place where pedestrians cross links at a junction.
public struct PedestrianCrossing: Hashable, Sendable {
  /// The name in the input.
  public var name: String
  /// The junction.
  public var junction: JunctionID
  /// Kerb to kerb, m.
  public var length: Double
  /// Walking speed that the clearance is reckoned with, m/s.
  public var walkingSpeed: Double
  /// The signal that controls it; nil where no signal does.
  public var signal: SignalGroupReference?
  /// The connections whose paths cross it.
  public var crossedConnections: [ConnectionID]

  /// A crossing.
  public init(
    name: String, junction: JunctionID, length: Double, walkingSpeed: Double,
    signal: SignalGroupReference?, crossedConnections: [ConnectionID]
  ) {
    self.name = name
    self.junction = junction
    self.length = length
    self.walkingSpeed = walkingSpeed
    self.signal = signal
    self.crossedConnections = crossedConnections
  }

  /// Seconds that a pedestrian who has just stepped off needs to reach the other kerb: length / speed.
  public var clearanceTime: Double { length / walkingSpeed }
}
