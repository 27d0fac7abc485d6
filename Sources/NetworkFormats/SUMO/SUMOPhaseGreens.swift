internal import TrafficModel

/// Which letters of a phase let traffic go so freely that a detector on its lane tells something: a queue that waits for gaps
/// in other streams would prolong the phase without end.
struct SUMOPhaseGreens {
  private let net: NetFile
  private let requests: [String: [Int: NetFile.Request]]
  /// By letter: the connections that obey it.
  private var ofLetter: [[Int]]
  private var lanes: [Set<String>]
  /// By letter: whether no phase gives it the right of way, whether all its ways turn round, and whether the road before it has
  /// only one lane for motor traffic.
  private var isNeverMajor: [Bool]
  private var isTurnaround: [Bool]
  private var hasOneLane: [Bool]
  /// Connections from lanes for cyclists and people on foot.
  private let vulnerable: Set<Int>

  /// - Parameters:
  ///   - connections: those of the signal, from road to road.
  ///   - edges: by name.
  ///   - requests: by junction.
  init(
    net: NetFile, connections: [Int], edges: [String: NetFile.Edge],
    requests: [String: [Int: NetFile.Request]], _ source: SUMOActuation
  ) {
    self.net = net
    self.requests = requests
    let width = source.phases.first?.states.count ?? 0
    var ofLetter = [[Int]](repeating: [], count: width)
    for index in connections {
      guard let letter = net.connections[index].signal?.link, letter < width else { continue }
      ofLetter[letter].append(index)
    }
    self.ofLetter = ofLetter
    lanes = ofLetter.map { Set($0.map { Self.lane(before: net.connections[$0]) }) }
    isNeverMajor = (0..<width).map { letter in
      !source.phases.contains { $0.states[letter] == .protectedGreen }
    }
    isTurnaround = ofLetter.map { $0.allSatisfy { SUMODetectors.isTurnaround(net.connections[$0]) } }
    func motorLanes(before index: Int) -> [NetFile.Lane] {
      (edges[net.connections[index].from]?.lanes ?? []).filter(\.isOpenToMotorTraffic)
    }
    hasOneLane = ofLetter.map { $0.contains { motorLanes(before: $0).count == 1 } }
    vulnerable = Set(
      connections.filter { index in
        !motorLanes(before: index).contains { $0.index == net.connections[index].fromLane }
      })
  }

  private static func lane(before connection: NetFile.Connection) -> String {
    "\(connection.from)_\(connection.fromLane)"
  }

  /// The letters of a phase whose traffic goes, and those whose traffic may have to wait for gaps.
  func letters(of states: [SignalState]) -> (free: Set<Int>, permissive: Set<Int>) {
    var (free, permissive): (Set<Int>, Set<Int>) = ([], [])
    for letter in ofLetter.indices {
      switch states[letter] {
      case .protectedGreen: free.insert(letter)
      case .permissiveGreen:
        if isFree(letter, in: states) { free.insert(letter) } else { permissive.insert(letter) }
      default: break
      }
    }
    return (free, permissive)
  }

  private func isFree(_ letter: Int, in states: [SignalState]) -> Bool {
    if hasOneLane[letter] || hasWeakConflictsOnly(letter, in: states) { return true }
    guard isNeverMajor[letter] || isTurnaround[letter] else { return false }
    // Its traffic is taken for few beside those that go straight on from the same lane.
    return ofLetter.indices.contains {
      states[$0] == .protectedGreen && !lanes[$0].isDisjoint(with: lanes[letter])
    }
  }

  /// Whether it meets nobody with green but people on foot, cyclists and traffic from its own road.
  private func hasWeakConflictsOnly(_ letter: Int, in states: [SignalState]) -> Bool {
    ofLetter[letter].allSatisfy { index in
      guard let link = net.places[index], let request = requests[link.junction]?[link.index] else {
        return true
      }
      return ofLetter.indices.allSatisfy { other in
        guard other != letter, states[other].isGreen else { return true }
        return ofLetter[other].allSatisfy { foe in
          guard let place = net.places[foe], place.junction == link.junction else { return true }
          return !request.meets(place.index) || net.connections[foe].from == net.connections[index].from
            || vulnerable.contains(foe)
        }
      }
    }
  }
}
