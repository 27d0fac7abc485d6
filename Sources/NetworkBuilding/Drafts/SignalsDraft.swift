public import TrafficModel

/// Stages, or phases in rings, and the plan in force, of a junction or a controller.
public struct SignalsDraft: Sendable {
  /// Where they are described; nil where nothing is said.
  public var place: TextPlace?
  /// In the order in which they run; nil where nothing is said, and a plan is assumed.
  public var stages: [StageDraft]?
  /// Phases in rings, instead of stages.
  public var rings: RingsDraft?
  /// What runs today; nil to assume a plan.
  public var plan: PlanDraft?
  /// Whether all are as they were meant.
  public var isSound = true

  /// Stages, each a list of what is green (`N.L`, `NS.TR`, `EW.P`), and the plan in force.
  public init(stages: [[String]]? = nil, plan: PlanDraft? = nil) {
    self.stages = stages?.map { StageDraft($0.map { Located($0) }) }
    self.plan = plan
  }
}

/// What is green together.
public struct StageDraft: Sendable {
  /// Legs, full stop, turns or P for pedestrians: `N.L`, `NS.TR`, `EW.P`; after the junction's name where several share
  /// the controller.
  public var items: [Located<String>]
  /// Where it is described.
  public var place: TextPlace

  /// What is green together.
  public init(_ items: [Located<String>], place: TextPlace = .code) {
    self.items = items
    self.place = place
  }
}

/// The phases of a ring-barrier controller.
public struct RingsDraft: Sendable {
  /// The kind of control of rings whose phases last as long as detectors ask for.
  public static let actuated = "actuated"
  /// A phase.
  public struct Phase: Sendable {
    /// Its number.
    public var number: Int
    /// What it serves, as in a stage.
    public var items: StageDraft
    /// What detectors may do with it; nil where none do.
    public var actuation: PhaseActuation?

    /// A phase.
    public init(number: Int, items: StageDraft, actuation: PhaseActuation? = nil) {
      self.number = number
      self.items = items
      self.actuation = actuation
    }
  }
  /// Each number once.
  public var phases: [Phase]
  /// By ring: numbers of the phases, with a bar at each barrier: `1 2 | 3 4`.
  public var order: [Located<String>]
  /// Where they are described.
  public var place: TextPlace

  /// The phases of a ring-barrier controller.
  public init(phases: [Phase], order: [Located<String>], place: TextPlace = .code) {
    self.phases = phases
    self.order = order
    self.place = place
  }
}

/// A plan of a controller.
public struct PlanDraft: Sendable {
  /// Where it is described.
  public var place: TextPlace
  /// s.
  public var offset: Double
  /// s; nil for what greens and changes add up to.
  public var cycle: Located<Double>?
  /// By stage, s.
  public var greens: [Located<Double>]
  /// Where they differ from the controller's.
  public var stages: [StageDraft]?
  /// Of a ring-barrier controller, s by number of the phase; nil where the plan is one of stages.
  public var splits: [(number: Located<Int>, seconds: Double)]?
  /// By ring, where it differs from the controller's.
  public var order: [Located<String>]?

  /// A plan of stages that are green for so many seconds each.
  public init(greens: [Double] = [], offset: Double = 0, place: TextPlace = .code) {
    self.greens = greens.map { Located($0) }
    self.offset = offset
    self.place = place
  }
}
