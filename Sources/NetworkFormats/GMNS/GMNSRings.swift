internal import NetworkBuilding

/// The phases of one controller in one plan, in rings that wait for each other at barriers, and when each is green.
///
/// The phases of a ring run one after the other in order of barrier, then position; each lasts for its green and its
/// clearance. At the end of a barrier's phases all rings wait for the longest: the last phase of the others rests in
/// green. (NEMA TS 2; FHWA Signal Timing Manual, 2nd edition, chapter 5.)
struct GMNSRings {
  struct Phase {
    var number: Int
    var ring: Int
    var barrier: Int
    var position: Int
    /// s; equal where the green is fixed.
    var minimum: Double
    var maximum: Double
    /// Yellow and all-red, s.
    var clearance: Double
  }
  /// When a phase is green, s from the begin of the first barrier's phases.
  struct Green: Equatable {
    var start = 0.0
    var length = 0.0
  }
  private(set) var phases: [Phase]
  private(set) var greens: [Green]
  /// s.
  private(set) var cycle = 0.0
  /// What does not fit, each in a sentence without a full stop.
  private(set) var problems: [String] = []

  /// Sums of seconds are compared with this slack.
  private static let slack = 0.05

  /// - Parameters:
  ///   - cycle: s; nil where the plan has none, and the longest greens hold.
  ///   - coordinated: the phase number that is given what is left of the cycle.
  init(_ phases: [Phase], cycle: Double?, coordinated: Int?) {
    self.phases = phases
    greens = phases.map { _ in Green() }
    if let cycle, !isBalanced(cycle), let standard = Self.standardRings(phases) {
      let moved = GMNSRings(rings: standard)
      if moved.isBalanced(cycle) {
        self.phases = standard
        problems.append(
          "its rings and barriers do not fit the cycle of \(plainNumber(cycle)) s, the usual ones of its phase numbers do and are taken"
        )
      }
    }
    place(cycle, coordinated)
  }

  private init(rings: [Phase]) {
    phases = rings
    greens = []
  }

  /// Phases 1 to 8 where controllers usually have them: 1–4 in the first ring, 5–8 in the second, the main street's 1,
  /// 2, 5 and 6 before the barrier. Nil where numbers are others or occur twice.
  private static func standardRings(_ phases: [Phase]) -> [Phase]? {
    guard Set(phases.map(\.number)).count == phases.count,
      phases.allSatisfy({ (1...8).contains($0.number) })
    else { return nil }
    return phases.map { phase in
      var moved = phase
      moved.ring = phase.number > 4 ? 2 : 1
      moved.barrier = (phase.number - 1) % 4 < 2 ? 1 : 2
      moved.position = (phase.number - 1) % 2 + 1
      return moved
    }
  }

  private var barriers: [Int] { Set(phases.map(\.barrier)).sorted() }
  private var rings: [Int] { Set(phases.map(\.ring)).sorted() }

  /// Phases of a ring within a barrier, in order.
  private func members(_ ring: Int, _ barrier: Int) -> [Int] {
    phases.indices.filter { phases[$0].ring == ring && phases[$0].barrier == barrier }
      .sorted { (phases[$0].position, $0) < (phases[$1].position, $1) }
  }

  private func length(_ members: [Int], _ share: Double) -> Double {
    members.reduce(0) { sum, index in
      let phase = phases[index]
      return sum + phase.minimum + share * (phase.maximum - phase.minimum) + phase.clearance
    }
  }

  private func isBalanced(_ cycle: Double) -> Bool {
    var (least, most) = (0.0, 0.0)
    for barrier in barriers {
      let sums = rings.map { members($0, barrier) }.filter { !$0.isEmpty }
      let (low, high) = (sums.map { length($0, 0) }.max() ?? 0, sums.map { length($0, 1) }.min() ?? 0)
      if low > high + Self.slack { return false }
      least += low
      most += high
    }
    return least - Self.slack <= cycle && cycle <= most + Self.slack
  }

  private mutating func place(_ given: Double?, _ coordinated: Int?) {
    let barriers = barriers
    let groups = barriers.map { barrier in rings.map { members($0, barrier) }.filter { !$0.isEmpty } }
    func lengths(_ share: Double) -> [Double] { groups.map { $0.map { length($0, share) }.max() ?? 0 } }
    func total(_ share: Double) -> Double { lengths(share).reduce(0, +) }
    var share = 1.0
    var ends = lengths(1)
    if let given {
      if total(0) > given + Self.slack {
        problems.append(
          "its phases last \(plainNumber(rounded(total(0)))) s, longer than the cycle of \(plainNumber(given)) s: they are kept"
        )
        share = 0
        ends = lengths(0)
      } else if total(1) < given - Self.slack {
        let rest = given - total(1)
        let index = groups.firstIndex { $0.contains { $0.contains { phases[$0].number == coordinated } } }
        ends[index ?? 0] += rest
        problems.append(
          "its phases last \(plainNumber(rounded(total(1)))) s of the cycle of \(plainNumber(given)) s: \(coordinated.map { "phase \($0)" } ?? "the first") is given the rest"
        )
      } else if total(1) > given + Self.slack {
        var (low, high) = (0.0, 1.0)
        for _ in 0..<60 {
          let middle = (low + high) / 2
          if total(middle) > given { high = middle } else { low = middle }
        }
        share = low
        ends = wholeSeconds(lengths(low), sum: given)
      }
    }
    var start = 0.0
    for (index, group) in groups.enumerated() {
      for members in group { place(members, from: start, for: ends[index], share, coordinated) }
      start += ends[index]
    }
    cycle = start
  }

  private func rounded(_ seconds: Double) -> Double { (seconds * 1000).rounded() / 1000 }

  /// Whole seconds with the same sum, where the sum and all clearances are whole.
  private func wholeSeconds(_ lengths: [Double], sum: Double) -> [Double] {
    guard sum == sum.rounded(), phases.allSatisfy({ $0.clearance == $0.clearance.rounded() }) else {
      return lengths
    }
    var whole = lengths.map { ($0 + 1e-6).rounded(.down) }
    let order = lengths.indices.sorted { (whole[$0] - lengths[$0], $0) < (whole[$1] - lengths[$1], $1) }
    var rest = sum - whole.reduce(0, +)
    for index in order where rest >= 1 {
      whole[index] += 1
      rest -= 1
    }
    return whole
  }

  private mutating func place(
    _ members: [Int], from start: Double, for length: Double, _ share: Double, _ coordinated: Int?
  ) {
    var lengths = members.map { index in
      let phase = phases[index]
      let green = phase.minimum + share * (phase.maximum - phase.minimum)
      return share > 0 && share < 1 ? max(phase.minimum, (green + 1e-6).rounded(.down)) : green
    }
    let used = zip(members, lengths).reduce(0) { $0 + phases[$1.0].clearance + $1.1 }
    let rest = length - used
    let resting = members.firstIndex { phases[$0].number == coordinated } ?? members.count - 1
    if rest > 0 { lengths[resting] += rest }
    var time = start
    for (index, green) in zip(members, lengths) {
      greens[index] = Green(start: time, length: green)
      time += green + phases[index].clearance
    }
  }
}
