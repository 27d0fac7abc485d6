extension Scenario {
  /// The scenario in which no programme responds to traffic: those that do are pictured by fixed ones, and what runs is not
  /// played.
  public var withoutResponses: Scenario {
    func pictured(_ period: Period) -> Period {
      var period = period
      period.existingPlan.programs = period.existingPlan.programs.map { $0?.fixedTime }
      return period
    }
    var scenario = self
    scenario.network = network.replacingControllers(
      network.controllers.map { controller in
        guard case .actuated(let kind) = controller.presentControl else { return controller }
        var controller = controller
        controller.presentControl = .responding(kind: kind)
        return controller
      })
    scenario.periods = periods.map(pictured)
    scenario.days = days.map(pictured)
    return scenario
  }
}
