internal import LinearProgramming
internal import TrafficModel

/// Stages and splits of every controller, by linear programs.
extension SignalOptimizer {
  /// Common cycles to try, s: geometric steps of 10 % over the range of practice.
  static let commonCycles: [Double] = {
    var cycles: [Double] = []
    var next = ControllerSplits.shortestSensibleCycle
    while next <= ControllerSplits.longestSensibleCycle {
      cycles.append(next.rounded())
      next *= 1.1
    }
    return cycles
  }()

  var cyclesForAll: [Double] {
    switch options.cycle {
    case .best, .common: Self.commonCycles
    case .fixed(let cycle): [cycle]
    case .perJunction, .existing: []
    }
  }

  func assembly(
    flows: [Double], progress: @Sendable (OptimizationProgress) -> Void
  ) async throws(NoPlan) -> PlanAssembly {
    let controllers = network.controllers.indices.map { ControllerID($0) }
    let found = try await controllers.mapInParallel(
      progress: { progress(OptimizationProgress(.splits, $0)) }
    ) { choices(of: $0, flows: flows) }.found()
    let now = network.controllers.indices.compactMap { index in
      existing.programs[index].map { ControllerSetting($0, controller: network.controllers[index]) }
    }
    return PlanAssembly(existing: PlanSetting(controllers: now), choices: found)
  }

  func choices(
    of id: ControllerID, flows: [Double]
  ) -> Result<ControllerChoices?, JunctionObstacle> {
    guard !options.frozen.contains(id), let program = existing[id] else { return .success(nil) }
    let demand = ControllerDemand(controller: id, network: network, flows: flows)
    let present = ControllerSplits(
      network: network, id: id, structure: ProgramStructure(program: program, controller: network[id]),
      demand: demand, period: self.demand.duration, options: options)
    guard present.isAdjustable else { return .success(nil) }
    do throws(LinearProgramError) {
      let others = try sequences(of: id, existing: program, demand: demand)
      var structures = [present] + others
      if case .fixed(let cycle) = options.cycle {
        let isWithin = network[id].cycleBounds.contains(cycle)
        let fitting = try isWithin ? present.splits(cycle: cycle) : nil
        if fitting == nil {
          // Rings may change in other ways than now where those need less time.
          guard isWithin, network[id].rings != nil, !others.isEmpty else {
            return .failure(try present.obstacle(cycle: cycle))
          }
          structures = others
        }
      }
      var sweep: [CycleSplits] = []
      for splits in structures {
        switch options.cycle {
        case .fixed(let cycle): sweep += try splits.splits(cycle: cycle).map { [$0] } ?? []
        case .existing: sweep += try splits.splits(cycle: program.cycle).map { [$0] } ?? []
        case .best, .common, .perJunction: sweep += try splits.sweep()
        }
      }
      var common: [[CycleSplits]] = []
      for cycle in cyclesForAll {
        var found: [CycleSplits] = []
        for splits in structures {
          if let fitting = try splits.splits(cycle: cycle) { found.append(fitting) }
        }
        common.append(found)
      }
      return .success(
        ControllerChoices(
          structures: structures, sweep: sweep, atCommonCycles: common,
          turnSaturationLimit: present.turnSaturationLimit))
    } catch {
      return .failure(JunctionObstacle(controller: id, reason: .splitProgram(error)))
    }
  }

  /// Stage sequences beside the existing one; of a ring-barrier controller only such as its rings can run.
  private func sequences(
    of id: ControllerID, existing: SignalProgram, demand: ControllerDemand
  ) throws(LinearProgramError) -> [ControllerSplits] {
    guard network[id].rings != nil else {
      return try StageShortlist(
        network: network, id: id, existing: existing, demand: demand, period: self.demand.duration,
        options: options
      ).sequences()
    }
    let model = RingModel(
      network: network, id: id, existing: existing, demand: demand, period: self.demand.duration,
      options: options)
    guard let model else { return [] }
    return try RingShortlist(model: model, options: options).sequences()
  }
}
