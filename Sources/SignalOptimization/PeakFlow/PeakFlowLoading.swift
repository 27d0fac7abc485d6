/// Loads the demand on a problem with given greens: a plan of flows that keeps every rule, slice by slice.
///
/// In a slice every queue first leaves as a target says, as far as green time, room and vehicles allow, then whatever still
/// can leaves. Without the target a plan can fill links with vehicles that block one another.
struct PeakFlowLoading {
  /// Vehicles at each slice's end: queues × slices.
  private(set) var standing: [Double]
  /// Vehicles that left: queues × slices.
  private(set) var leaving: [Double]
  /// The objective in the unit of `PeakFlowWeights`.
  private(set) var cost = 0.0

  private let layout: PeakFlowLayout
  private var present: [Double]
  /// By link and slice: what enters it.
  private var entering: [Double]

  /// Sweeps of a slice; what goes over several links in one slice needs some.
  private static let sweeps = 1000
  /// Vehicles: sweeps that move less end.
  private static let least = 1e-4

  /// - Parameters:
  ///   - greens: by stage, s.
  ///   - target: vehicles that leave: queues × slices, rows of the layout's length.
  ///   - goesOn: whether vehicles beyond the target may leave.
  init(_ layout: PeakFlowLayout, greens: [Double], target: UnsafePointer<Float>, goesOn: Bool) {
    self.layout = layout
    let (count, slices) = (layout.queues.count, layout.slices)
    standing = [Double](repeating: 0, count: count * slices)
    leaving = standing
    present = [Double](repeating: 0, count: count)
    entering = [Double](repeating: 0, count: layout.links.count * slices)
    var owed = present
    let supplies = layout.servers.map { server in
      layout.gains[server.gains].reduce(server.base) { $0 + $1.vehicles * greens[$1.stage] }
    }
    for slice in 0..<slices {
      arrive(slice)
      var supply = supplies
      var room = layout.links.indices.map { self.room(ofLink: $0, slice) }
      var limit = (0..<count).map { Double(max(0, target[$0 * layout.stride + slice])) }
      sweep(slice, limit: &limit, supply: &supply, room: &room)
      if goesOn {
        var none = [Double](repeating: .infinity, count: count)
        sweep(slice, limit: &none, supply: &supply, room: &room)
      }
      for queue in 0..<count {
        owed[queue] -= leaving[queue * slices + slice]
        standing[queue * slices + slice] = present[queue]
        let weight = slice == slices - 1 ? layout.weights.final[queue] : layout.weights.standing
        cost += weight * present[queue]
      }
    }
    for (index, link) in layout.links.enumerated() { cost += link.finalCost * onWay(link, index, slices - 1) }
  }

  /// What came onto a link and is still on its way at the end of a slice, the share that ends on the link included.
  private func onWay(_ link: PeakFlowLayout.Link, _ index: Int, _ slice: Int) -> Double {
    var sum = 0.0
    for delay in 0...link.lag.slices where slice >= delay {
      let part = delay < link.lag.slices ? 1 : link.lag.late
      sum += part * entering[index * layout.slices + slice - delay]
    }
    return sum
  }

  /// Vehicles that were on their way arrive; those that enter later in the slice do so when they enter.
  private mutating func arrive(_ slice: Int) {
    for (index, link) in layout.links.enumerated() {
      var arriving = 0.0
      for (delay, part) in [(link.lag.slices, 1 - link.lag.late), (link.lag.slices + 1, link.lag.late)]
      where delay > 0 && slice >= delay {
        arriving += part * entering[index * layout.slices + slice - delay]
      }
      for queue in link.queues {
        present[queue] +=
          layout.arrivals[queue * layout.slices + slice] + layout.queues[queue].share * arriving
      }
    }
  }

  private func room(ofLink index: Int, _ slice: Int) -> Double {
    let link = layout.links[index]
    guard link.storageRow >= 0 else { return .infinity }
    let queued = link.queues.reduce(0) { $0 + present[$1] }
    return link.storage - queued - link.kept * onWay(link, index, slice)
  }

  private mutating func sweep(
    _ slice: Int, limit: inout [Double], supply: inout [Double], room: inout [Double]
  ) {
    let count = layout.queues.count
    for round in 0..<Self.sweeps {
      var moved = 0.0
      for step in 0..<count {
        let index = round % 2 == 0 ? step : count - 1 - step
        var flow = min(present[index], limit[index])
        guard flow > Self.least / 10 else { continue }
        let queue = layout.queues[index]
        for position in queue.servers {
          let (server, use) = layout.serversOfQueue[position]
          flow = min(flow, supply[server] / use)
        }
        if queue.next >= 0 {
          let kept = layout.links[queue.next].kept
          if kept > 0 { flow = min(flow, room[queue.next] / kept) }
        }
        guard flow > 0 else { continue }
        moved += flow
        take(flow, index, slice, limit: &limit, supply: &supply, room: &room)
      }
      if moved < Self.least {
        guard rotate(slice, limit: &limit, supply: &supply, room: &room) else { break }
      }
    }
  }

  /// Vehicles that can leave a queue if the link ahead has room.
  private func ready(_ index: Int, limit: [Double], supply: [Double]) -> Double {
    layout.serversOfQueue[layout.queues[index].servers].reduce(min(present[index], limit[index])) {
      min($0, supply[$1.server] / $1.use)
    }
  }

  /// Full links in a circle, each of which waits for the next: lets all of them move up at once.
  /// - Returns: whether any did.
  private mutating func rotate(
    _ slice: Int, limit: inout [Double], supply: inout [Double], room: inout [Double]
  ) -> Bool {
    // By full link: the queue on it that has most vehicles for another full link.
    var onwards = [Int](repeating: -1, count: layout.links.count)
    var amounts = [Double](repeating: Self.least, count: layout.links.count)
    func isFull(_ link: Int) -> Bool { layout.links[link].storageRow >= 0 && room[link] < Self.least }
    for (index, queue) in layout.queues.enumerated() {
      guard queue.next >= 0, isFull(queue.next), isFull(queue.link) else { continue }
      let amount = ready(index, limit: limit, supply: supply)
      if amount > amounts[queue.link] { (onwards[queue.link], amounts[queue.link]) = (index, amount) }
    }
    var seenFrom = [Int](repeating: -1, count: layout.links.count)
    var hasMoved = false
    for start in layout.links.indices {
      var link = start
      while seenFrom[link] < 0, onwards[link] >= 0 {
        seenFrom[link] = start
        link = layout.queues[onwards[link]].next
      }
      guard seenFrom[link] == start, onwards[link] >= 0 else { continue }
      var circle = [onwards[link]]
      while layout.queues[circle[circle.count - 1]].next != link {
        circle.append(onwards[layout.queues[circle[circle.count - 1]].next])
      }
      let flow = circle.reduce(Double.infinity) { min($0, ready($1, limit: limit, supply: supply)) }
      guard flow > 0 else { continue }
      for index in circle { take(flow, index, slice, limit: &limit, supply: &supply, room: &room) }
      hasMoved = true
    }
    return hasMoved
  }

  private mutating func take(
    _ flow: Double, _ index: Int, _ slice: Int, limit: inout [Double], supply: inout [Double],
    room: inout [Double]
  ) {
    move(flow, index, slice, room: &room)
    limit[index] -= flow
    for position in layout.queues[index].servers {
      let (server, use) = layout.serversOfQueue[position]
      supply[server] -= use * flow
    }
  }

  private mutating func move(_ flow: Double, _ index: Int, _ slice: Int, room: inout [Double]) {
    let queue = layout.queues[index]
    present[index] -= flow
    leaving[index * layout.slices + slice] += flow
    room[queue.link] += flow
    guard queue.next >= 0 else { return }
    let next = layout.links[queue.next]
    entering[queue.next * layout.slices + slice] += flow
    room[queue.next] -= flow * next.kept
    guard next.lag.slices == 0 else { return }
    let now = flow * (1 - next.lag.late)
    for queue in next.queues { present[queue] += layout.queues[queue].share * now }
  }
}
