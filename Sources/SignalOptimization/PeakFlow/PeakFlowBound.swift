/// Prices that keep every rule of the dual program, and what they prove: no greens and no flows cost less than `bound`.
///
/// Any prices of standing room and of places in a queue can be made to keep the rules: a place in a queue is worth at most
/// what waiting a slice more costs; green time must be worth what the vehicle it serves gains. Given these, each
/// controller's greens are a knapsack: all that is not bound by minimums goes to the dearest stage.
struct PeakFlowBound {
  /// Cost of one vehicle more that joins a queue: queues × slices.
  var balance: [Double]
  /// Worth of serving one vehicle more: servers (in the layout's order) × slices.
  var service: [Double]
  /// Worth of room for one vehicle more: links × slices; 0 without limit.
  var storage: [Double]
  /// Worth of one second less, by minimum over several stages.
  var minimums: [Double]
  /// By stage: worth of one second more of it.
  var stages: [Double] = []
  /// The least cost that is possible, in the unit of `PeakFlowWeights`.
  private(set) var bound = 0.0

  /// The bound that comes of a point's prices, which need keep no rules.
  init(_ layout: PeakFlowLayout, point: borrowing PeakFlowPoint) {
    let slices = layout.slices
    balance = layout.queues.indices.flatMap { queue in
      (0..<slices).map { Double(point.balance[queue * layout.stride + $0]) }
    }
    service = layout.servers.indices.flatMap { server in
      (0..<slices).map { max(0, Double(point.service[server * layout.stride + $0])) }
    }
    storage = [Double](repeating: 0, count: layout.links.count * slices)
    for (index, link) in layout.links.enumerated() where link.storageRow >= 0 {
      for slice in 0..<slices {
        storage[index * slices + slice] = max(
          0, Double(point.storage[link.storageRow * layout.stride + slice]))
      }
    }
    minimums = layout.minimums.indices.map { max(0, Double(point.minimums[$0])) }
    lowerToWaiting(layout)
    fitService(layout)
    for _ in 0..<Self.raises { raise(layout) }
    settle(layout)
  }

  /// The bound of prices that keep the rules, as a solver gives them.
  init(_ layout: PeakFlowLayout, balance: [Double], service: [Double], storage: [Double], minimums: [Double])
  {
    (self.balance, self.service, self.storage, self.minimums) = (balance, service, storage, minimums)
    lowerToWaiting(layout)
    fitService(layout)
    settle(layout)
  }

  /// Each sweep raises the prices of places as far as the sweep before allows.
  private static let raises = 4

  /// Lowers the price of a place in a queue to what waiting for the next slice costs.
  private mutating func lowerToWaiting(_ layout: PeakFlowLayout) {
    for index in layout.queues.indices {
      for slice in stride(from: layout.slices - 1, through: 0, by: -1) {
        let position = index * layout.slices + slice
        balance[position] = min(balance[position], waiting(layout, index, slice))
      }
    }
  }

  private func waiting(_ layout: PeakFlowLayout, _ index: Int, _ slice: Int) -> Double {
    let position = index * layout.slices + slice
    let room = storage[layout.queues[index].link * layout.slices + slice]
    return slice == layout.slices - 1
      ? layout.weights.final[index] + room : layout.weights.standing + room + balance[position + 1]
  }

  /// Cost of a vehicle that enters a link in a slice.
  private func entryCost(_ layout: PeakFlowLayout, _ index: Int, _ slice: Int) -> Double {
    let (slices, link) = (layout.slices, layout.links[index])
    var cost = 0.0
    for (delay, part) in [(link.lag.slices, 1 - link.lag.late), (link.lag.slices + 1, link.lag.late)] {
      if slice + delay < slices {
        for queue in link.queues {
          cost += part * layout.queues[queue].share * balance[queue * slices + slice + delay]
        }
      } else {
        cost += part * link.finalCost
      }
    }
    for delay in 0...link.lag.slices where slice + delay < slices {
      let part = delay < link.lag.slices ? 1 : link.lag.late
      cost += link.kept * part * storage[index * slices + slice + delay]
    }
    return cost
  }

  /// By queue and slice: what a vehicle saves by leaving.
  private func gains(_ layout: PeakFlowLayout) -> [Double] {
    let slices = layout.slices
    let costs = layout.links.indices.map { link in
      layout.links[link].feeders.isEmpty ? [] : (0..<slices).map { entryCost(layout, link, $0) }
    }
    return layout.queues.indices.flatMap { index in
      let next = layout.queues[index].next
      return (0..<slices).map { balance[index * slices + $0] - (next >= 0 ? costs[next][$0] : 0) }
    }
  }

  /// The cheapest worth of green time, near the present one, that no vehicle's gain exceeds.
  private mutating func fitService(_ layout: PeakFlowLayout) {
    let slices = layout.slices
    let gains = gains(layout)
    for slice in 0..<slices {
      for (index, queue) in layout.queues.enumerated() {
        let servers = layout.serversOfQueue[queue.servers]
        let paid = servers.reduce(0) { $0 + $1.use * service[$1.server * slices + slice] }
        let missing = gains[index * slices + slice] - paid
        guard missing > 0, let narrowest = servers.last else { continue }
        service[narrowest.server * slices + slice] += missing / narrowest.use
      }
      for (index, server) in layout.servers.enumerated() {
        let position = index * slices + slice
        guard service[position] > 0 else { continue }
        let spare = layout.queuesOfServer[server.queues].reduce(service[position]) { least, member in
          let servers = layout.serversOfQueue[layout.queues[member.queue].servers]
          let paid = servers.reduce(0) { $0 + $1.use * service[$1.server * slices + slice] }
          return min(least, (paid - gains[member.queue * slices + slice]) / member.use)
        }
        service[position] = max(0, service[position] - max(0, spare))
      }
    }
  }

  /// Raises the prices of places as far as waiting and service allow: prices that keep the rules keep them, for what
  /// limits a price only rises with the others.
  private mutating func raise(_ layout: PeakFlowLayout) {
    let slices = layout.slices
    let gains = gains(layout)
    var raised = balance
    for (index, queue) in layout.queues.enumerated() {
      for slice in 0..<slices {
        let position = index * slices + slice
        let paid = layout.serversOfQueue[queue.servers].reduce(0) {
          $0 + $1.use * service[$1.server * slices + slice]
        }
        let served = paid + balance[position] - gains[position]
        raised[position] = max(balance[position], min(served, waiting(layout, index, slice)))
      }
    }
    balance = raised
  }

  private mutating func settle(_ layout: PeakFlowLayout) {
    let slices = layout.slices
    stages = [Double](repeating: 0, count: layout.least.count)
    var sum = 0.0
    for (price, arrivals) in zip(balance, layout.arrivals) { sum += price * arrivals }
    for (index, link) in layout.links.enumerated() where link.storageRow >= 0 {
      for slice in 0..<slices { sum -= storage[index * slices + slice] * link.storage }
    }
    for (index, server) in layout.servers.enumerated() {
      let price = service[(index * slices)..<((index + 1) * slices)].reduce(0, +)
      sum -= price * server.base
      for (stage, vehicles) in layout.gains[server.gains] { stages[stage] += price * vehicles }
    }
    for (price, minimum) in zip(minimums, layout.minimums) {
      sum += price * minimum.seconds
      for stage in minimum.stages { stages[stage] += price }
    }
    for controller in layout.controllers {
      sum -= GreenPolytope.best(
        prices: Array(stages[controller.stages]), least: layout.least[controller.stages],
        total: controller.green)
    }
    bound = max(0, sum)
  }
}
