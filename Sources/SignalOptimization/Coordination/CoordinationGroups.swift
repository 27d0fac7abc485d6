public import TrafficModel

/// Which signals are to run together, by what pairs of neighbours gain.
public struct CoordinationGroups: Hashable, Sendable {
  /// A group, in order of controllers: signals with a common cycle and offsets, or one that stands alone.
  public struct Group: Hashable, Sendable {
    /// The signals.
    public var controllers: [ControllerID]
    /// The pairs within it that gain enough.
    public var pairs: [CoordinationPair]
    /// Of a signal that stands alone: the neighbour that it would gain most with.
    public var nearest: CoordinationPair?

    /// What its pairs gain together, veh·s per second.
    public var gain: Double { pairs.reduce(0) { $0 + $1.gain } }
  }
  /// The groups, in order of their first controllers.
  public let groups: [Group]

  /// Joins neighbours that gain at least `leastGain` veh·s per second from running together: what a common cycle
  /// costs them.
  public init(_ pairs: [CoordinationPair], controllers: [ControllerID], leastGain: Double) {
    var head = Dictionary(uniqueKeysWithValues: controllers.map { ($0, $0) })
    func first(of controller: ControllerID) -> ControllerID {
      var controller = controller
      while let next = head[controller], next != controller { controller = next }
      return controller
    }
    let present = pairs.filter { head[$0.first] != nil && head[$0.second] != nil }
    let joining = present.filter { $0.gain >= leastGain && $0.hasCommonCycle }
    for pair in joining {
      let (a, b) = (first(of: pair.first), first(of: pair.second))
      head[max(a, b)] = min(a, b)
    }
    var members: [ControllerID: [ControllerID]] = [:]
    for controller in controllers.sorted() { members[first(of: controller), default: []].append(controller) }
    groups = members.keys.sorted().map { head in
      let group = members[head] ?? []
      let isAlone = group.count == 1
      return Group(
        controllers: group, pairs: joining.filter { group.contains($0.first) },
        nearest: isAlone
          ? present.filter { $0.first == head || $0.second == head }.max { $0.gain < $1.gain } : nil)
    }
  }
}

extension Array where Element == CoordinationPair {
  /// The signals of each group of `CoordinationGroups`.
  func groups(of controllers: [ControllerID], leastGain: Double) -> [[ControllerID]] {
    CoordinationGroups(self, controllers: controllers, leastGain: leastGain).groups.map(\.controllers)
  }
}
