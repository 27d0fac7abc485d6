internal import TrafficModel

/// The orders in which a set of stages may run, the ones with little lost time first.
struct StageOrder {
  /// Sets of more stages keep the order they are in: 120 orders are enough to look through.
  private static let mostPermuted = 6

  /// Cyclic orders of `stages`, by what they lose, least first; at most `count`.
  ///
  /// What an order loses: its changes' time and, for each group that starts, its share of the flow times its
  /// start-up loss.
  static func best(
    _ count: Int, of stages: [[SignalState]], controller: SignalController, groupFlows: [Double]
  ) -> [StageSequence] {
    guard stages.count > 1 else { return [StageSequence(stages: stages)] }
    let total = max(groupFlows.reduce(0, +), 1e-9)
    let costs = stages.map { from in
      stages.map { to -> Double in
        let time = StageSequence.change(from: from, to: to, controller).duration
        let starting = groupFlows.indices.reduce(0.0) {
          $0 + (to[$1].isGreen && !from[$1].isGreen ? groupFlows[$1] : 0)
        }
        return time + startUpLoss * starting / total
      }
    }
    let orders =
      stages.count <= mostPermuted ? permutations(of: Array(1..<stages.count)) : [Array(1..<stages.count)]
    let scored = orders.map { rest -> (order: [Int], cost: Double) in
      let order = [0] + rest
      let cost = order.indices.reduce(0.0) { $0 + costs[order[$1]][order[($1 + 1) % order.count]] }
      return (order, cost)
    }
    let sorted = scored.enumerated().sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }
    return sorted.prefix(count).map { entry in
      StageSequence(stages: entry.element.order.map { stages[$0] })
    }
  }

  /// s; weighs a start of green against a second in which nobody may go.
  static let startUpLoss = 2.0

  private static func permutations(of items: [Int]) -> [[Int]] {
    guard let first = items.first else { return [[]] }
    return permutations(of: Array(items.dropFirst())).flatMap { rest in
      (0...rest.count).map { place in Array(rest[..<place]) + [first] + Array(rest[place...]) }
    }
  }
}
