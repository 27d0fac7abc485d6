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
  let reflected: PeakFlowPoint
  /// Cost of entering each link, by slice, at the present prices.
  let entryCost: UnsafeMutablePointer<Float>
  /// Room for what enters a link, by slice, with as many zeros before it as the longest lag needs, and for one row more.
  let scratch: UnsafeMutablePointer<Float>
  let least: [Float]
  /// Queues × slices.
  let arrivals: [Float]
  /// Slices.
  let longestLag: Int
  /// 1 for each of the last four that is a slice, 0 beyond.
  private(set) var withinSlices = Four.zero
  /// 1 for the last slice of the last four.
  private(set) var lastSlice = Four.zero
  /// Vehicles per unit of price: how far variables step against prices.
  private(set) var primalWeight: Float
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
    var arrivals = [Float](repeating: 0, count: layout.queues.count * layout.stride)
    for queue in layout.queues.indices {
      for slice in 0..<layout.slices {
        arrivals[queue * layout.stride + slice] = Float(layout.arrivals[queue * layout.slices + slice])
      }
    }
    self.arrivals = arrivals
    longestLag = layout.links.map(\.lag.slices).max() ?? 0
    for lane in 0..<4 {
      let slice = layout.stride - 4 + lane
      withinSlices[lane] = slice < layout.slices ? 1 : 0
      lastSlice[lane] = slice == layout.slices - 1 ? 1 : 0
    }
    point = PeakFlowPoint(layout)
    anchor = PeakFlowPoint(layout)
    reflected = PeakFlowPoint(layout)
    let entries = layout.links.count * layout.stride + 4
    entryCost = .allocate(capacity: entries)
    entryCost.initialize(repeating: 0, count: entries)
    let longest = 3 * (layout.stride + 4) + 2 * (longestLag + 1)
    scratch = .allocate(capacity: longest)
    scratch.initialize(repeating: 0, count: longest)
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
    for queue in layout.queues.indices {
      for slice in 0..<layout.slices {
        point.leaving[queue * layout.stride + slice] = Float(layout.weights.freeFlow[queue])
        point.balance[queue * layout.stride + slice] = Float(layout.weights.final[queue])
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

  func project(
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
    let (slices, offsets) = (layout.stride, point.offsets)
    func square(_ first: Int, _ count: Int, _ step: Double) -> Double {
      var sum = Float(0)
      for index in first..<(first + count) {
        let change = reflected.values[index] - point.values[index]
        sum += change * change
      }
      return 0.25 * Double(sum) / step
    }
    func squareOfRow(_ first: Int, _ step: Double) -> Double {
      var sums = Four.zero
      for index in stride(from: first, to: first + layout.stride, by: 4) {
        let change = Four(at: reflected.values + index) - Four(at: point.values + index)
        sums += change * change
      }
      return 0.25 * Double(sums.sum()) / step
    }
    var (variables, prices) = (0.0, 0.0)
    for (index, queue) in layout.queues.enumerated() {
      variables += squareOfRow(index * slices, queue.standingStep)
      variables += squareOfRow(offsets.leaving + index * slices, queue.leavingStep)
      prices += squareOfRow(offsets.balance + index * slices, queue.step)
    }
    for controller in layout.controllers {
      variables += square(
        offsets.greens + controller.stages.lowerBound, controller.stages.count, controller.step)
    }
    for (index, server) in layout.servers.enumerated() {
      prices += squareOfRow(offsets.service + index * slices, server.step)
    }
    for link in layout.links where link.storageRow >= 0 {
      prices += squareOfRow(offsets.storage + link.storageRow * slices, link.step)
    }
    for (index, minimum) in layout.minimums.enumerated() {
      prices += square(offsets.minimums + index, 1, minimum.step)
    }
    return (variables / Double(primalWeight) + prices * Double(primalWeight)).squareRoot()
  }
}
