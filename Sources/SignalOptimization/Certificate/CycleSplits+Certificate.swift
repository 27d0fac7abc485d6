internal import TrafficModel

extension CycleSplits {
  /// What is known about these splits, in a form to print.
  func certificate(controller: ControllerID, objective: Objective) -> SplitCertificate {
    let value =
      switch objective {
      case .delay: program.delay(stages: stages)
      case .reserve: program.reserveCapacity(stages: stages)
      case .throughput: program.throughput(stages: stages)
      }
    return SplitCertificate(
      controller: controller, cycle: cycle, value: value, bound: optimum.bound,
      reserveCapacity: program.reserveCapacity(stages: stages),
      binding: bindingLanes() + bindingMinimums() + bindingCycle())
  }

  /// Prices below this share of the dearest are not worth telling.
  private static let worthTelling = 0.05
  /// More than so many lanes nobody reads.
  private static let mostLanes = 4

  private func bindingLanes() -> [BindingConstraint] {
    let vehicles = program.discharges(stages: stages)
    let dearest = optimum.lanePrices.map(abs).max() ?? 0
    guard dearest > 1e-9 else { return [] }
    let lanes = optimum.lanePrices.indices.filter {
      abs(optimum.lanePrices[$0]) > Self.worthTelling * dearest
    }
    .sorted { (-abs(optimum.lanePrices[$0]), $0) < (-abs(optimum.lanePrices[$1]), $1) }
    return lanes.prefix(Self.mostLanes).map { lane in
      BindingConstraint(
        subject: .lane(
          program.laneIDs[lane], degreeOfSaturation: program.flows[lane] * cycle / vehicles[lane]),
        pricePerSecond: optimum.lanePrices[lane])
    }
  }

  private func bindingMinimums() -> [BindingConstraint] {
    zip(program.structure.minimums, optimum.minimumPrices).filter { abs($0.1) > 1e-9 }.map {
      BindingConstraint(subject: .minimum($0.0.cause), pricePerSecond: $0.1)
    }
  }

  private func bindingCycle() -> [BindingConstraint] {
    guard abs(optimum.cyclePrice) > 1e-9 else { return [] }
    return [BindingConstraint(subject: .cycle, pricePerSecond: optimum.cyclePrice)]
  }
}
