/// One step from where the rounds stand: variables against the prices, then prices against what the variables break.
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
  func stepVariables() {
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
