internal import TrafficModel

/// People on crossings: they wait for their signal, set off in a crowd when it turns green, and walk each at his own speed.
///
/// Vehicles stop before those who walk in their way or come up to it; people do not mind vehicles.
struct Pedestrians: ~Copyable {
  /// By connection: its ways over crossings are `ways[first[connection] ..< first[connection + 1]]`.
  private let first: FlatArray<Int32>
  private let ways: FlatArray<Way>
  private var crossings: [Crossing] = []
  /// Crossings whose controllers respond to traffic: they have no greens before these are shown.
  private var responding: [(crossing: Int, signal: SignalGroupReference)] = []

  /// Nobody walks anywhere.
  let isEmpty: Bool

  /// A crossing in use.
  struct Crossing {
    var length: Double
    /// Times in which people may set off, absolute s, in order.
    var greens: [Range<Double>]
    var people: [Walker]
    /// Who comes next.
    var next = 0
    /// Who waits, in order of arrival.
    var waiting: [Int] = []
    /// Who walks.
    var walking: [(walker: Int, start: Double)] = []
    /// When the next one may set off: there is not room for all at once.
    var free = -Double.infinity
  }

  /// Where a connection meets a crossing.
  struct Way: BitwiseCopyable {
    var crossing: Int32
    var begin: Double
    var middle: Double
    var isNear: Bool
  }

  init(network: Network, walkers: Walkers, timetable: SignalTimetable, period: Range<Double>) {
    isEmpty = walkers.crossings.isEmpty
    var ofConnection = [[Way]](repeating: [], count: network.connections.count)
    for (position, id) in walkers.crossings.enumerated() {
      for way in network.crossedWays(of: id) {
        ofConnection[way.connection.index].append(
          Way(crossing: Int32(position), begin: way.begin, middle: way.middle, isNear: way.isNear))
      }
    }
    var first: [Int32] = [0]
    for ways in ofConnection { first.append(first[first.count - 1] + Int32(ways.count)) }
    self.first = FlatArray(first)
    ways = FlatArray(ofConnection.flatMap { $0 })
    for (id, people) in zip(walkers.crossings, walkers.people) {
      var greens =
        network[id].signal.map { timetable.greens(of: $0, within: period) }
        ?? [-Double.infinity..<Double.infinity]
      if let signal = network[id].signal, timetable.actuation(ofController: signal.controller.index) != nil {
        responding.append((crossings.count, signal))
        greens = []
      }
      crossings.append(Crossing(length: network[id].length, greens: greens, people: people))
    }
  }

  /// Notes what a controller that responds to traffic shows from absolute time `now` on, s: nobody knows until when.
  mutating func show(_ states: [SignalState], ofController controller: Int, at now: Double) {
    for (crossing, signal) in responding where signal.controller.index == controller {
      let isGreen = states[signal.group].isGreen
      if isGreen == crossings[crossing].greens.isEmpty {
        crossings[crossing].greens = isGreen ? [now..<Double.infinity] : []
      }
    }
  }

  /// Lets people come, set off and arrive, up to absolute time `now`, s.
  mutating func advance(to now: Double) {
    for index in crossings.indices { advance(index, to: now) }
  }

  private mutating func advance(_ index: Int, to now: Double) {
    while crossings[index].next < crossings[index].people.count,
      crossings[index].people[crossings[index].next].arrival <= now
    {
      crossings[index].waiting.append(crossings[index].next)
      crossings[index].next += 1
    }
    let length = crossings[index].length
    if !crossings[index].walking.isEmpty {
      let people = crossings[index].people
      crossings[index].walking.removeAll { (now - $0.start) * people[$0.walker].speed > length }
    }
    guard !crossings[index].waiting.isEmpty else { return }
    while let green = crossings[index].greens.first, green.upperBound <= now {
      crossings[index].greens.removeFirst()
    }
    guard let green = crossings[index].greens.first, green.lowerBound <= now else { return }
    var left = crossings[index].waiting.startIndex
    while left < crossings[index].waiting.endIndex {
      let walker = crossings[index].waiting[left]
      let arrival = crossings[index].people[walker].arrival
      let start = max(arrival, green.lowerBound, crossings[index].free)
      guard start <= now else { break }
      crossings[index].free = start + WalkingModel.headway
      crossings[index].walking.append((walker, start))
      left += 1
    }
    crossings[index].waiting.removeFirst(left)
  }

  /// m along a connection from its stop line to the nearest crossing beyond `position` m on which somebody is in its way,
  /// or else to the nearest one; infinite where there is none.
  func nearest(on connection: Int32, beyond position: Double, at now: Double) -> (
    place: Double, isInUse: Bool, isNear: Bool
  ) {
    var nearest = (place: Double.infinity, isInUse: false, isNear: false)
    for place in first[connection]..<first[connection &+ 1] {
      let way = ways[place]
      guard way.begin > position else { continue }
      let isInUse = isInUse(way, at: now)
      if isInUse != nearest.isInUse ? isInUse : way.begin < nearest.place {
        nearest = (way.begin, isInUse, way.isNear)
      }
    }
    return nearest
  }

  private func isInUse(_ way: Way, at now: Double) -> Bool {
    let crossing = crossings[Int(way.crossing)]
    func isInWay(_ person: Walker, walked: Double) -> Bool {
      let ahead = (person.isFromExitSide ? way.middle : crossing.length - way.middle) - walked
      return ahead < WalkingModel.gap && ahead > -WalkingModel.clearance
    }
    if crossing.walking.contains(where: { walking in
      let person = crossing.people[walking.walker]
      return isInWay(person, walked: (now - walking.start) * person.speed)
    }) {
      return true
    }
    // Who comes to the kerb before a vehicle would be over the crossing, and may go on, goes first.
    guard way.isNear, let green = crossing.greens.first, green.contains(now),
      crossing.next < crossing.people.count
    else {
      return false
    }
    let arrival = crossing.people[crossing.next].arrival
    return arrival < now + WalkingModel.timeToCross && arrival < green.upperBound
  }
}

extension SignalTimetable {
  /// The times in which a group shows green within `period`, absolute s, in order.
  func greens(of signal: SignalGroupReference, within period: Range<Double>) -> [Range<Double>] {
    let pieces = pieces[signal.controller.index]
    let ends = pieces.dropFirst().map(\.begin) + [.infinity]
    return zip(pieces, ends).flatMap { piece, end -> [Range<Double>] in
      let (begin, end) = (max(piece.begin, period.lowerBound), min(end, period.upperBound))
      guard begin < end else { return [] }
      let program = piece.program
      let spans = program.greens(ofGroup: signal.group)
      if spans.contains(where: { $0.length >= program.cycle }) { return [begin..<end] }
      let firstCycle = ((begin - program.offset) / program.cycle).rounded(.down) - 1
      var found: [Range<Double>] = []
      var start = program.offset + firstCycle * program.cycle
      while start < end {
        for span in spans {
          // A green that begins after the end is none.
          func within(_ time: Double) -> Double { min(end, max(begin, time)) }
          let green = within(start + span.begin)..<within(start + span.begin + span.length)
          if !green.isEmpty { found.append(green) }
        }
        start += program.cycle
      }
      return found.sorted { $0.lowerBound < $1.lowerBound }
    }
  }
}
