internal import TrafficModel
internal import TrafficSimulation

/// Where queues block what lies upstream, or grow above their limits, under each plan of a comparison.
struct Oversaturation {
  /// A link, and how long it blocks traffic upstream under each plan, mean s.
  private struct Spillback {
    var link: LinkID
    var seconds: [Double]
  }
  /// A figure of a queue for which there is a limit.
  private static let figures: [Figure<(link: LinkID, plan: PlayedPlan)>] = [
    Figure(key: "meanQueue", title: { _ in "mean" }, value: { $0.plan.mean($0.link, \.meanQueue) }) {
      .number($0.plan.mean($0.link, \.meanQueue), decimals: 1)
    },
    // The mean of the runs' largest.
    Figure(key: "maximumQueue", title: { _ in "largest" }, value: { $0.plan.largestQueue($0.link) }) {
      .number($0.plan.largestQueue($0.link), decimals: 0)
    },
    Figure(
      key: "timeAboveLimit", title: { _ in "above, s" }, value: { $0.plan.mean($0.link, \.timeAboveLimit) }
    ) {
      .number($0.plan.mean($0.link, \.timeAboveLimit), decimals: 0)
    },
  ]
  let plans: [PlayedPlan]
  let network: Network
  let labels: [String]

  /// Links listed by name.
  private static let mostLinks = 10
  /// Plans that a table of links has columns for.
  private static let mostPlans = 4

  // MARK: Spillback

  /// Links that block traffic upstream under some plan, the worst first.
  private var spillbacks: [Spillback] {
    network.links.indices.map { LinkID($0) }
      .map { link in Spillback(link: link, seconds: plans.map { $0.mean(link, \.spillbackTime) }) }
      .filter { $0.seconds.contains { $0 > 0 } }
      .sorted { (-($0.seconds.max() ?? 0), $0.link) < (-($1.seconds.max() ?? 0), $1.link) }
  }

  /// Less than this rounds to nothing in a table, s.
  private static let visible = 0.5

  /// Spillback in all, and the worst links; empty where nothing spills back.
  var spillbackTable: [String] {
    let found = spillbacks.filter { $0.seconds.contains { $0 >= Self.visible } }
    guard !found.isEmpty else { return [] }
    let rest = found.count - Self.mostLinks
    let total = plans.indices.map { plan in found.reduce(0) { $0 + $1.seconds[plan] } }
    let rows =
      found.prefix(Self.mostLinks).map { (name: network[$0.link].name, seconds: $0.seconds) }
      + [(name: rest > 0 ? "all, \(rest) more links too" : "all links", seconds: total)]
    let shown = labels.indices.prefix(Self.mostPlans)
    var columns: [TableColumn<(name: String, seconds: [Double])>] = [
      .text("spillback, s", room: .atMost(30)) { Cell($0.name) }
    ]
    columns += shown.map { plan in
      .number("\(labels[plan].truncated(to: 12))") { .number($0.seconds[plan], decimals: 0) }
    }
    if labels.count == 2 {
      columns.append(.number("change") { .change(from: $0.seconds[0], to: $0.seconds[1]) })
    }
    let more = labels.count - shown.count
    return Table(columns: columns, rows: rows).lines
      + (more > 0 ? ["and \(more) more plans; --json has all"] : [])
  }

  /// Links that block traffic upstream under a plan, the worst of any plan first, for programs.
  func spillbackJSON(_ plan: PlayedPlan) -> [JSONObject] {
    spillbacks.map { (link: $0.link, seconds: plan.mean($0.link, \.spillbackTime)) }
      .filter { $0.seconds > 0 }.map { ["link": network[$0.link].name, "seconds": $0.seconds] }
  }

  // MARK: Queue limits

  /// Links with a limit for their queue.
  var limited: [LinkID] { network.links.indices.map { LinkID($0) }.filter { network[$0].queueLimit != nil } }

  /// Mean and largest queue, and how long above its limit; empty where there are no limits.
  var limitTable: [String] {
    let rows = limited.flatMap { link in plans.indices.map { (link: link, plan: $0) } }
    return Table(
      columns: [
        .text("queue limit", room: .atMost(24)) { $0.plan == 0 ? Cell(network[$0.link].name) : "" },
        .number("veh") { $0.plan == 0 ? .number(network[$0.link].queueLimit, decimals: 0) : "" },
        .text("plan", room: .atMost(14)) { Cell(labels[$0.plan]) },
      ]
        + Self.figures.map { figure in
          .number(figure.title(.english)) { figure.cell((link: $0.link, plan: plans[$0.plan])) }
        }, rows: rows
    ).lines
  }

  /// The links with limits under a plan, for programs.
  func limitsJSON(_ plan: PlayedPlan) -> [JSONObject] {
    limited.map { link in
      JSONObject(Self.figures, of: (link: link, plan: plan))
        .with(["link": network[link].name, "limit": network[link].queueLimit])
    }
  }
}

extension PlayedPlan {
  /// The mean of the runs' largest, veh.
  func largestQueue(_ link: LinkID) -> Double { mean(link) { Double($0.maximumQueue) } }

  /// Every link for programs, by name.
  func linksJSON(of network: Network) -> [JSONObject] {
    network.links.indices.map { index in
      let link = LinkID(index)
      return [
        "link": network[link].name, "entered": mean(link) { Double($0.entered) },
        "left": mean(link) { Double($0.left) },
        "totalDelayHours": mean(link) { $0.delay / Quantities.secondsPerHour },
        "meanQueue": mean(link, \.meanQueue), "maximumQueue": largestQueue(link),
        "fullestLane": mean(link, \.fullestLane), "spillbackTime": mean(link, \.spillbackTime),
      ]
    }
  }
}
