/// What a problem of a network is about.
public enum NetworkSubject: Hashable, Sendable {
  case junction(JunctionID)
  case link(LinkID)
  case lane(LaneID)
  case connection(ConnectionID)
  case crossing(CrossingID)
  case controller(ControllerID)
}

/// One reason why arrays do not make a network.
public struct NetworkProblem: Hashable, Sendable {
  /// The entity that is wrong.
  public var subject: NetworkSubject
  /// What is wrong, in one sentence without a full stop.
  public var message: String
}

/// Every reason why arrays do not make a network; never empty.
public struct InvalidNetwork: Error, Hashable, Sendable {
  /// The problems, in the order junctions, links, lanes, connections, crossings, controllers.
  public var problems: [NetworkProblem]
}

extension Network {
  /// Lengths above this are taken for a mistake of units, m.
  public static let longestLength = 100_000.0
  /// Speeds above this are taken for a mistake of units, m/s.
  public static let highestSpeed = 100.0

  static func problems(
    junctions: [Junction], links: [Link], lanes: [Lane], connections: [LaneConnection],
    conflicts: [[ConnectionConflict]], crossings: [PedestrianCrossing], controllers: [SignalController]
  ) -> [NetworkProblem] {
    var check = NetworkCheck(
      junctions: junctions, links: links, lanes: lanes, connections: connections, controllers: controllers)
    check.checkJunctions()
    check.checkLinks()
    check.checkLanes()
    check.checkConnections(conflicts)
    check.checkCrossings(crossings)
    check.checkControllers()
    return check.problems
  }
}

/// Collects the problems of the arrays that a network is to be made of.
private struct NetworkCheck {
  let junctions: [Junction]
  let links: [Link]
  let lanes: [Lane]
  let connections: [LaneConnection]
  let controllers: [SignalController]
  var problems: [NetworkProblem] = []

  init(
    junctions: [Junction], links: [Link], lanes: [Lane], connections: [LaneConnection],
    controllers: [SignalController]
  ) {
    self.junctions = junctions
    self.links = links
    self.lanes = lanes
    self.connections = connections
    self.controllers = controllers
  }

  mutating func report(_ subject: NetworkSubject, _ message: String) {
    problems.append(NetworkProblem(subject: subject, message: message))
  }

  mutating func require(_ condition: Bool, _ subject: NetworkSubject, _ message: @autoclosure () -> String) {
    if !condition { report(subject, message()) }
  }

  mutating func checkLength(_ length: Double, allowsZero: Bool = false, _ subject: NetworkSubject) {
    let positive = allowsZero ? length >= 0 : length > 0
    require(
      positive && length <= Network.longestLength, subject,
      "length \(length) m is not in \(allowsZero ? "0" : "above 0") … \(Network.longestLength) m")
  }

  mutating func checkSpeed(_ speed: Double, _ subject: NetworkSubject) {
    require(
      speed > 0 && speed <= Network.highestSpeed, subject,
      "speed \(speed) m/s is not in above 0 … \(Network.highestSpeed) m/s")
  }

  mutating func checkNames(_ names: [String], _ subject: (Int) -> NetworkSubject) {
    var seen: Set<String> = []
    for (index, name) in names.enumerated() where !seen.insert(name).inserted {
      report(subject(index), "the name '\(name)' is used twice")
    }
  }

  mutating func checkSignal(_ signal: SignalGroupReference?, _ subject: NetworkSubject) {
    guard let signal else { return }
    let known = controllers.indices.contains(signal.controller.index)
    require(
      known && controllers[signal.controller.index].groups.indices.contains(signal.group), subject,
      "its signal group does not exist")
  }

  mutating func checkJunctions() {
    checkNames(junctions.map(\.name)) { .junction(JunctionID($0)) }
    for (index, junction) in junctions.enumerated() {
      let subject = NetworkSubject.junction(JunctionID(index))
      require(
        junction.position.x.isFinite && junction.position.y.isFinite, subject, "its position is not finite")
      if case .signalled(let controller) = junction.control {
        require(controllers.indices.contains(controller.index), subject, "its controller does not exist")
      }
    }
  }

  mutating func checkLinks() {
    checkNames(links.map(\.name)) { .link(LinkID($0)) }
    var hasLane = [Bool](repeating: false, count: links.count)
    for lane in lanes where links.indices.contains(lane.link.index) { hasLane[lane.link.index] = true }
    for (index, link) in links.enumerated() {
      let subject = NetworkSubject.link(LinkID(index))
      require(
        junctions.indices.contains(link.from.index) && junctions.indices.contains(link.to.index), subject,
        "one of its ends does not exist")
      checkLength(link.length, subject)
      checkSpeed(link.speed, subject)
      require(hasLane[index], subject, "it has no lane")
      if let limit = link.queueLimit {
        require(limit >= 0 && limit.isFinite, subject, "its queue limit of \(limit) veh is not 0 or more")
      }
    }
  }

  mutating func checkLanes() {
    for (index, lane) in lanes.enumerated() {
      let subject = NetworkSubject.lane(LaneID(index))
      require(links.indices.contains(lane.link.index), subject, "its link does not exist")
      checkLength(lane.length, subject)
      checkSpeed(lane.speed, subject)
      if index > 0 {
        let before = lanes[index - 1]
        let inOrder =
          before.link < lane.link
          ? lane.position == 0
          : before.link == lane.link && before.position + 1 == lane.position
        require(inOrder, subject, "lanes must be grouped by link and numbered from 0")
      }
    }
  }

  mutating func checkConnections(_ conflicts: [[ConnectionConflict]]) {
    for (index, connection) in connections.enumerated() {
      let subject = NetworkSubject.connection(ConnectionID(index))
      guard lanes.indices.contains(connection.from.index), lanes.indices.contains(connection.to.index) else {
        report(subject, "one of its lanes does not exist")
        continue
      }
      let end = links[lanes[connection.from.index].link.index].to
      let start = links[lanes[connection.to.index].link.index].from
      require(end == start, subject, "its lanes do not meet at a junction")
      checkLength(connection.length, allowsZero: true, subject)
      checkSpeed(connection.speed, subject)
      if let waiting = connection.waitingPosition {
        require(
          waiting >= 0 && waiting <= connection.length, subject,
          "its waiting position of \(waiting) m is not within its length")
      }
      if let parting = connection.partingPosition {
        require(
          parting >= 0 && parting <= connection.length, subject,
          "its parting position of \(parting) m is not within its length")
      }
      require(
        connection.saturationFlow > 0 && connection.saturationFlow < 2, subject,
        "saturation flow \(connection.saturationFlow) veh/s is not in above 0 … 2 veh/s")
      require(
        connection.startUpLostTime.isFinite && connection.yellowUsed.isFinite, subject,
        "its lost time is not finite")
      checkSignal(connection.signal, subject)
    }
    guard conflicts.count == connections.count else {
      report(.connection(ConnectionID(0)), "there must be one list of conflicts for each connection")
      return
    }
    for (index, list) in conflicts.enumerated() {
      for conflict in list {
        require(
          connections.indices.contains(conflict.other.index) && conflict.other.index != index,
          .connection(ConnectionID(index)), "it conflicts with a connection that does not exist")
        if let meeting = conflict.meeting {
          require(
            meeting >= 0 && meeting <= connections[index].length, .connection(ConnectionID(index)),
            "it meets another way \(meeting) m beyond its stop line, which is not within its length")
        }
        if let extent = conflict.extent {
          require(
            extent >= 0 && extent.isFinite, .connection(ConnectionID(index)),
            "it shares \(extent) m with another way")
        }
      }
    }
  }

  mutating func checkCrossings(_ crossings: [PedestrianCrossing]) {
    for (index, crossing) in crossings.enumerated() {
      let subject = NetworkSubject.crossing(CrossingID(index))
      require(junctions.indices.contains(crossing.junction.index), subject, "its junction does not exist")
      checkLength(crossing.length, subject)
      require(
        crossing.walkingSpeed > 0 && crossing.walkingSpeed < 10, subject, "its walking speed is not sensible")
      checkSignal(crossing.signal, subject)
      for id in crossing.crossedConnections {
        require(
          connections.indices.contains(id.index), subject, "it crosses a connection that does not exist")
      }
    }
  }

  mutating func checkControllers() {
    checkNames(controllers.map(\.name)) { .controller(ControllerID($0)) }
    for (index, controller) in controllers.enumerated() {
      let subject = NetworkSubject.controller(ControllerID(index))
      let count = controller.groups.count
      let isSquare =
        controller.conflicts.count == count && controller.conflicts.allSatisfy { $0.count == count }
        && controller.intergreens.count == count && controller.intergreens.allSatisfy { $0.count == count }
        && controller.startsDuringYellow.count == count
        && controller.startsDuringYellow.allSatisfy { $0.count == count }
      require(isSquare, subject, "its matrices must have a row and a column for each group")
      for group in controller.groups {
        require(
          group.minimumGreen >= 0 && group.minimumGreen.isFinite && group.yellow >= 0
            && group.yellow.isFinite,
          subject, "the times of group '\(group.name)' must be 0 s or more")
      }
      for row in controller.intergreens where !row.allSatisfy({ $0 >= 0 && $0.isFinite }) {
        report(subject, "its intergreens must be 0 s or more")
        break
      }
      if isSquare, let rings = controller.rings {
        for problem in rings.problems(in: controller) { report(subject, problem) }
      }
    }
  }
}
