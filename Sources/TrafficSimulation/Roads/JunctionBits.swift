internal import TrafficModel

/// One bit for each connection of a junction: whether anybody drives on any of those that are in a connection's way is
/// then one comparison.
struct JunctionBits: Sendable {
  /// A connection's place in the junctions' words.
  struct Place: BitwiseCopyable, Sendable {
    var junction: Int32
    /// Its own bit; none where a junction has more connections than a word has bits.
    var own: UInt64
    /// Of the connections that conflict, of those of them that lead elsewhere, and of the others from the same lane.
    var foes: UInt64
    var crossings: UInt64
    var siblings: UInt64
  }

  /// By connection.
  let places: [Place]
  let junctionCount: Int

  /// Always set: stands for connections without a bit.
  static let others: UInt64 = 1 << 63

  init(network: Network) {
    junctionCount = network.junctions.count
    let junctions = network.connections.map { network[network[$0.from].link].to.index }
    var used = [UInt64](repeating: 0, count: network.junctions.count)
    let bits = junctions.map { junction in
      let bit = used[junction] + 1
      used[junction] = bit
      return bit <= 63 ? 1 << (bit - 1) : Self.others
    }
    places = network.connections.indices.map { index in
      func bit(_ other: ConnectionID) -> UInt64 {
        junctions[other.index] == junctions[index] ? bits[other.index] : Self.others
      }
      return Place(
        junction: Int32(junctions[index]), own: bits[index] & ~Self.others,
        foes: network.conflicts[index].reduce(0) { $0 | bit($1.other) },
        crossings: network.conflicts[index].reduce(0) {
          network[$1.other].to == network.connections[index].to ? $0 : $0 | bit($1.other)
        },
        siblings: network.connectionsFromLane[network.connections[index].from.index].reduce(0) {
          $1.index == index ? $0 : $0 | bit($1)
        })
    }
  }
}
