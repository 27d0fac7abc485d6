internal import NetworkBuilding

/// Whether the file's right of way can be trusted: what it does not say of signalled junctions would be taken for "these
/// never meet", and a plan with all of them green for legal.
extension NetFile {
  /// Notes everything that is missing or damaged in the right of way of junctions with signals.
  func checkRightOfWay(_ log: inout DiagnosticLog) {
    let known = Set(junctions.map(\.id))
    var signalled: Set<String> = []
    for (connection, place) in zip(connections, places) where connection.signal != nil {
      check(connection, place, known, &log)
      if let place { signalled.insert(place.junction) }
    }
    var linkCounts: [String: Int] = [:]
    // Ways over sidewalks have no rows.
    for (connection, place) in zip(connections, places)
    where connection.isRoadToRoad || connection.signal != nil {
      guard let place else { continue }
      linkCounts[place.junction] = max(linkCounts[place.junction] ?? 0, place.index + 1)
    }
    for junction in junctions where signalled.contains(junction.id) {
      checkRequests(of: junction, linkCount: linkCounts[junction.id] ?? 0, &log)
    }
  }

  /// Beyond so many notes nobody needs to be told the nearest name.
  private static let mostSearches = 100

  private func check(
    _ connection: Connection, _ place: JunctionLink?, _ known: Set<String>, _ log: inout DiagnosticLog
  ) {
    let isOfCrossing = crossings[connection.to] != nil || crossings[connection.from] != nil
    if let via = connection.via, internalLanes[via] == nil, !internalLanes.isEmpty, !isOfCrossing {
      let names = log.count < Self.mostSearches ? internalLanes.keys.sorted() : []
      log.unknown("internal lane", via, at: connection.place, known: names)
    } else if let place, !known.contains(place.junction) {
      log.unknown("junction", place.junction, at: connection.place, known: known.sorted())
    } else if place == nil || connection.via == nil && !internalLanes.isEmpty && !isOfCrossing {
      log.error(
        "the connection from '\(connection.from)' to '\(connection.to)' has no place in its junction's right of way",
        at: connection.place, quote: connection.from)
    }
  }

  private func checkRequests(of junction: Junction, linkCount: Int, _ log: inout DiagnosticLog) {
    let count = junction.requests.count
    if linkCount > count {
      log.error(
        "junction '\(junction.id)' has \(counted(linkCount, "link")), and right of way (<request>) for \(count)",
        at: junction.place, quote: junction.id)
    }
    for (index, request) in junction.requests.sorted(by: { $0.key < $1.key }) {
      if index >= count {
        log.error(
          "junction '\(junction.id)': request \(index) among \(count), their numbers go from 0 without a gap",
          at: request.place, quote: "\(index)")
      }
      if index < count, let response = request.response, let foes = request.foes,
        response.count == foes.count,
        let other = zip(response, foes).enumerated().first(where: { $1.0 && !$1.1 })?.offset
      {
        log.error(
          "junction '\(junction.id)': request \(index) waits for link \(other) and does not meet it ('response' without 'foes')",
          at: request.place, quote: "foes")
      }
      for (name, bits) in [("foes", request.foes), ("response", request.response)] where bits?.count != count
      {
        let found = bits.map { counted($0.count, "digit") } ?? "missing, or something else"
        log.error(
          "junction '\(junction.id)': '\(name)' of request \(index) must be \(counted(count, "digit")) of 0 or 1, it is \(found)",
          at: request.place, quote: name)
      }
    }
  }
}
