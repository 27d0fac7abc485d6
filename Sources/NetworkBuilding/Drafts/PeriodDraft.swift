public import TrafficModel

/// A peak with its traffic, or a day.
public struct PeriodDraft: Sendable {
  /// Its name.
  public var name: Located<String>
  /// Absolute, s.
  public var begin: Double
  /// Absolute, s.
  public var end: Double
  /// Length of the slices of flows that are given by slice, s.
  public var slice = 900.0
  /// What turns at junctions, and who crosses.
  public var counts: [CountDraft] = []
  /// What drives from one leg to another.
  public var routes: [RouteDraft] = []
  /// Plans that run in this period alone, by controller.
  public var plans: [(name: Located<String>, plan: PlanDraft)] = []
  /// Of a day: multiples of periods' mean flows.
  public var profile: [(period: Located<String>, factors: FactorsDraft)] = []

  /// A period.
  public init(_ name: Located<String>, begin: Double = 0, end: Double = Quantities.secondsPerHour) {
    self.name = name
    self.begin = begin
    self.end = end
  }

  /// Adds the counts of an approach, in veh/h and persons/h.
  public mutating func count(
    _ junction: String, _ leg: Compass, vehiclesPerHour: KeyValuePairs<Turn, Double>,
    pedestriansPerHour: Double? = nil
  ) {
    let vehicles = vehiclesPerHour.map { (letter: String($0.key.letter), flow: $0.value) }
    let pedestrians = pedestriansPerHour.map { [(letter: "P", flow: $0)] } ?? []
    counts += (vehicles + pedestrians).map { letter, flow in
      CountDraft(
        junction: Located(junction), leg: Located(leg.name), turn: Located(letter),
        flow: .rate(Quantities.perSecond(vehiclesPerHour: flow)))
    }
  }
}

/// A flow: one number, or one for each slice.
public enum FlowDraft: Sendable {
  /// Vehicles (or pedestrians) per second.
  case rate(Double)
  /// The same for each slice of the period.
  case perSlice([Double], TextPlace)
}

/// A count of a turn, or of a crossing.
public struct CountDraft: Sendable {
  /// The junction's name.
  public var junction: Located<String>
  /// The leg's letters.
  public var leg: Located<String>
  /// A turn's letter, or P for pedestrians.
  public var turn: Located<String>
  /// How much.
  public var flow: FlowDraft

  /// A count.
  public init(junction: Located<String>, leg: Located<String>, turn: Located<String>, flow: FlowDraft) {
    self.junction = junction
    self.leg = leg
    self.turn = turn
    self.flow = flow
  }
}

/// Traffic on a route.
public struct RouteDraft: Sendable {
  /// From a leg, through approaches, to a leg: each `JUNCTION.LEG`.
  public var stops: [Located<String>]
  /// How much.
  public var flow: FlowDraft
  /// Where it is described.
  public var place: TextPlace

  /// Traffic on a route.
  public init(stops: [Located<String>], flow: FlowDraft, place: TextPlace = .code) {
    self.stops = stops
    self.flow = flow
    self.place = place
  }
}

/// Multiples of a period's mean flows through a day.
public struct FactorsDraft: Sendable {
  /// One for each slice, or one for all.
  public var values: [Double]
  /// Whether there is one for each slice.
  public var isPerSlice: Bool
  /// Where they are described.
  public var place: TextPlace

  /// Multiples of a period's mean flows.
  public init(values: [Double], isPerSlice: Bool, place: TextPlace = .code) {
    self.values = values
    self.isPerSlice = isPerSlice
    self.place = place
  }
}
