internal import TrafficModel

/// Reads networks in the General Modeling Network Specification, version 0.96 (Zephyr Foundation 2024): a folder of
/// CSV tables. Documentation/GMNS.md tells which tables and fields, and what follows where they say nothing.
public enum GMNSReader {
  /// The scenario in a folder.
  ///
  /// Periods are the times of day that signal plans or volumes have.
  /// - Parameter path: the folder with `node.csv`, `link.csv` and what else there is.
  /// - Throws: `InputFailure` with everything that is wrong in any of the tables.
  public static func read(_ path: String) throws(InputFailure) -> ReadScenario {
    let folder = GMNSFolder(path)
    let units = GMNSUnits(folder.table("config"))
    guard var roads = GMNSRoads(folder, units: units) else { throw InputFailure(folder.diagnostics) }
    let movements = GMNSMovements(folder, roads: roads)
    roads.finishLanes(used: movements.usedLanes(roads: roads.roads.count))
    let times = GMNSTimes(folder.table("time_set_definitions"))
    let phases = GMNSPhases(folder, times: times, movements: movements, roads: roads)
    let groups = GMNSGroups(roads, movements.all, phases)
    var paths = GMNSPaths(
      roads, movements.all,
      legs: JunctionLegs(
        links: roads.roads.map(\.link), junctions: roads.junctions,
        given: roads.roads.map { ($0.fromLeg, $0.toLeg) }),
      permissive: permissive(movements.all, phases, groups))
    let controls = GMNSControls(roads, movements.all, groups, paths)
    paths.connect(
      signals: groups.signals, crossingSignals: groups.crossingSignals, controls: controls.rules)
    var controllers = GMNSControllers(roads, movements.all, phases, groups, paths)
    let demand = GMNSDemand(
      folder, movements: movements, roads: roads, times: times, lanes: paths.lanesLeft.map(\.count))
    if !controllers.hasTimes, !demand.periods().isEmpty { controllers.addPeriods(demand.periods()) }
    guard !folder.hasErrors else { throw InputFailure(folder.diagnostics) }

    let network = try network(folder, roads, controls, paths, controllers)
    let periods = controllers.periods.map { period -> Period in
      let traffic = demand.demand(
        of: period, network: network, crossings: paths.crossingOfCrosswalk,
        hasOnePeriod: controllers.periods.count == 1)
      return Period(
        name: period.name, demand: traffic,
        existingPlan: TimingPlan(name: "existing", programs: period.programs))
    }
    return ReadScenario(
      scenario: Scenario(name: units.name ?? name(of: path), network: network, periods: periods),
      warnings: folder.diagnostics, programNames: Set(phases.plans.map(\.id)).sorted())
  }

  private static func network(
    _ folder: GMNSFolder, _ roads: GMNSRoads, _ controls: GMNSControls, _ paths: GMNSPaths,
    _ controllers: GMNSControllers
  ) throws(InputFailure) -> Network {
    do {
      return try Network(
        junctions: zip(roads.junctions, controls.controls).map { junction, control in
          Junction(name: junction.name, position: junction.position, control: control)
        }, links: paths.links, lanes: paths.lanes, connections: paths.connections,
        conflicts: paths.conflicts, crossings: paths.crossings, controllers: controllers.controllers)
    } catch {
      for problem in error.problems {
        let subject =
          switch problem.subject {
          case .junction(let id): "node '\(roads.junctions[id.index].name)': "
          case .link(let id): "link '\(paths.links[id.index].name)': "
          case .lane(let id): "a lane of link '\(paths.links[paths.lanes[id.index].link.index].name)': "
          case .connection(let id):
            "a movement from link '\(paths.links[paths.lanes[paths.connections[id.index].from.index].link.index].name)': "
          case .crossing(let id): "crosswalk '\(paths.crossings[id.index].name)': "
          case .controller(let id): "controller '\(controllers.controllers[id.index].name)': "
          }
        folder.note(.error, subject + problem.message)
      }
      throw InputFailure(folder.diagnostics)
    }
  }

  /// By movement: whether it may wait for gaps while others are green.
  private static func permissive(
    _ movements: [GMNSMovements.Movement], _ phases: GMNSPhases, _ groups: GMNSGroups
  ) -> [Bool] {
    var permissive = movements.indices.map { movements[$0].isPermissive ?? (groups.signals[$0] == nil) }
    for phase in phases.phases {
      for service in phase.services where service.isPermitted {
        if case .movement(let index) = service.subject, movements[index].isPermissive == nil {
          permissive[index] = true
        }
      }
    }
    return permissive
  }

  private static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}

/// How right of way is decided at each junction of a GMNS network.
struct GMNSControls {
  /// By junction, as the model has it.
  private(set) var controls: [JunctionControl] = []
  /// By junction, as right of way is worked out.
  private(set) var rules: [NativeJunction.Control] = []

  init(
    _ roads: GMNSRoads, _ movements: [GMNSMovements.Movement], _ groups: GMNSGroups, _ paths: GMNSPaths
  ) {
    for (junction, word) in roads.controls.enumerated() {
      if let controller = groups.controllerOfJunction[junction] {
        controls.append(.signalled(ControllerID(controller)))
        rules.append(.signals)
        continue
      }
      let here = paths.movementsOfJunction[junction]
      let words = word.filter { $0.isLetter || $0.isNumber }
      if ["stop4way", "4waystop", "allwaystop", "allway"].contains(words) {
        controls.append(.allWayStop)
        rules.append(.allWayStop)
      } else if words == "rightbeforeleft" {
        controls.append(.rightBeforeLeft)
        rules.append(.rightBeforeLeft)
      } else if ["none", "nocontrol", "uncontrolled", ""].contains(words),
        Set(here.map { paths.ways[$0].from.leg }).count < 2
          || words != ""
            && here.allSatisfy({ one in
              here.allSatisfy { RightOfWay.meeting(paths.ways[one], paths.ways[$0]) == nil }
            })
      {
        controls.append(.uncontrolled)
        rules.append(.rightBeforeLeft)
      } else if ["none", "nocontrol", "uncontrolled"].contains(words) {
        controls.append(.rightBeforeLeft)
        rules.append(.rightBeforeLeft)
      } else {
        controls.append(.priority)
        rules.append(.priority(Self.major(here, movements, roads, paths)))
      }
    }
  }

  /// The legs that have priority: where some movements stop or yield, the others; or else the widest and fastest.
  private static func major(
    _ here: [Int], _ movements: [GMNSMovements.Movement], _ roads: GMNSRoads, _ paths: GMNSPaths
  ) -> [Compass] {
    func isMinor(_ movement: Int) -> Bool {
      ["stop", "yield", "stop_2_way"].contains(movements[movement].control)
    }
    let minor = Set(here.filter(isMinor).map { paths.ways[$0].from.leg })
    let all = Set(here.map { paths.ways[$0].from.leg })
    if !minor.isEmpty { return all.subtracting(minor).sorted() }
    func rank(_ leg: Compass) -> Double {
      here.filter { paths.ways[$0].from.leg == leg }.map { movement in
        let road = roads.roads[movements[movement].from]
        return Double(road.lanes.count) * road.link.speed
      }.max() ?? 0
    }
    let highest = all.map(rank).max() ?? 0
    return all.filter { rank($0) >= highest - 1e-9 }.sorted()
  }
}
