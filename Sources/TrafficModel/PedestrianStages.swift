/// Greens of a controller that mean something to people on foot, and that no plan for it may give up.
public struct PedestrianStages: Hashable, Sendable {
  /// A leading pedestrian interval: people are on their way before vehicles that yield to them may turn.
  public struct Lead: Hashable, Sendable {
    /// Position of the pedestrians' group.
    public var pedestrians: Int
    /// Position of the group of vehicles that yield to them.
    public var vehicles: Int
    /// How much earlier the pedestrians' green begins, s.
    public var seconds: Double

    /// A lead.
    public init(pedestrians: Int, vehicles: Int, seconds: Double) {
      self.pedestrians = pedestrians
      self.vehicles = vehicles
      self.seconds = seconds
    }
  }
  /// Stages in which people walk and no vehicle may go: what every group shows.
  public var exclusive: Set<[SignalState]>
  /// Leading pedestrian intervals.
  public var leads: [Lead]

  /// None of either, unless said otherwise.
  public init(exclusive: Set<[SignalState]> = [], leads: [Lead] = []) {
    self.exclusive = exclusive
    self.leads = leads
  }

  /// Longer leads are stages of their own, s.
  private static let longestLead = 10.0

  /// Those that a programme shows.
  public init(of program: SignalProgram, _ controller: SignalController) {
    let groups = controller.groups.indices
    let (walking, driving) = (
      groups.filter { controller.groups[$0].kind == .pedestrian },
      groups.filter { controller.groups[$0].kind == .vehicle }
    )
    let count = program.intervals.count
    self.init()
    for walker in walking {
      for run in program.runs(ofGroup: walker, where: \.isGreen) where run.count < count {
        let rows = (0..<run.count).map { (run.first + $0) % count }
        let isAlone = rows.allSatisfy { row in
          driving.allSatisfy { !program.intervals[row].states[$0].isGreen }
        }
        if isAlone { exclusive.formUnion(rows.map { program.intervals[$0].states }) }
        for vehicles in driving where controller.conflicts[vehicles][walker].makesRowYield {
          guard let lead = program.lead(of: walker, run, before: vehicles), lead > 0, lead <= Self.longestLead
          else { continue }
          leads.append(Lead(pedestrians: walker, vehicles: vehicles, seconds: lead))
        }
      }
    }
    // A row in which some walk alone and others walk on beside traffic belongs to both.
    exclusive = exclusive.filter { states in driving.allSatisfy { !states[$0].isGreen } }
  }
}

extension SignalProgram {
  /// Seconds from the begin of one group's green to that of another within it; nil where the other does not begin there,
  /// 0 where it is green before.
  func lead(of walker: Int, _ run: IntervalRun, before vehicles: Int) -> Double? {
    let count = intervals.count
    guard
      let first = (0..<run.count).first(where: {
        intervals[(run.first + $0) % count].states[vehicles].isGreen
      })
    else { return nil }
    return duration(of: IntervalRun(first: run.first, count: first))
  }
}
