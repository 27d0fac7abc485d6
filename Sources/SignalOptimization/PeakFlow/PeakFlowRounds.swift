/// Solves a peak-flow problem approximately: junctions, each for itself, choose queues, flows and greens at given prices;
/// then the prices move with what is too much or too little. Flows and prices go from junction to junction once a round.
///
/// The primal–dual hybrid gradient method (Chambolle and Pock 2011, doi 10.1007/s10851-010-0251-1) with reflected Halpern
/// steps and restarts (Lu and Yang 2024, arXiv 2407.16144), on the structure of the problem instead of on a matrix.
struct PeakFlowRounds: ~Copyable {
  let layout: PeakFlowLayout
  /// Where the rounds stand.
  let point: PeakFlowPoint
  /// Where the last restart was.
  private let anchor: PeakFlowPoint
  /// The reflection of `point` at the outcome of one step.
  private let reflected: PeakFlowPoint
  /// Cost of entering each link, by slice, at the present prices.
  private let entryCost: UnsafeMutablePointer<Float>
  /// What enters each link, by slice, with as many zeros before it as the longest lag needs.
  private let scratch: UnsafeMutablePointer<Float>
  private let least: [Float]
  private let arrivals: [Float]
  /// Vehicles per unit of price: how far variables step against prices.
  private var primalWeight: Float
  private var sinceRestart = 0
  private var rounds = 0
  private var firstResidual: Double?
  private var lastResidual = Double.infinity

  /// The residual is looked at so often.
  private static let checkInterval = 10
  /// Restart at once when the residual has fallen to this share.
  private static let sufficient = 0.2
  /// Restart at this share once the residual rises.
  private static let necessary = 0.8
  /// Restart when this share of all rounds went by without.
  private static let patience = 0.36

  init(_ layout: PeakFlowLayout) {
    self.layout = layout
    least = layout.least.map { Float($0) }
    arrivals = layout.arrivals.map { Float($0) }
    point = PeakFlowPoint(layout)
    anchor = PeakFlowPoint(layout)
    reflected = PeakFlowPoint(layout)
    entryCost = .allocate(capacity: max(1, layout.links.count * layout.slices))
    entryCost.initialize(repeating: 0, count: max(1, layout.links.count * layout.slices))
    scratch = .allocate(capacity: 4 * layout.slices)
    scratch.initialize(repeating: 0, count: 4 * layout.slices)
    let flow = layout.weights.freeFlow.reduce(0, +)
    let price = layout.weights.final.reduce(0, +)
    primalWeight = flow > 0 && price > 0 ? Float(2 * flow / price) : 1
    setStart()
  }

  deinit {
    entryCost.deallocate()
    scratch.deallocate()
  }

  private func setStart() {
    let slices = layout.slices
    for queue in layout.queues.indices {
      for slice in 0..<slices {
        point.leaving[queue * slices + slice] = Float(layout.weights.freeFlow[queue])
        point.balance[queue * slices + slice] = Float(layout.weights.final[queue])
      }
    }
    least.withUnsafeBufferPointer { least in
      guard let least = least.baseAddress else { return }
      for controller in layout.controllers {
        for stage in controller.stages {
          point.greens[stage] = Float(controller.green) / Float(controller.stages.count)
        }
        project(controller, point.greens, least)
      }
    }
    anchor.copy(from: point)
  }

  private func project(
    _ controller: PeakFlowLayout.Controller, _ greens: UnsafeMutablePointer<Float>,
    _ least: UnsafePointer<Float>
  ) {
    let first = controller.stages.lowerBound
    GreenPolytope.project(
      greens + first, least: least + first, count: controller.stages.count, total: Float(controller.green))
  }

  /// Makes a number of rounds.
  mutating func run(_ count: Int) {
    for _ in 0..<count {
      stepVariables()
      stepPrices()
      rounds += 1
      if sinceRestart % Self.checkInterval == 0, shouldRestart() {
        restart()
      } else {
        let weight = Float(sinceRestart + 1) / Float(sinceRestart + 2)
        combine(point.values, reflected.values, anchor.values, weight, count: point.offsets.count)
        sinceRestart += 1
      }
    }
  }

  /// Writes the outcome of one step from where the rounds stand into `other`; variables and prices within their bounds.
  func outcome(into other: borrowing PeakFlowPoint) {
    stepVariables()
    stepPrices()
    for index in 0..<point.offsets.count {
      other.values[index] = 0.5 * (point.values[index] + reflected.values[index])
    }
  }

  private func combine(
    _ point: UnsafeMutablePointer<Float>, _ reflected: UnsafeMutablePointer<Float>,
    _ anchor: UnsafeMutablePointer<Float>, _ weight: Float, count: Int
  ) {
    let rest = 1 - weight
    for index in 0..<count { point[index] = weight * reflected[index] + rest * anchor[index] }
  }

  private mutating func shouldRestart() -> Bool {
    let residual = residual()
    defer { lastResidual = residual }
    guard let first = firstResidual else {
      firstResidual = residual
      return false
    }
    return residual <= Self.sufficient * first
      || (residual <= Self.necessary * first && residual > lastResidual)
      || Double(sinceRestart) >= Self.patience * Double(rounds)
  }

  private mutating func restart() {
    for index in 0..<point.offsets.count {
      point.values[index] = 0.5 * (point.values[index] + reflected.values[index])
    }
    anchor.copy(from: point)
    sinceRestart = 0
    firstResidual = nil
    lastResidual = .infinity
  }

  /// Length of one step in the metric of the steps.
  private func residual() -> Double {
    let (slices, offsets) = (layout.slices, point.offsets)
    func square(_ first: Int, _ count: Int, _ step: Double) -> Double {
      var sum = 0.0
      for index in first..<(first + count) {
        let change = Double(reflected.values[index] - point.values[index])
        sum += 0.25 * change * change
      }
      return sum / step
    }
    var (variables, prices) = (0.0, 0.0)
    for (index, queue) in layout.queues.enumerated() {
      variables += square(index * slices, slices, queue.standingStep)
      variables += square(offsets.leaving + index * slices, slices, queue.leavingStep)
      prices += square(offsets.balance + index * slices, slices, queue.step)
    }
    for controller in layout.controllers {
      variables += square(
        offsets.greens + controller.stages.lowerBound, controller.stages.count, controller.step)
    }
    for (index, server) in layout.servers.enumerated() {
      prices += square(offsets.service + index * slices, slices, server.step)
    }
    for link in layout.links where link.storageRow >= 0 {
      prices += square(offsets.storage + link.storageRow * slices, slices, link.step)
    }
    for (index, minimum) in layout.minimums.enumerated() {
      prices += square(offsets.minimums + index, 1, minimum.step)
    }
    return (variables / Double(primalWeight) + prices * Double(primalWeight)).squareRoot()
  }
}

extension PeakFlowRounds {
  /// What a vehicle costs that enters a link, by slice.
  private func setEntryCosts() {
    let slices = layout.slices
    let joining = scratch
    for (index, link) in layout.links.enumerated() where !link.feeders.isEmpty {
      for slice in 0..<slices { joining[slice] = 0 }
      for queue in link.queues {
        let price = point.balance + queue * slices
        let share = Float(layout.queues[queue].share)
        for slice in 0..<slices { joining[slice] += share * price[slice] }
      }
      let cost = entryCost + index * slices
      let finalCost = Float(link.finalCost)
      let (lag, late) = (link.lag.slices, Float(link.lag.late))
      for slice in 0..<slices {
        let early = slice + lag < slices ? joining[slice + lag] : finalCost
        let later = slice + lag + 1 < slices ? joining[slice + lag + 1] : finalCost
        cost[slice] = early + late * (later - early)
      }
      guard link.storageRow >= 0 else { continue }
      let price = point.storage + link.storageRow * slices
      for slice in 0..<slices {
        var sum: Float = 0
        for delay in 0..<lag where slice + delay < slices { sum += price[slice + delay] }
        if slice + lag < slices { sum += late * price[slice + lag] }
        cost[slice] += Float(link.kept) * sum
      }
    }
  }

  /// Queues, flows and greens at the present prices, reflected.
  fileprivate func stepVariables() {
    setEntryCosts()
    let slices = layout.slices
    let last = slices - 1
    let wait = scratch
    for link in layout.links {
      let storage = link.storageRow >= 0 ? point.storage + link.storageRow * slices : nil
      for index in link.queues {
        let queue = layout.queues[index]
        let price = point.balance + index * slices
        let standing = point.standing + index * slices
        let leaving = point.leaving + index * slices
        let standingOut = reflected.standing + index * slices
        let leavingOut = reflected.leaving + index * slices
        let weight = Float(layout.weights.standing)
        for slice in 0..<last { wait[slice] = weight - price[slice] + price[slice + 1] }
        wait[last] = Float(layout.weights.final[index]) - price[last]
        if let storage {
          for slice in 0..<slices { wait[slice] += storage[slice] }
        }
        let step = Float(queue.standingStep) * primalWeight
        for slice in 0..<slices {
          let old = standing[slice]
          standingOut[slice] = 2 * max(0, old - step * wait[slice]) - old
        }
        if queue.next >= 0 {
          let cost = entryCost + queue.next * slices
          for slice in 0..<slices { wait[slice] = cost[slice] - price[slice] }
        } else {
          for slice in 0..<slices { wait[slice] = -price[slice] }
        }
        for position in queue.servers {
          let server = layout.serversOfQueue[position].server
          let use = Float(layout.serversOfQueue[position].use)
          let price = point.service + server * slices
          for slice in 0..<slices { wait[slice] += use * price[slice] }
        }
        let leavingStep = Float(queue.leavingStep) * primalWeight
        for slice in 0..<slices {
          let old = leaving[slice]
          leavingOut[slice] = 2 * max(0, old - leavingStep * wait[slice]) - old
        }
      }
    }
    stepGreens()
  }

  private func stepGreens() {
    let slices = layout.slices
    least.withUnsafeBufferPointer { least in
      guard let least = least.baseAddress else { return }
      for controller in layout.controllers {
        for stage in controller.stages { reflected.greens[stage] = point.greens[stage] }
        let step = Float(controller.step) * primalWeight
        for index in controller.servers {
          let price = point.service + index * slices
          var sum: Float = 0
          for slice in 0..<slices { sum += price[slice] }
          guard sum > 0 else { continue }
          for position in layout.servers[index].gains {
            let (stage, vehicles) = layout.gains[position]
            reflected.greens[stage] += step * Float(vehicles) * sum
          }
        }
        for index in controller.minimums {
          for stage in layout.minimums[index].stages { reflected.greens[stage] += step * point.minimums[index] }
        }
        project(controller, reflected.greens, least)
        for stage in controller.stages {
          reflected.greens[stage] = 2 * reflected.greens[stage] - point.greens[stage]
        }
      }
    }
  }

  /// Prices for the reflected variables, reflected.
  fileprivate func stepPrices() {
    let slices = layout.slices
    let entering = scratch
    let arriving = scratch + slices
    let full = scratch + 2 * slices
    for link in layout.links {
      for slice in 0..<slices { entering[slice] = 0 }
      for position in link.feeders {
        let leaving = reflected.leaving + layout.feeders[position] * slices
        for slice in 0..<slices { entering[slice] += leaving[slice] }
      }
      let (lag, late) = (link.lag.slices, Float(link.lag.late))
      for slice in 0..<slices {
        let early = slice >= lag ? entering[slice - lag] : 0
        let later = slice > lag ? entering[slice - lag - 1] : 0
        arriving[slice] = early + late * (later - early)
      }
      if link.storageRow >= 0 {
        let (kept, storage) = (Float(link.kept), Float(link.storage))
        for slice in 0..<slices {
          var onWay = slice >= lag ? late * entering[slice - lag] : 0
          for delay in 0..<lag where slice >= delay { onWay += entering[slice - delay] }
          full[slice] = kept * onWay - storage
        }
      }
      for index in link.queues { stepBalance(index, arriving: arriving, full: full) }
      if link.storageRow >= 0 {
        let first = link.storageRow * slices
        let step = Float(link.step) / primalWeight
        for slice in 0..<slices {
          let old = point.storage[first + slice]
          reflected.storage[first + slice] = 2 * max(0, old + step * full[slice]) - old
        }
      }
      for index in link.servers { stepService(index) }
    }
    for (index, minimum) in layout.minimums.enumerated() {
      let sum = minimum.stages.reduce(Float(0)) { $0 + reflected.greens[$1] }
      let step = Float(minimum.step) / primalWeight
      let old = point.minimums[index]
      reflected.minimums[index] = 2 * max(0, old + step * (Float(minimum.seconds) - sum)) - old
    }
  }

  private func stepBalance(
    _ index: Int, arriving: UnsafeMutablePointer<Float>, full: UnsafeMutablePointer<Float>
  ) {
    let slices = layout.slices
    let queue = layout.queues[index]
    let standing = reflected.standing + index * slices
    let leaving = reflected.leaving + index * slices
    let old = point.balance + index * slices
    let out = reflected.balance + index * slices
    let step = 2 * Float(queue.step) / primalWeight
    let share = Float(queue.share)
    arrivals.withUnsafeBufferPointer { arrivals in
      let first = index * slices
      out[0] = old[0] + step * (arrivals[first] + share * arriving[0] - leaving[0] - standing[0])
      for slice in 1..<max(1, slices) {
        let more = arrivals[first + slice] + share * arriving[slice] + standing[slice - 1]
        out[slice] = old[slice] + step * (more - leaving[slice] - standing[slice])
      }
    }
    for slice in 0..<slices { full[slice] += standing[slice] }
  }

  private func stepService(_ index: Int) {
    let slices = layout.slices
    let server = layout.servers[index]
    var supply = Float(server.base)
    for position in server.gains {
      let (stage, vehicles) = layout.gains[position]
      supply += Float(vehicles) * reflected.greens[stage]
    }
    let used = scratch + 3 * slices
    for slice in 0..<slices { used[slice] = -supply }
    for position in server.queues {
      let queue = layout.queuesOfServer[position].queue
      let use = Float(layout.queuesOfServer[position].use)
      let leaving = reflected.leaving + queue * slices
      for slice in 0..<slices { used[slice] += use * leaving[slice] }
    }
    let step = Float(server.step) / primalWeight
    let old = point.service + index * slices
    let out = reflected.service + index * slices
    for slice in 0..<slices { out[slice] = 2 * max(0, old[slice] + step * used[slice]) - old[slice] }
  }
}
