/// A time of day with its own demand and the plan that runs in it now.
public struct Period: Hashable, Sendable {
  /// The name, e.g. `am-peak`.
  public var name: String
  /// Who wants to travel.
  public var demand: Demand
  /// The plan in force; complete: a programme for each controller.
  public var existingPlan: TimingPlan

  /// A period.
  public init(name: String, demand: Demand, existingPlan: TimingPlan) {
    self.name = name
    self.demand = demand
    self.existingPlan = existingPlan
  }
}

/// Everything an input describes: the network and its periods.
public struct Scenario: Sendable {
  /// The name, from the input.
  public var name: String
  /// Roads and signals.
  public var network: Network
  /// At least one, in the input's order.
  public var periods: [Period]
  /// Types of days, such as weekday and holiday, each with the demand of its hours; may be empty.
  public var days: [Period]

  /// A scenario.
  public init(name: String, network: Network, periods: [Period], days: [Period] = []) {
    self.name = name
    self.network = network
    self.periods = periods
    self.days = days
  }
}
