internal import NetworkBuilding
internal import TrafficModel

/// What a native network file says, in SI units, before names are looked up.
struct NativeFile {
  var name = ""
  var defaults = NativeSettings()
  var junctions: [NativeJunction] = []
  var roads: [NativeRoad] = []
  var controllers: [NativeController] = []
  var periods: [NativePeriod] = []
  var days: [NativePeriod] = []
}

/// How left turns (and U-turns) meet opposing traffic.
enum LeftTurns: String, CaseIterable, Sendable {
  /// Never green together with opposing traffic or with pedestrians in their way.
  case protected
  /// They wait for gaps in opposing traffic that is green with them.
  case permissive
}

/// Whether right turns have signals.
enum RightTurns: String, CaseIterable, Sendable {
  case signal
  /// They may always go, and yield.
  case free
}

/// Values that are stated once and overridden where they differ.
struct NativeSettings: Sendable {
  /// m/s.
  var speed = UsualFigures.speed
  /// Of approaches without a road, m.
  var length = UsualFigures.approachLength
  /// veh/s and lane, by turn.
  var saturationFlow = UsualFigures.saturationFlow
  /// s.
  var startUpLostTime = UsualFigures.startUpLostTime
  var yellowUsed = UsualFigures.yellowUsed
  var yellow = UsualFigures.yellow
  var allRed = UsualFigures.allRed
  var minimumGreen = UsualFigures.minimumGreen
  var walk = UsualFigures.walk
  /// m/s.
  var walkingSpeed = UsualFigures.walkingSpeed
  /// s.
  var cycleRange = UsualFigures.cycleRange
  var leftTurns = LeftTurns.protected
  var rightTurns = RightTurns.signal

  /// What the stop line of a turn lets through.
  func discharge(of turn: Turn) -> Discharge {
    Discharge(
      saturationFlow: saturationFlow[turn] ?? UsualFigures.throughFlow, startUpLostTime: startUpLostTime,
      yellowUsed: yellowUsed)
  }
}

struct NativeJunction {
  var name: Located<String>
  var position: Point?
  var control = RightOfWayRule.signals
  /// The controller it shares with others; nil where it has its own.
  var controller: Located<String>?
  var settings = NativeSettings()
  var approaches: [NativeApproach] = []
  /// Whether all approaches could be read; what follows from one that could not is no error of its own.
  var isSound = false
  /// Of its own controller.
  var signals = NativeSignals()

  func approach(_ leg: Compass) -> NativeApproach? { approaches.first { $0.leg == leg } }
}

struct NativeApproach {
  var leg: Compass
  var place: TextPlace
  /// From the left, as the driver sees them; empty where traffic only leaves.
  var lanes: [NativeLane] = []
  /// Lanes that lead away to the outside; nil where the file does not say.
  var exitLanes: Located<Int>?
  /// m.
  var length: Located<Double>?
  var street: String?
  /// Length of the pedestrian crossing over this leg, m.
  var crossing: Double?
  /// veh; nil where the road's holds.
  var queueLimit: Double?
  /// Legs that turns lead to, where they are not the ones that the compass suggests.
  var targets: [(turn: Turn, leg: Located<Compass>)] = []
  var settings = NativeSettings()
}

struct NativeLane: Sendable {
  var turns: [Turn]
  /// Of a turn pocket, m; nil for a lane of full length.
  var length: Double?
  var place: TextPlace
}

struct NativeRoad {
  /// `JUNCTION.LEG`.
  var ends: [Located<String>]
  /// m.
  var length: Double
  /// m/s; nil where the approaches' own speeds hold.
  var speed: Double?
  var street: String
  /// Of each direction, veh.
  var queueLimit: Double?
}

/// Stages and the plan in force, of a junction or a controller.
struct NativeSignals: Sendable {
  var place: TextPlace?
  var stages: [NativeStage]?
  /// Phases in rings, instead of stages.
  var rings: NativeRings?
  var plan: NativePlan?
  /// Whether both could be read.
  var isSound = true
}

struct NativeStage: Sendable {
  var items: [Located<String>]
  var place: TextPlace
}

struct NativePlan: Sendable {
  var place: TextPlace
  /// s.
  var offset = 0.0
  var cycle: Located<Double>?
  var greens: [Located<Double>] = []
  /// Where they differ from the junction's.
  var stages: [NativeStage]?
  /// Of a ring-barrier controller, s by number of the phase; nil where the plan is one of stages.
  var splits: [(number: Located<Int>, seconds: Double)]?
  /// By ring, where it differs from the junction's.
  var order: [Located<String>]?
}

struct NativeController {
  var name: Located<String>
  var cycleRange: ClosedRange<Double>?
  var signals: NativeSignals
}

/// A number per hour, or one for each slice.
enum NativeFlow: Sendable {
  /// Vehicles (or pedestrians) per second.
  case rate(Double)
  case perSlice([Double], TextPlace)
}

struct NativeCount {
  var junction: Located<String>
  var leg: Located<String>
  /// A turn's letter, or P for pedestrians.
  var turn: Located<String>
  var flow: NativeFlow
}

struct NativeRoute {
  /// From a leg, through approaches, to a leg: each `JUNCTION.LEG`.
  var stops: [Located<String>]
  var flow: NativeFlow
  var place: TextPlace
}

struct NativePeriod {
  var name: Located<String>
  /// Absolute, s.
  var begin = 0.0
  var end = 3600.0
  /// s.
  var slice = 900.0
  var counts: [NativeCount] = []
  var routes: [NativeRoute] = []
  var plans: [(name: Located<String>, plan: NativePlan)] = []
  /// Of a day: multiples of periods' mean flows.
  var profile: [(period: Located<String>, factors: NativeFactors)] = []
}

/// Multiples of a period's mean flows through a day.
struct NativeFactors: Sendable {
  /// One for each slice, or one for all.
  var values: [Double]
  var isPerSlice: Bool
  var place: TextPlace
}
