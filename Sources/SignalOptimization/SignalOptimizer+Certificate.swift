internal import TrafficModel

/// What can be proved about a setting.
extension SignalOptimizer {
  func certificate(for chosen: PlanSetting, flows: MovementFlows) -> Certificate {
    let splits = network.controllers.indices.compactMap { index -> SplitCertificate? in
      let id = ControllerID(index)
      guard !options.frozen.contains(id) else { return nil }
      let setting = chosen.controllers[index]
      let splits = ControllerSplits(
        network: network, id: id, structure: setting.structure,
        demand: ControllerDemand(controller: id, network: network, flows: flows.mean),
        period: demand.duration, options: options)
      guard splits.isAdjustable else { return nil }
      let program = splits.program(cycle: setting.cycle, stages: setting.stages)
      guard let optimum = try? program.solve(options.objective) else { return nil }
      let found = CycleSplits(
        cycle: setting.cycle, program: program, optimum: optimum, stages: setting.stages,
        delay: program.delay(stages: setting.stages),
        turnSaturation: splits.turnSaturation(of: setting.structure, stages: setting.stages))
      return found.certificate(network: network, controller: id, objective: options.objective)
    }
    return Certificate(
      objective: options.objective, splits: splits, reserves: reserves(of: chosen, flows: flows),
      coordination: coordination(of: chosen, flows: flows),
      movementsWithoutDemand: flows.idle)
  }

  private func coordination(of setting: PlanSetting, flows: MovementFlows) -> [CoordinationCertificate] {
    guard network.controllers.count > 1 else { return [] }
    return OffsetPlanner(network: network, demand: demand, flows: flows.mean)
      .certificates(for: plan(of: setting))
  }

  /// Of every controller, frozen ones too: demand cannot grow beyond what they carry either.
  private func reserves(of setting: PlanSetting, flows: MovementFlows) -> [ControllerReserve] {
    network.controllers.indices.compactMap { index in
      let id = ControllerID(index)
      guard let program = existing[id] else { return nil }
      let demand = ControllerDemand(controller: id, network: network, flows: flows.mean)
      let reserve = { (setting: ControllerSetting) in
        let splits = ControllerSplits(
          network: network, id: id, structure: setting.structure, demand: demand,
          period: self.demand.duration, options: options)
        return splits.program(cycle: setting.cycle, stages: setting.stages)
          .reserveCapacity(stages: setting.stages)
      }
      return ControllerReserve(
        controller: id, existing: reserve(ControllerSetting(program, controller: network[id])),
        proposed: reserve(setting.controllers[index]))
    }
  }
}
