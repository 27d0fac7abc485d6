internal import NetworkBuilding
internal import TrafficModel

/// Looks up movements by the words of a survey: a junction, and then links or the letters of approach and turn.
struct MovementNames {
  /// The junctions that something passes, by position in the network.
  private let junctions: [String: Int]
  /// By junction: the movements that pass it, in order.
  private let movements: [[MovementID]]
  /// By the name of a link: those that leave it.
  private let ofLinks: [String: [MovementID]]
  private let network: Network

  init(_ network: Network) {
    self.network = network
    var movements = [[MovementID]](repeating: [], count: network.junctions.count)
    for (index, movement) in network.movements.enumerated() {
      movements[movement.junction.index].append(MovementID(index))
    }
    self.movements = movements
    var ofLinks: [String: [MovementID]] = [:]
    for link in network.links { ofLinks[link.name] = [] }
    for (index, movement) in network.movements.enumerated() {
      ofLinks[network[movement.from].name, default: []].append(MovementID(index))
    }
    self.ofLinks = ofLinks
    junctions = Dictionary(
      network.junctions.indices.filter { !movements[$0].isEmpty }.map { (network.junctions[$0].name, $0) }
    ) { first, _ in first }
  }

  /// The position of the junction of a name; nil when none has it.
  func position(_ name: String) -> Int? { junctions[name.trimmed] }

  /// The only junction that something passes; nil where there are several.
  var only: Int? {
    let passed = movements.indices.filter { !movements[$0].isEmpty }
    return passed.count == 1 ? passed[0] : nil
  }

  /// The position of a junction by any of its names; nil, and noted, when none is known.
  func junction(_ names: [Located<String>], _ log: inout DiagnosticLog) -> Int? {
    if let index = names.lazy.compactMap({ position($0.value) }).first { return index }
    guard let name = names.first else { return nil }
    let known = network.junctions.indices.filter { !movements[$0].isEmpty }
    log.unknown("junction", name, known: known.map { network.junctions[$0].name })
    return nil
  }

  /// The movement from one link to another by their names; nil, and noted, when there is none.
  ///
  /// - Parameter junction: where it is; nil where only the links tell.
  func movement(
    at junction: Int?, from: Located<String>, to: Located<String>, _ log: inout DiagnosticLog
  ) -> MovementID? {
    let here = junction.map { movements[$0] } ?? network.movements.indices.map { MovementID($0) }
    let leaving = here.filter { name(of: network[$0].from) == from.value.trimmed }
    guard !leaving.isEmpty else {
      let place = junction.map { "link at junction '\(network.junctions[$0].name)':" } ?? "link"
      tell(of: place, from, known: names(here.map { network[$0].from }), &log)
      return nil
    }
    if let found = leaving.first(where: { name(of: network[$0].to) == to.value.trimmed }) { return found }
    tell(
      of: "link that '\(from.value.trimmed)' leads to:", to, known: names(leaving.map { network[$0].to }),
      &log)
    return nil
  }

  /// The movements that leave a link at its stop line, none of one that leads out of the network; nil, and noted, when there
  /// is no such link.
  func movements(from link: Located<String>, _ log: inout DiagnosticLog) -> [MovementID]? {
    if let known = ofLinks[link.value] { return known }
    tell(of: "link", link, known: Array(ofLinks.keys), &log)
    return nil
  }

  /// An unknown name, told with its place; of XML only the line is known, where the name is looked for.
  private func tell(of what: String, _ name: Located<String>, known: [String], _ log: inout DiagnosticLog) {
    if name.place.column > 0 {
      log.unknown(what, name, known: known)
    } else {
      log.unknown(what, name.value, at: name.place, known: known)
    }
  }

  /// The movement by the letters of its approach and turn.
  ///
  /// - Returns: the movement; nil when nobody can go so.
  func movement(at junction: Int, from leg: Compass, turn: Turn) -> MovementID? {
    movements[junction].first { network[$0].turn == turn && self.leg(of: network[$0].from) == leg }
  }

  /// The letters of the approaches of a junction; some may stand there twice.
  func legs(at junction: Int) -> [Compass] {
    var links: [LinkID] = []
    for id in movements[junction] where links.last != network[id].from { links.append(network[id].from) }
    return links.compactMap(leg).sorted()
  }

  /// The letters of the turns of an approach.
  func turns(at junction: Int, from leg: Compass) -> [Turn] {
    let turns = movements[junction].filter { self.leg(of: network[$0].from) == leg }.map { network[$0].turn }
    return Turn.fromLeft.filter(turns.contains)
  }

  private func name(of link: LinkID) -> String { network[link].name }

  private func names(_ links: [LinkID]) -> [String] {
    links.reduce(into: []) { if !$0.contains(name(of: $1)) { $0.append(name(of: $1)) } }
  }

  /// Where a link lies as seen from its end: the letter that its name ends with, as in networks of Greenwave's own,
  /// or else the nearest by where it comes from. Nil where it has no direction.
  private func leg(of link: LinkID) -> Compass? {
    let name = network[link].name
    let junction = network[network[link].to]
    if name.hasPrefix(junction.name + "."),
      let leg = Compass(name: String(name.dropFirst(junction.name.count + 1)))
    {
      return leg
    }
    let shape = network[link].shape
    let end = shape.last ?? junction.position
    let before = shape.count > 1 ? shape[shape.count - 2] : network[network[link].from].position
    return Compass(nearestTo: Point(x: before.x - end.x, y: before.y - end.y))
  }
}
