/// One step from where the rounds stand: variables against the prices, then prices against what the variables break.
///
/// Four slices are worked on at once. Rows are a whole number of fours long; beyond the last slice everything stays 0.
extension PeakFlowRounds {
  /// What a vehicle costs that enters a link, by slice.
  private func setEntryCosts() {
    let (slices, stride) = (layout.slices, layout.stride)
    let joining = scratch + longestLag + 1 + 2 * (stride + 4)
    for (index, link) in layout.links.enumerated() where !link.feeders.isEmpty {
      let lag = link.lag.slices
      let late = Float(link.lag.late)
      let finalCost = Float(link.finalCost)
      for slice in Swift.stride(from: 0, to: stride, by: 4) {
        var sum = Four.zero
        for queue in link.queues {
          sum += Float(layout.queues[queue].share) * Four(at: point.balance + queue * stride + slice)
        }
        sum.store(at: joining + slice)
      }
      for slice in slices...(stride + lag) { joining[slice] = finalCost }
      let cost = entryCost + index * stride
      for slice in Swift.stride(from: 0, to: stride, by: 4) {
        let early = Four(at: joining + slice + lag)
        let later = Four(at: joining + slice + lag + 1)
        (early + late * (later - early)).store(at: cost + slice)
      }
      guard link.storageRow >= 0 else { continue }
      let price = point.storage + link.storageRow * stride
      let kept = Float(link.kept)
      if lag == 0 {
        for slice in Swift.stride(from: 0, to: stride, by: 4) {
          (Four(at: cost + slice) + kept * late * Four(at: price + slice)).store(at: cost + slice)
        }
      } else {
        for slice in 0..<slices {
          var sum: Float = 0
          for delay in 0..<lag where slice + delay < slices { sum += price[slice + delay] }
          if slice + lag < slices { sum += late * price[slice + lag] }
          cost[slice] += kept * sum
        }
      }
    }
  }

  /// Queues, flows and greens at the present prices, reflected.
  func stepVariables() {
    setEntryCosts()
    for link in layout.links {
      let storage = link.storageRow >= 0 ? point.storage + link.storageRow * layout.stride : nil
      for index in link.queues {
        stepStanding(index, storage: storage)
        stepLeaving(index)
      }
    }
    stepGreens()
  }

  private func stepStanding(_ index: Int, storage: UnsafeMutablePointer<Float>?) {
    let stride = layout.stride
    let queue = layout.queues[index]
    let price = point.balance + index * stride
    let standing = point.standing + index * stride
    let out = reflected.standing + index * stride
    let weight = Float(layout.weights.standing)
    let final = (Float(layout.weights.final[index]) - weight) * lastSlice
    let step = Float(queue.standingStep) * primalWeight
    var now = Four(at: price)
    for slice in Swift.stride(from: 0, to: stride, by: 4) {
      let following = slice + 4 < stride ? Four(at: price + slice + 4) : .zero
      let next = Four(now.y, now.z, now.w, following.x)
      var wait = weight - now + next
      if slice + 4 == stride { wait += final }
      if let storage { wait += Four(at: storage + slice) }
      let old = Four(at: standing + slice)
      ((old - step * wait).twiceAtLeastZero - old).store(at: out + slice)
      now = following
    }
  }

  private func stepLeaving(_ index: Int) {
    let stride = layout.stride
    let queue = layout.queues[index]
    let price = point.balance + index * stride
    let leaving = point.leaving + index * stride
    let out = reflected.leaving + index * stride
    let cost = queue.next >= 0 ? entryCost + queue.next * stride : nil
    let step = Float(queue.leavingStep) * primalWeight
    for slice in Swift.stride(from: 0, to: stride, by: 4) {
      var wait = Four.zero - Four(at: price + slice)
      if let cost { wait += Four(at: cost + slice) }
      for position in queue.servers {
        let (server, use) = layout.serversOfQueue[position]
        wait += Float(use) * Four(at: point.service + server * stride + slice)
      }
      let old = Four(at: leaving + slice)
      ((old - step * wait).twiceAtLeastZero - old).store(at: out + slice)
    }
  }

  private func stepGreens() {
    let stride = layout.stride
    least.withUnsafeBufferPointer { least in
      guard let least = least.baseAddress else { return }
      for controller in layout.controllers {
        for stage in controller.stages { reflected.greens[stage] = point.greens[stage] }
        let step = Float(controller.step) * primalWeight
        for index in controller.servers {
          let price = point.service + index * stride
          var sums = Four.zero
          for slice in Swift.stride(from: 0, to: stride, by: 4) { sums += Four(at: price + slice) }
          let sum = sums.sum()
          guard sum > 0 else { continue }
          for position in layout.servers[index].gains {
            let (stage, vehicles) = layout.gains[position]
            reflected.greens[stage] += step * Float(vehicles) * sum
          }
        }
        for index in controller.minimums {
          for stage in layout.minimums[index].stages {
            reflected.greens[stage] += step * point.minimums[index]
          }
        }
        project(controller, reflected.greens, least)
        for stage in controller.stages {
          reflected.greens[stage] = 2 * reflected.greens[stage] - point.greens[stage]
        }
      }
    }
  }

  /// Prices for the reflected variables, reflected.
  func stepPrices() {
    let stride = layout.stride
    // Slices before the first are 0.
    let entering = scratch + longestLag + 1
    let full = entering + stride + 4
    for link in layout.links {
      for slice in Swift.stride(from: 0, to: stride, by: 4) {
        var sum = Four.zero
        for position in link.feeders {
          sum += Four(at: reflected.leaving + layout.feeders[position] * stride + slice)
        }
        sum.store(at: entering + slice)
      }
      let isLimited = link.storageRow >= 0
      if isLimited { setFull(link, entering: entering, full: full) }
      for index in link.queues {
        stepBalance(index, lag: link.lag, entering: entering, full: isLimited ? full : nil)
      }
      if isLimited {
        let first = link.storageRow * stride
        let step = Float(link.step) / primalWeight
        for slice in Swift.stride(from: 0, to: stride, by: 4) {
          let old = Four(at: point.storage + first + slice)
          let change = step * masked(Four(at: full + slice), slice)
          ((old + change).twiceAtLeastZero - old).store(at: reflected.storage + first + slice)
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

  /// Four slices, with 0 beyond the last.
  @inline(__always)
  private func masked(_ values: Four, _ slice: Int) -> Four {
    slice + 4 == layout.stride ? values * withinSlices : values
  }

  /// What is on its way on a link, less its room.
  private func setFull(
    _ link: PeakFlowLayout.Link, entering: UnsafeMutablePointer<Float>, full: UnsafeMutablePointer<Float>
  ) {
    let lag = link.lag.slices
    let (kept, storage, late) = (Float(link.kept), Float(link.storage), Float(link.lag.late))
    for slice in Swift.stride(from: 0, to: layout.stride, by: 4) {
      var onWay = late * Four(at: entering + slice - lag)
      for delay in 0..<lag { onWay += Four(at: entering + slice - delay) }
      (kept * onWay - storage).store(at: full + slice)
    }
  }

  private func stepBalance(
    _ index: Int, lag: TravelLag, entering: UnsafeMutablePointer<Float>, full: UnsafeMutablePointer<Float>?
  ) {
    let stride = layout.stride
    let queue = layout.queues[index]
    let standing = reflected.standing + index * stride
    let leaving = reflected.leaving + index * stride
    let old = point.balance + index * stride
    let out = reflected.balance + index * stride
    let step = 2 * Float(queue.step) / primalWeight
    let (share, late) = (Float(queue.share), Float(lag.late))
    arrivals.withUnsafeBufferPointer { arrivals in
      guard let arrivals = arrivals.baseAddress else { return }
      var before = Float(0)
      for slice in Swift.stride(from: 0, to: stride, by: 4) {
        let early = Four(at: entering + slice - lag.slices)
        let arriving = early + late * (Four(at: entering + slice - lag.slices - 1) - early)
        let now = Four(at: standing + slice)
        let more = Four(at: arrivals + index * stride + slice) + share * arriving
        let change = more + Four(before, now.x, now.y, now.z) - Four(at: leaving + slice) - now
        before = now.w
        (Four(at: old + slice) + step * masked(change, slice)).store(at: out + slice)
        if let full { (Four(at: full + slice) + now).store(at: full + slice) }
      }
    }
  }

  private func stepService(_ index: Int) {
    let stride = layout.stride
    let server = layout.servers[index]
    var supply = Float(server.base)
    for position in server.gains {
      let (stage, vehicles) = layout.gains[position]
      supply += Float(vehicles) * reflected.greens[stage]
    }
    let step = Float(server.step) / primalWeight
    for slice in Swift.stride(from: 0, to: stride, by: 4) {
      var used = Four(repeating: -supply)
      for position in server.queues {
        let (queue, use) = layout.queuesOfServer[position]
        used += Float(use) * Four(at: reflected.leaving + queue * stride + slice)
      }
      let old = Four(at: point.service + index * stride + slice)
      let change = step * masked(used, slice)
      ((old + change).twiceAtLeastZero - old).store(at: reflected.service + index * stride + slice)
    }
  }
}

/// Four slices.
typealias Four = SIMD4<Float>

extension SIMD4<Float> {
  @inline(__always)
  init(at pointer: UnsafePointer<Float>) {
    self = UnsafeRawPointer(pointer).loadUnaligned(as: Self.self)
  }

  @inline(__always)
  func store(at pointer: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: self, as: Self.self)
  }

  /// 2 max(x, 0), as x + |x|.
  @inline(__always)
  var twiceAtLeastZero: Self {
    let bits = unsafeBitCast(self, to: SIMD4<UInt32>.self) & SIMD4<UInt32>(repeating: 0x7FFF_FFFF)
    return self + unsafeBitCast(bits, to: Self.self)
  }
}
