internal import TrafficModel
internal import TrafficSimulation

/// Where queues block what lies upstream, or grow above their limits, under each plan of a comparison.
struct Oversaturation {
  let plans: [PlanComparison.Entry]
  let network: Network
  let labels: [String]

  /// Links listed by name.
  private static let mostLinks = 10
  /// Plans that a table of links has columns for.
  private static let mostPlans = 4

  private func mean(
    _ plan: PlanComparison.Entry, _ link: LinkID, _ value: (LinkMeasures) -> Double
  ) -> Double {
    plan.estimate { $0.links.isEmpty ? 0 : value($0.links[link.index]) }.mean
  }

  private var links: [LinkID] { network.links.indices.map { LinkID($0) } }

  // MARK: Spillback

  /// By link that blocks traffic upstream under some plan, the worst first: mean seconds by plan.
  private var spillbacks: [(link: LinkID, seconds: [Double])] {
    links.map { link in (link, plans.map { mean($0, link, \.spillbackTime) }) }
      .filter { $0.1.contains { $0 > 0 } }
      .sorted { (-($0.1.max() ?? 0), $0.0) < (-($1.1.max() ?? 0), $1.0) }
  }

  /// Less than this rounds to nothing in a table, s.
  private static let visible = 0.5

  /// Spillback in all, and the worst links; empty where nothing spills back.
  var spillbackTable: [String] {
    let found = spillbacks.filter { $0.seconds.contains { $0 >= Self.visible } }
    guard !found.isEmpty else { return [] }
    let shown = labels.indices.prefix(Self.mostPlans)
    let hasChange = labels.count == 2
    var table = TextTable([.left()] + shown.map { _ in .right() } + (hasChange ? [.right()] : []))
    table.add(
      ["spillback, s"] + shown.map { labels[$0].truncated(to: 12) } + (hasChange ? ["change"] : []))
    func add(_ name: String, _ seconds: [Double]) {
      let change =
        hasChange
        ? [seconds[0] > 0 ? NumberText.percentChange(100 * (seconds[1] / seconds[0] - 1)) : ""] : []
      table.add(
        [name.truncated(to: 30)] + shown.map { NumberText.fixed(seconds[$0], decimals: 0) } + change)
    }
    for entry in found.prefix(Self.mostLinks) { add(network[entry.link].name, entry.seconds) }
    let total = labels.indices.map { plan in found.reduce(0) { $0 + $1.seconds[plan] } }
    let rest = found.count - Self.mostLinks
    add(rest > 0 ? "all, \(rest) more links too" : "all links", total)
    let more =
      labels.count > shown.count ? ["and \(labels.count - shown.count) more plans; --json has all"] : []
    return table.lines + more
  }

  // MARK: Queue limits

  /// Links with a limit for their queue: mean, largest, and how long above; empty where there are none.
  var limitTable: [String] {
    let limited = links.filter { network[$0].queueLimit != nil }
    guard !limited.isEmpty else { return [] }
    var table = TextTable([.left(), .right(), .left(), .right(), .right(), .right()])
    table.add(["queue limit", "veh", "plan", "mean", "largest", "above, s"])
    for link in limited {
      for plan in labels.indices {
        let limit = network[link].queueLimit ?? 0
        table.add([
          plan == 0 ? network[link].name.truncated(to: 24) : "",
          plan == 0 ? NumberText.fixed(limit, decimals: 0) : "", labels[plan].truncated(to: 14),
          NumberText.fixed(mean(plans[plan], link, \.meanQueue), decimals: 1),
          NumberText.fixed(mean(plans[plan], link) { Double($0.maximumQueue) }, decimals: 0),
          NumberText.fixed(mean(plans[plan], link, \.timeAboveLimit), decimals: 0),
        ])
      }
    }
    return table.lines
  }

  // MARK: For programs

  struct Spillback: Encodable {
    var link: String
    /// s.
    var seconds: Double
  }
  struct Limit: Encodable {
    var link: String
    /// veh.
    var limit: Double
    var meanQueue: Double
    /// The mean of the runs' largest.
    var maximumQueue: Double
    /// s.
    var timeAboveLimit: Double
  }

  /// Links that block traffic upstream under a plan, the worst of any plan first.
  func spillback(of plan: PlanComparison.Entry) -> [Spillback] {
    spillbacks.map { Spillback(link: network[$0.link].name, seconds: mean(plan, $0.link, \.spillbackTime)) }
      .filter { $0.seconds > 0 }
  }

  /// The links with limits under a plan; nil where there are none.
  func limits(of plan: PlanComparison.Entry) -> [Limit]? {
    let limits = links.compactMap { link in
      network[link].queueLimit.map { limit in
        Limit(
          link: network[link].name, limit: limit, meanQueue: mean(plan, link, \.meanQueue),
          maximumQueue: mean(plan, link) { Double($0.maximumQueue) },
          timeAboveLimit: mean(plan, link, \.timeAboveLimit))
      }
    }
    return limits.isEmpty ? nil : limits
  }
}
