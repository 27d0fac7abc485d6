public import TrafficModel

/// The signals of an arterial as those see them who drive along it: when each is green for either direction, and how
/// far it is from one to the next. Documentation/TimeSpaceDiagram.md has the terms.
public struct Progression: Sendable {
  /// Which way somebody drives.
  public enum Direction: String, Hashable, Sendable, CaseIterable {
    /// In order of the signals.
    case outbound
    /// Against it.
    case inbound
  }
  /// A green of a cycle.
  public struct Green: Hashable, Sendable {
    /// s after the begin of the signal's programme.
    public var begin: Double
    /// s.
    public var length: Double
  }
  /// A signal of the arterial.
  public struct Signal: Hashable, Sendable {
    /// The controller.
    public var controller: ControllerID
    /// s; the programme begins at these absolute times and whole cycles later.
    public var offset: Double
    /// s.
    public var cycle: Double
    /// m of the outbound way from the first signal's stop line.
    public var position: Double
    /// When outbound traffic has green, in order of the begins.
    public var outbound: [Green]
    /// When inbound traffic has green.
    public var inbound: [Green]

    /// The greens of a direction.
    public func greens(_ direction: Direction) -> [Green] { direction == .outbound ? outbound : inbound }
  }
  /// From a signal to the next, or back.
  public struct Road: Hashable, Sendable {
    /// s at the speed of progression.
    public var time: Double
    /// m from stop line to stop line.
    public var length: Double
    /// From the link that begins at the one signal to the one that ends at the other.
    public var links: [LinkID]
    /// By link, m.
    public var linkLengths: [Double]
  }
  /// Who drives within it meets only green.
  public struct Band: Hashable, Sendable {
    /// Absolute s, in 0 ..< cycle: when it begins at the stop line of the direction's first signal.
    public var begin: Double
    /// s.
    public var width: Double
  }
  /// In outbound order.
  public let signals: [Signal]
  /// One fewer than the signals, in outbound order.
  public let outbound: [Road]
  /// The same roads in the other direction, in outbound order too.
  public let inbound: [Road]
  private let approaches: [(link: LinkID, length: Double)]
  /// The cycle in which everything repeats, s; nil where not all cycles divide the longest, and bands come and go.
  public let cycle: Double?

  /// A plan's greens along an arterial.
  ///
  /// - Parameters:
  ///   - controllers: in outbound order.
  ///   - plan: with a programme for each controller.
  ///   - times: by road, s at the speed of progression; nil for free flow.
  ///   - flows: the demand's; worked out where nobody has them yet.
  /// - Returns: nil where the signals are no arterial: fewer than two, without traffic both ways, or without a green.
  public init?(
    _ controllers: [ControllerID], plan: TimingPlan, network: Network, demand: Demand,
    times: (outbound: [Double], inbound: [Double])? = nil, flows: MovementFlows? = nil
  ) {
    let flows = flows ?? MovementFlows(network: network, demand: demand)
    self.init(
      controllers, plan: plan,
      trace: ArterialTrace(planner: OffsetPlanner(network: network, demand: demand, flows: flows.mean)),
      times: times)
  }

  /// The arterials of a network under a plan: chains of signals with traffic both ways, the longest first, no two with
  /// the same road.
  ///
  /// - Parameters:
  ///   - least: shorter chains are left out, signals.
  ///   - flows: the demand's; worked out where nobody has them yet.
  public static func arterials(
    of network: Network, demand: Demand, least: Int = 2, flows: MovementFlows? = nil
  ) -> [[ControllerID]] {
    let flows = flows ?? MovementFlows(network: network, demand: demand)
    let planner = OffsetPlanner(network: network, demand: demand, flows: flows.mean)
    return ArterialTrace(planner: planner).chains().filter { $0.count >= least }
  }

  init?(
    _ controllers: [ControllerID], plan: TimingPlan, trace: ArterialTrace,
    times: (outbound: [Double], inbound: [Double])?
  ) {
    let network = trace.planner.network
    guard controllers.count > 1, Set(controllers).count == controllers.count,
      let there = try? trace.ways(along: controllers),
      let back = (try? trace.ways(along: controllers.reversed())).map({ Array($0.reversed()) })
    else { return nil }
    func road(_ way: ArterialTrace.Way, time: Double?) -> Road? {
      network.shortestPath(from: network[way.source].to, to: network[way.target].from).map {
        Road(
          time: time ?? way.time, length: way.length, links: $0, linkLengths: $0.map { network[$0].length })
      }
    }
    let outbound = there.indices.compactMap { road(there[$0], time: times?.outbound[$0]) }
    let inbound = back.indices.compactMap { road(back[$0], time: times?.inbound[$0]) }
    guard outbound.count == there.count, inbound.count == back.count else { return nil }
    var signals: [Signal] = []
    var position = 0.0
    for (index, controller) in controllers.enumerated() {
      guard let program = plan[controller] else { return nil }
      // Where traffic goes on from a signal; at the last one, where it has come to.
      let out = index < there.count ? there[index].source : there[index - 1].target
      let home = index > 0 ? back[index - 1].source : back[0].target
      let signal = Signal(
        controller: controller, offset: program.offset, cycle: program.cycle, position: position,
        outbound: program.greens(of: out, in: network), inbound: program.greens(of: home, in: network))
      guard !signal.outbound.isEmpty, !signal.inbound.isEmpty else { return nil }
      signals.append(signal)
      if index < there.count { position += there[index].length }
    }
    let approaches = [there[0].source, back[back.count - 1].source].map { source in
      (link: network[source].from, length: network[network[source].from].length)
    }
    self.init(signals: signals, outbound: outbound, inbound: inbound, approaches: approaches)
  }

  init(
    signals: [Signal], outbound: [Road], inbound: [Road], approaches: [(link: LinkID, length: Double)]
  ) {
    self.signals = signals
    self.outbound = outbound
    self.inbound = inbound
    self.approaches = approaches
    let longest = signals.map(\.cycle).max() ?? 0
    let divide = signals.allSatisfy { signal in
      let parts = longest / signal.cycle
      return abs(parts - parts.rounded()) < Self.slack
    }
    cycle = divide ? longest : nil
  }

  /// Rounding of quotients and sums of seconds.
  private static let slack = 1e-6

  /// s from the stop line of a direction's first signal to that of signal `index`.
  public func time(to index: Int, _ direction: Direction) -> Double {
    direction == .outbound
      ? outbound[..<index].reduce(0) { $0 + $1.time } : inbound[index...].reduce(0) { $0 + $1.time }
  }

  /// The link on which traffic of a direction comes to its first signal, and its length, m.
  public func approach(_ direction: Direction) -> (link: LinkID, length: Double) {
    approaches[direction == .outbound ? 0 : 1]
  }

  /// Every link that is a part of the arterial, in either direction.
  public var links: Set<LinkID> {
    Set((outbound + inbound).flatMap(\.links) + approaches.map(\.link))
  }

  /// The bands from end to end, in order of their begins; empty where cycles differ.
  ///
  /// - Parameter least: narrower ones are left out, s.
  public func bands(_ direction: Direction, least: Double = 1) -> [Band] {
    guard let cycle else { return [] }
    var common = [Green(begin: 0, length: cycle)]
    for (index, signal) in signals.enumerated() {
      guard signal.greens(direction).allSatisfy({ $0.length < signal.cycle - Self.slack }) else { continue }
      let shift = signal.offset - time(to: index, direction)
      var greens: [Green] = []
      for part in 0..<Int((cycle / signal.cycle).rounded()) {
        greens += signal.greens(direction).map {
          Green(
            begin: fraction((shift + Double(part) * signal.cycle + $0.begin) / cycle) * cycle,
            length: $0.length)
        }
      }
      common = Self.common(common, greens, cycle: cycle)
    }
    return common.filter { $0.length >= least - Self.slack }
      .map { Band(begin: $0.begin, width: $0.length) }.sorted { $0.begin < $1.begin }
  }

  /// The width of the widest band, s.
  public func bandwidth(_ direction: Direction) -> Double {
    bands(direction, least: 0).map(\.width).max() ?? 0
  }

  /// The times of a cycle in which a green of either list is on.
  private static func common(_ some: [Green], _ others: [Green], cycle: Double) -> [Green] {
    var found: [Green] = []
    for one in some {
      guard one.length < cycle - slack else { return others }
      for other in others {
        // The same green of the cycle before, of this one, and of the next.
        for turn in [-cycle, 0, cycle] {
          let begin = max(one.begin, other.begin + turn)
          let end = min(one.begin + one.length, other.begin + other.length + turn)
          if end - begin > slack {
            let start = begin < cycle - slack ? begin : begin - cycle
            found.append(Green(begin: max(0, start), length: min(cycle, end - begin)))
          }
        }
      }
    }
    return found
  }
}

extension SignalProgram {
  /// When any signal of a movement is green, in order of the begins.
  fileprivate func greens(of movement: MovementID, in network: Network) -> [Progression.Green] {
    let groups = network[movement].connections.compactMap { network[$0].signal }
      .filter { $0.controller == controller }.map(\.group)
    let isGreen = intervals.map { interval in groups.contains { interval.states[$0].isGreen } }
    guard isGreen.contains(false) else {
      return groups.isEmpty ? [] : [Progression.Green(begin: 0, length: cycle)]
    }
    return intervals.indices.compactMap { index in
      guard isGreen[index], !isGreen[(index + intervals.count - 1) % intervals.count] else { return nil }
      var length = 0.0
      var next = index
      while isGreen[next] {
        length += intervals[next].duration
        next = (next + 1) % intervals.count
      }
      return Progression.Green(
        begin: intervals[..<index].reduce(0) { $0 + $1.duration }, length: length)
    }
  }
}
