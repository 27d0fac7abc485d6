public import TrafficModel

/// Roads, signals and traffic as somebody describes them, before names are looked up; SI units.
///
/// Network files in Greenwave's own format are read into a draft, and programs make one of their own; `scenario()` turns it
/// into a checked network with its periods (Documentation/NetworkBuilding.md).
public struct NetworkDraft: Sendable {
  /// The network's name.
  public var name: String
  /// What holds for junctions and approaches that say nothing else.
  public var defaults: DraftSettings
  /// The side of the road that traffic keeps to.
  public var side: TrafficSide { defaults.side }
  /// The junctions; each has a name of its own.
  public var junctions: [JunctionDraft]
  /// The roads between them.
  public var roads: [RoadDraft]
  /// Controllers that several junctions share.
  public var controllers: [ControllerDraft] = []
  /// Peaks with their traffic.
  public var periods: [PeriodDraft]
  /// Whole days, told as multiples of the periods' flows.
  public var days: [PeriodDraft] = []

  /// A draft.
  ///
  /// - Parameter side: the side of the road that traffic keeps to; settings of junctions and approaches are made for it, too.
  public init(
    _ name: String = "", side: TrafficSide = .right, junctions: [JunctionDraft] = [],
    roads: [RoadDraft] = [], periods: [PeriodDraft] = []
  ) {
    self.name = name
    defaults = DraftSettings(side: side)
    self.junctions = junctions
    self.roads = roads
    self.periods = periods
  }
}

/// How turns across opposing traffic meet it: left turns where traffic keeps to the right, right turns where it keeps to
/// the left, and U-turns.
public enum TurnsAcross: String, CaseIterable, Sendable {
  /// Never green together with opposing traffic or with pedestrians in their way.
  case protected
  /// They wait for gaps in opposing traffic that is green with them.
  case permissive
}

/// Whether turns along the kerb have signals: right turns where traffic keeps to the right, left turns where it keeps to
/// the left.
public enum TurnsAside: String, CaseIterable, Sendable {
  /// They have.
  case signal
  /// They may always go, and yield.
  case free
}

/// Values that are stated once and overridden where they differ.
public struct DraftSettings: Sendable {
  /// The side of the road that traffic keeps to.
  public let side: TrafficSide
  /// m/s.
  public var speed = UsualFigures.speed
  /// Of approaches without a road, m.
  public var length = UsualFigures.approachLength
  /// veh/s and lane, by turn.
  public var saturationFlow: [Turn: Double]
  /// Turns whose saturation flow somebody gave; the others' are the usual ones.
  public var givenSaturationFlows: Set<Turn> = []
  /// What only capacity worksheets ask for.
  public var conditions = CapacityConditions()
  /// s of green lost while a queue starts.
  public var startUpLostTime = UsualFigures.startUpLostTime
  /// s of yellow used as if they were green.
  public var yellowUsed = UsualFigures.yellowUsed
  /// s.
  public var yellow = UsualFigures.yellow
  /// s.
  public var allRed = UsualFigures.allRed
  /// Of vehicles, s.
  public var minimumGreen = UsualFigures.minimumGreen
  /// Shortest green of pedestrians, s.
  public var walk = UsualFigures.walk
  /// m/s.
  public var walkingSpeed = UsualFigures.walkingSpeed
  /// s.
  public var cycleRange = UsualFigures.cycleRange
  /// Whether turns across opposing traffic wait for gaps in it.
  public var turnsAcross = TurnsAcross.protected
  /// Whether turns along the kerb have signals.
  public var turnsAside = TurnsAside.signal

  /// What holds where nobody says anything.
  public init(side: TrafficSide = .right) {
    self.side = side
    let flows = UsualFigures.saturationFlow.map { (side.equivalent(of: $0.key), $0.value) }
    saturationFlow = Dictionary(uniqueKeysWithValues: flows)
  }

  /// What the stop line of a turn lets through.
  func discharge(of turn: Turn) -> Discharge {
    Discharge(
      saturationFlow: saturationFlow[turn] ?? UsualFigures.throughFlow,
      isGiven: givenSaturationFlows.contains(turn), startUpLostTime: startUpLostTime, yellowUsed: yellowUsed)
  }
}

/// A junction.
public struct JunctionDraft: Sendable {
  /// Its name.
  public var name: Located<String>
  /// Where it lies; nil to place it by the roads.
  public var position: Point?
  /// How right of way is decided.
  public var control = RightOfWayRule.signals
  /// The controller it shares with others; nil where it has its own.
  public var controller: Located<String>?
  /// Where they differ from the network's.
  public var settings = DraftSettings()
  /// One for each leg.
  public var approaches: [ApproachDraft]
  /// Whether all approaches are as they were meant; what follows from one that could not be read is no error of its own.
  public var isSound = true
  /// Of its own controller.
  public var signals: SignalsDraft

  /// A junction.
  public init(
    _ name: Located<String>, at position: Point? = nil, approaches: [ApproachDraft] = [],
    signals: SignalsDraft = SignalsDraft()
  ) {
    self.name = name
    self.position = position
    self.approaches = approaches
    self.signals = signals
  }

  func approach(_ leg: Compass) -> ApproachDraft? { approaches.first { $0.leg == leg } }
}

/// A leg of a junction, with the traffic that comes by it.
public struct ApproachDraft: Sendable {
  /// Where it lies.
  public var leg: Compass
  /// Where it is described.
  public var place: TextPlace
  /// From the left, as the driver sees them; empty where traffic only leaves.
  public var lanes: [LaneDraft]
  /// Lanes that lead away to the outside; nil for as many full-length ones as come in.
  public var exitLanes: Located<Int>?
  /// Of an approach without a road, m.
  public var length: Located<Double>?
  /// The name of its street.
  public var street: String?
  /// Length of the pedestrian crossing over this leg, m; nil where there is none.
  public var crossing: Double?
  /// Longest queue that is put up with, veh; nil where the road's holds.
  public var queueLimit: Double?
  /// Legs that turns lead to, where they are not the ones that the compass suggests.
  public var targets: [(turn: Turn, leg: Located<Compass>)] = []
  /// Where they differ from the junction's.
  public var settings: DraftSettings

  /// An approach.
  public init(
    _ leg: Compass, lanes: [LaneDraft] = [], crossing: Double? = nil,
    settings: DraftSettings = DraftSettings(),
    place: TextPlace = .code
  ) {
    self.leg = leg
    self.lanes = lanes
    self.crossing = crossing
    self.settings = settings
    self.place = place
  }
}

/// A lane of an approach.
public struct LaneDraft: Sendable {
  /// What may be driven from it.
  public var turns: [Turn]
  /// Length of a turn pocket, m; nil for a lane of full length.
  public var length: Double?
  /// Where it is described.
  public var place: TextPlace

  /// A lane.
  public init(_ turns: [Turn], pocket length: Double? = nil, place: TextPlace = .code) {
    self.turns = turns
    self.length = length
    self.place = place
  }
}

/// A road between two junctions, in both directions.
public struct RoadDraft: Sendable {
  /// Two legs: `JUNCTION.LEG`.
  public var ends: [Located<String>]
  /// m.
  public var length: Double
  /// m/s; nil where the approaches' own speeds hold.
  public var speed: Double?
  /// The name of its street.
  public var street: String
  /// Longest queue that is put up with in each direction, veh.
  public var queueLimit: Double?

  /// A road between two legs, each written `JUNCTION.LEG`.
  public init(_ ends: [Located<String>], length: Double, speed: Double? = nil, street: String = "") {
    self.ends = ends
    self.length = length
    self.speed = speed
    self.street = street
  }
}

/// A controller that several junctions share.
public struct ControllerDraft: Sendable {
  /// Its name.
  public var name: Located<String>
  /// s; nil where the network's holds.
  public var cycleRange: ClosedRange<Double>?
  /// Its stages and its plan.
  public var signals: SignalsDraft

  /// A controller that several junctions share.
  public init(_ name: Located<String>, cycleRange: ClosedRange<Double>? = nil, signals: SignalsDraft) {
    self.name = name
    self.cycleRange = cycleRange
    self.signals = signals
  }
}
