internal import NetworkBuilding

/// One of a junction's links, which its request matrix is about.
struct JunctionLink: Hashable {
  var junction: String
  /// Row and column of the request matrix.
  var index: Int
}

extension NetFile {
  /// By connection: its place in its junction's request matrix; nil where it has none.
  ///
  /// An internal lane `:J_k_l` belongs to link k + l of junction J; a crossing's link is numbered as its lane
  /// stands among the junction's internal lanes. Where a network has no internal lanes, links are counted
  /// through the junction's incoming lanes, each lane's connections in the file's order.
  func junctionLinks() -> [JunctionLink?] {
    let counted = countedLinks()
    var places: [String: JunctionLink] = [:]
    for junction in junctions {
      for (index, lane) in junction.internalLanes.enumerated() {
        places[lane] = JunctionLink(junction: junction.id, index: index)
      }
    }
    return connections.indices.map { index in
      let connection = connections[index]
      for edge in [connection.from, connection.to] where crossings[edge] != nil {
        return places["\(edge)_0"]
      }
      guard let via = connection.via, via.hasPrefix(":") else { return counted[index] }
      return Self.link(ofInternalLane: via) ?? places[via]
    }
  }

  private static func link(ofInternalLane lane: String) -> JunctionLink? {
    let parts = lane.dropFirst().split(separator: "_", omittingEmptySubsequences: false)
    guard parts.count >= 3, let position = Int(parts[parts.count - 1]),
      let edge = Int(parts[parts.count - 2]),
      (0...100_000).contains(position), (0...100_000).contains(edge)
    else { return nil }
    return JunctionLink(junction: parts.dropLast(2).joined(separator: "_"), index: edge + position)
  }

  private func countedLinks() -> [JunctionLink?] {
    var leaving: [String: [Int]] = [:]
    for (index, connection) in connections.enumerated() {
      leaving["\(connection.from)_\(connection.fromLane)", default: []].append(index)
    }
    var links = [JunctionLink?](repeating: nil, count: connections.count)
    for junction in junctions {
      var count = 0
      for lane in junction.incomingLanes {
        for connection in leaving[lane] ?? [] {
          links[connection] = JunctionLink(junction: junction.id, index: count)
          count += 1
        }
      }
    }
    return links
  }
}
