internal import NetworkBuilding
internal import TrafficModel

/// Turns persons into flows of people over crossings.
///
/// Who walks comes to a crossing when he has walked so far at `WalkingModel.speed`; that he waits at signals on the way is
/// left out.
struct SUMOWalks {
  private let net: NetFile
  private let period: Range<Double>
  private var footways: SUMOFootways
  /// By edge of a crossing: its place in the network.
  private let crossingOfEdge: [String: Int]
  /// By slice of the period, then crossing: people.
  private var people: [Int: [Int: Double]] = [:]
  private var refused: (count: Int, place: RouteElements.Place, quote: String)?

  init(net: NetFile, network: Network, period: Range<Double>) {
    self.net = net
    self.period = period
    footways = SUMOFootways(net)
    crossingOfEdge = Dictionary(
      network.crossings.enumerated().map { (":" + $1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// s of a flow.
  private static let slice = 900.0

  /// The flows, in order of time, then crossing.
  var flows: [PedestrianFlow] {
    people.sorted { $0.key < $1.key }.flatMap { slice, people in
      let begin = period.lowerBound + Double(slice) * Self.slice
      let end = min(begin + Self.slice, period.upperBound)
      return people.sorted { $0.key < $1.key }.map {
        PedestrianFlow(crossing: CrossingID($0.key), begin: begin, end: end, people: $0.value)
      }
    }
  }

  /// Says how many persons have walks that nobody can walk.
  func reportRefusals(_ logs: inout [DiagnosticLog]) {
    guard let refused else { return }
    logs[refused.place.file].warning(
      "\(counted(refused.count, "person")) left out: no way for people leads along a walk",
      at: refused.place.at,
      quote: refused.quote)
  }

  /// - Parameter times: when such people set off, absolute s, within the period; nil for a random flow.
  mutating func add(
    _ person: RouteElements.Person, times: [Double]?, _ elements: RouteElements, _ logs: inout [DiagnosticLog]
  ) {
    var walker = Walker()
    for act in person.acts {
      guard let known = go(&walker, act, person, elements, &logs) else { return }
      guard known else {
        refused = ((refused?.count ?? 0) + 1, refused?.place ?? person.place, refused?.quote ?? person.id)
        break
      }
    }
    if let times {
      for time in times {
        for pass in walker.passes { count(pass.crossing, at: pass.time(departing: time), 1) }
      }
    } else if case .random(let first, let last, let rate, _) = person.schedule {
      let (first, last) = (max(first, period.lowerBound), min(last, period.upperBound))
      guard first < last else { return }
      for pass in walker.passes {
        spread(pass.crossing, from: pass.time(departing: first), to: pass.time(departing: last), rate)
      }
    }
  }

  /// Somebody on his way.
  private struct Walker {
    /// When he comes to a crossing, or is at the end of what he has done.
    struct Moment {
      /// s after his departure.
      var delay = 0.0
      /// Not before, absolute s.
      var earliest = -Double.infinity

      func time(departing: Double) -> Double { max(departing + delay, earliest) }

      func later(by seconds: Double) -> Moment {
        Moment(delay: delay + seconds, earliest: earliest + seconds)
      }
    }
    struct Pass {
      var crossing: Int
      var moment: Moment

      func time(departing: Double) -> Double { moment.time(departing: departing) }
    }
    var now = Moment()
    /// Where he is; nil where he has not been anywhere.
    var places: [SUMOFootways.Place]?
    var passes: [Pass] = []
  }

  /// Whether he can; nil, with an error in the log, where names are not known.
  private mutating func go(
    _ walker: inout Walker, _ act: RouteElements.Person.Act, _ person: RouteElements.Person,
    _ elements: RouteElements, _ logs: inout [DiagnosticLog]
  ) -> Bool? {
    var way: SUMOFootways.Way?
    switch act {
    case .wait(let duration, let until):
      walker.now = walker.now.later(by: duration)
      walker.now.earliest = max(walker.now.earliest, until)
      return true
    case .route(let name, let from, let to):
      guard case .edges(let edges)? = elements.routes[name]?.way else {
        logs[person.place.file].unknown(
          "route", name, at: person.place.at, known: elements.routes.keys.sorted())
        return nil
      }
      return go(&walker, .along(edges, from: from, to: to), person, elements, &logs)
    case .along(let names, let from, let to):
      var edges: [Int] = []
      for name in names {
        guard let edge = edge(name, person, &logs) else { return nil }
        edges.append(edge)
      }
      let (first, last) = (edges[0], edges[edges.count - 1])
      let here = walker.places?.first { $0.edge == first }
      guard
        let start = from == nil
          ? here ?? footways.place(on: first, at: 0) : footways.place(on: first, at: from ?? 0),
        let end = footways.place(on: last, at: to ?? Self.middle(of: net.edges[last]))
      else { return false }
      way = footways.walk(along: edges, from: start, to: end)
      walker.places = [end]
    case .walk(let from, let to, let departing, let arriving):
      var starts = walker.places ?? []
      if let from {
        guard let found = places(from, at: departing ?? 0, person, elements, &logs) else { return nil }
        starts = found
      }
      guard let ends = places(to, at: arriving, person, elements, &logs) else { return nil }
      way = footways.walk(from: starts, to: ends)
      walker.places = ends
    }
    guard let way else { return false }
    for pass in way.passes {
      guard let crossing = crossingOfEdge[pass.crossing] else { continue }
      walker.passes.append(
        Walker.Pass(crossing: crossing, moment: walker.now.later(by: pass.distance / WalkingModel.speed)))
    }
    walker.now = walker.now.later(by: way.length / WalkingModel.speed)
    return true
  }

  /// Where SUMO's people end when nobody says where on the edge, m.
  private static func middle(of edge: NetFile.Edge) -> Double { (edge.lanes.first?.length ?? 0) / 2 }

  private func edge(
    _ name: String, _ person: RouteElements.Person, _ logs: inout [DiagnosticLog]
  ) -> Int? {
    if let edge = footways.indexOfEdge[name] { return edge }
    logs[person.place.file].unknown("edge", name, at: person.place.at, known: net.edges.map(\.id))
    return nil
  }

  /// - Parameter position: m on an edge; nil for its middle.
  private func places(
    _ spot: RouteElements.Person.Spot, at position: Double?, _ person: RouteElements.Person,
    _ elements: RouteElements, _ logs: inout [DiagnosticLog]
  ) -> [SUMOFootways.Place]? {
    let name: String
    switch spot {
    case .junction(let junction):
      guard net.junctions.contains(where: { $0.id == junction }) else {
        logs[person.place.file].unknown(
          "junction", junction, at: person.place.at, known: net.junctions.map(\.id))
        return nil
      }
      return (footways.endsAtJunction[junction] ?? []).compactMap { end in
        footways.place(on: end / 2, at: end % 2 == 0 ? 0 : .greatestFiniteMagnitude)
      }
    case .stop(let stop):
      guard let edge = elements.edgeOfStop[stop] else {
        logs[person.place.file].unknown(
          "stop", stop, at: person.place.at, known: elements.edgeOfStop.keys.sorted())
        return nil
      }
      name = edge
    case .edge(let edge): name = edge
    }
    guard let edge = edge(name, person, &logs) else { return nil }
    return footways.place(on: edge, at: position ?? Self.middle(of: net.edges[edge])).map { [$0] } ?? []
  }

  // MARK: Counting

  private mutating func count(_ crossing: Int, at time: Double, _ number: Double) {
    guard period.contains(time) else { return }
    guard
      let slice = Int(rounding: ((time - period.lowerBound) / Self.slice).rounded(.down), in: 0...Int.max / 2)
    else { return }
    people[slice, default: [:]][crossing, default: 0] += number
  }

  /// Counts people who come at a rate, 1/s, from a time to another.
  private mutating func spread(_ crossing: Int, from first: Double, to last: Double, _ rate: Double) {
    var begin = max(first, period.lowerBound)
    let end = min(last, period.upperBound)
    while begin < end {
      let slice = ((begin - period.lowerBound) / Self.slice).rounded(.down)
      let stop = min(end, period.lowerBound + (slice + 1) * Self.slice)
      guard stop > begin else { return }
      count(crossing, at: begin, (stop - begin) * rate)
      begin = stop
    }
  }
}
