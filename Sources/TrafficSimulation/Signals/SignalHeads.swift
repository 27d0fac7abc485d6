internal import TrafficModel

/// What every connection's signal shows, and since when: all that drivers know of the signals.
///
/// What comes next is the business of a controller's logic, which shows it here.
struct SignalHeads: ~Copyable {
  /// By connection.
  private(set) var aspects: FlatArray<Aspect>
  /// By connection: when the aspect last changed, s; long ago where it never did.
  private(set) var since: FlatArray<Double>
  /// By lane: how many of the connections from it are not red.
  private(set) var openFromLane: FlatArray<Int32>
  /// By connection.
  private let fromLane: FlatArray<Int32>

  /// What is shown where no controller shows anything.
  init(network: Network) {
    aspects = FlatArray(
      network.connections.map {
        network[network[network[$0.from].link].to].control == .allWayStop ? .stopFirst : .yielding
      })
    since = FlatArray(repeating: -1e9, count: network.connections.count)
    openFromLane = FlatArray(network.connectionsFromLane.map { Int32($0.count) })
    fromLane = FlatArray(network.connections.map { Int32($0.from.index) })
  }

  /// Shows an aspect to a connection from absolute time `time` on, s, unless it is shown already.
  @inline(__always)
  mutating func show(_ aspect: Aspect, on connection: Int32, at time: Double) {
    let old = aspects[connection]
    guard aspect != old else { return }
    let lane = fromLane[connection]
    openFromLane[lane] += (aspect == .red ? 0 : 1) - (old == .red ? 0 : 1)
    assert(openFromLane[lane] >= 0, "no lane has more red connections than connections")
    aspects[connection] = aspect
    since[connection] = time
  }
}
