/// A signal timing plan: for each controller of the network, the programme it runs.
public struct TimingPlan: Hashable, Sendable {
  /// The plan's name, e.g. `am-peak`.
  public var name: String
  /// By controller index: the programme, or nil where the plan leaves the controller as it is.
  public var programs: [SignalProgram?]

  /// A plan; `programs` holds one entry for each controller of the network.
  public init(name: String, programs: [SignalProgram?]) {
    self.name = name
    self.programs = programs
  }

  /// The programme of a controller.
  public subscript(controller: ControllerID) -> SignalProgram? {
    get { programs[controller.index] }
    set { programs[controller.index] = newValue }
  }

  /// The controllers that respond to traffic under it.
  public var responding: Set<ControllerID> {
    Set(programs.compactMap { $0?.actuation == nil ? nil : $0?.controller })
  }

  /// This plan where it has a programme, `other` elsewhere.
  public func completed(from other: TimingPlan) -> TimingPlan {
    TimingPlan(name: name, programs: zip(programs, other.programs).map { $0 ?? $1 })
  }
}
