internal import TrafficModel

extension NetworkReview {
  /// What the minimum splits of each ring-barrier controller need.
  public func ringNeeds() -> [(controller: String, need: String)] {
    network.controllers.compactMap { controller in
      guard let rings = controller.rings else { return nil }
      let barriers = zip(rings.barriers, rings.minimumSums).map { barrier, sums in
        "\(list(sums.map { "\(reviewNumber($0)) s" })) before barrier \(barrier)"
      }
      let places = rings.rings.map { String($0) }
      return (
        controller.name,
        "minimum splits: ring\(places.count == 1 ? "" : "s") \(list(places)) need\(places.count == 1 ? "s" : "") \(list(barriers)): a cycle of \(reviewNumber(rings.shortestCycle)) s at least"
      )
    }
  }

  private func list(_ items: [String]) -> String {
    items.count < 2 ? items.joined() : items.dropLast().joined(separator: ", ") + " and " + (items.last ?? "")
  }

  /// Cycles that do not hold the minimum splits.
  func minimumSplits(_ program: SignalProgram) -> [ReviewFinding] {
    let controller = network[program.controller]
    guard let rings = controller.rings else { return [] }
    let needed = rings.shortestCycle
    func finding(_ what: String, _ cycle: Double) -> [ReviewFinding] {
      guard needed > cycle + 1e-6 else { return [] }
      return [
        ReviewFinding(
          subject: .rings, place: controller.name,
          message: "minimum splits need \(reviewNumber(needed)) s, \(what) is \(reviewNumber(cycle)) s",
          rule: "max(minimum green, walk + flashing don't walk) + yellow + all-red")
      ]
    }
    return finding("the cycle", program.cycle)
      + finding("the longest cycle", controller.cycleBounds.upperBound)
  }

  /// Turns that see yellow while oncoming traffic stays green.
  func yellowTraps(_ program: SignalProgram) -> [ReviewFinding] {
    let controller = network[program.controller]
    return program.yellowTraps(on: network).map { trap in
      ReviewFinding(
        subject: .rings, place: controller.name,
        message:
          "\(controller.groups[trap.turn].name) waits for gaps and turns yellow while \(controller.groups[trap.oncoming].name) stays green",
        rule: "yellow trap, Signal Timing Manual")
    }
  }
}
