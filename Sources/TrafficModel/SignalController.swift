/// What a signal group controls.
public enum SignalGroupKind: Hashable, Sendable {
  case vehicle, pedestrian
}

/// Connections or crossings that always show the same signal, with the times that protect them.
public struct SignalGroup: Hashable, Sendable {
  /// The name in the input; unique in the controller.
  public var name: String
  /// What it controls.
  public var kind: SignalGroupKind
  /// Shortest green, s; for pedestrians the walk time.
  public var minimumGreen: Double
  /// Shortest protected green right before or after permissive green, s: an arrow that is gone before anybody starts helps
  /// nobody. 0 where there is no such rule.
  public var minimumProtectedGreen: Double
  /// Shortest yellow between green and red, s; 0 for pedestrians, whose clearance is in the intergreens.
  public var yellow: Double
  /// Whether every plan must give it a green.
  public var mustBeServed: Bool
  /// What plans may show beside green, yellow, red and red-and-yellow: turn on red, blinking or off, where the
  /// present programme has it.
  public var otherStates: Set<SignalState>

  /// A group.
  public init(
    name: String, kind: SignalGroupKind = .vehicle, minimumGreen: Double, minimumProtectedGreen: Double = 0,
    yellow: Double, mustBeServed: Bool = true, otherStates: Set<SignalState> = []
  ) {
    self.name = name
    self.kind = kind
    self.minimumGreen = minimumGreen
    self.minimumProtectedGreen = minimumProtectedGreen
    self.yellow = yellow
    self.mustBeServed = mustBeServed
    self.otherStates = otherStates
  }
}

/// What runs a controller today, beside the programme that stands for it in the existing plan.
public enum PresentControl: Hashable, Sendable {
  /// That programme, second by second.
  case fixedTime
  /// Something that responds to traffic, of the kind that the input names, and that the programme in the existing plan says
  /// how (`SignalProgram.actuation`).
  case actuated(kind: String)
  /// Something that responds to traffic, of the kind that the input names, in a way that is not played. The programme is its
  /// phases one after another, each as long as it usually lasts.
  case responding(kind: String)
  /// Something that was not understood, and why. The programme is a guess.
  case doubtful(reason: String)
}

extension PresentControl {
  /// Whether its programme in the existing plan is what runs.
  public var isPlayed: Bool {
    switch self {
    case .fixedTime, .actuated: true
    case .responding, .doubtful: false
    }
  }
}

/// A signal controller: its groups, and what keeps them safe.
public struct SignalController: Hashable, Sendable {
  /// The name in the input; unique in the network.
  public var name: String
  /// The groups; a programme's states are in this order.
  public var groups: [SignalGroup]
  /// `conflicts[a][b]`, groups × groups; `conflicts[b][a]` is its mirror image.
  public var conflicts: [[GroupConflict]]
  /// `intergreens[a][b]`, s: least time from the end of a's green to the start of b's, for conflicting
  /// pairs; 0 where they do not conflict.
  public var intergreens: [[Double]]
  /// `startsDuringYellow[a][b]`: whether b's green may begin while conflicting a still shows yellow, as
  /// the controller's present programme does.
  public var startsDuringYellow: [[Bool]]
  /// Shortest and longest cycle, s.
  public var cycleBounds: ClosedRange<Double>
  /// The rings of phases that it runs, where it is a ring-barrier controller: its programmes keep to them.
  public var rings: PhaseRings?
  /// Shortest stage of a programme without rings, s; 0 where there is no such rule.
  public var shortestStage: Double
  /// Greens of people on foot that its programmes keep.
  public var pedestrianStages: PedestrianStages
  /// What runs it today.
  public var presentControl: PresentControl

  /// A controller. The matrices are square in the number of groups.
  public init(
    name: String, groups: [SignalGroup], conflicts: [[GroupConflict]], intergreens: [[Double]],
    startsDuringYellow: [[Bool]]? = nil, cycleBounds: ClosedRange<Double> = 20...180,
    rings: PhaseRings? = nil, shortestStage: Double = 0,
    pedestrianStages: PedestrianStages = PedestrianStages(),
    presentControl: PresentControl = .fixedTime
  ) {
    self.name = name
    self.groups = groups
    self.conflicts = conflicts
    self.intergreens = intergreens
    let none = [Bool](repeating: false, count: groups.count)
    self.startsDuringYellow = startsDuringYellow ?? [[Bool]](repeating: none, count: groups.count)
    self.cycleBounds = cycleBounds
    self.rings = rings
    self.shortestStage = shortestStage
    self.pedestrianStages = pedestrianStages
    self.presentControl = presentControl
  }
}

extension Network {
  /// The controllers that run something else today than their programme in the existing plan, which is then not what runs.
  public var controllersNotPlayed: [ControllerID] {
    controllers.indices.filter { !controllers[$0].presentControl.isPlayed }.map { ControllerID($0) }
  }

  /// The controllers whose present control was not understood: nobody can say what a new plan would replace.
  public var doubtfulControllers: Set<ControllerID> {
    Set(
      controllers.indices.filter {
        if case .doubtful = controllers[$0].presentControl { true } else { false }
      }.map { ControllerID($0) })
  }
}
