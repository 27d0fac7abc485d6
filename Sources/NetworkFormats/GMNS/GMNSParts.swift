internal import NetworkBuilding
internal import TrafficModel

/// What the tables of a folder say of roads and signals, on its way to a network.
struct GMNSParts {
  let roads: GMNSRoads
  let movements: GMNSMovements
  let times: GMNSTimes
  let phases: GMNSPhases
  let groups: GMNSGroups
  let paths: GMNSPaths
  var controllers: GMNSControllers
  private let folder: GMNSFolder
  private let controls: GMNSControls

  /// Reads as far as it can, so that all errors come at once.
  ///
  /// - Parameter keepsRings: whether controllers keep the rings that their plans run in; for who wants the plans alone
  ///   these have nothing to say.
  /// - Returns: nil, with errors in the folder, when a table is missing.
  init?(_ folder: GMNSFolder, keepsRings: Bool = true) {
    self.folder = folder
    folder.prepare(Self.largeTables)
    guard var roads = GMNSRoads(folder, units: GMNSUnits(folder.table("config"))) else { return nil }
    movements = GMNSMovements(folder, roads: roads)
    roads.finishLanes(used: movements.usedLanes(roads: roads.roads.count))
    self.roads = roads
    times = GMNSTimes(folder.table("time_set_definitions"))
    phases = GMNSPhases(folder, times: times, movements: movements, roads: roads)
    groups = GMNSGroups(roads, movements.all, phases)
    paths = GMNSPaths(
      roads, movements.all,
      legs: JunctionLegs(
        links: roads.roads.map(\.link), junctions: roads.junctions,
        given: roads.roads.map { ($0.fromLeg, $0.toLeg) }),
      permissive: Self.permissive(movements.all, phases, groups), groups)
    controls = GMNSControls(roads, movements.all, groups, paths)
    controllers = GMNSControllers(roads, movements.all, phases, groups, paths, keepsRings: keepsRings)
  }

  /// The tables with rows for each link or movement.
  private static let largeTables = [
    "node", "link", "lane", "movement", "signal_timing_phase", "signal_phase_mvmt",
  ]

  /// The network.
  ///
  /// - Throws: `InputFailure` with everything that keeps the parts from making one.
  func network() throws(InputFailure) -> Network {
    let built = JunctionPaths(
      links: paths.links, lanes: paths.lanes, turns: paths.turnsOfJunction, rules: controls.rules,
      crossings: paths.crossings)
    do {
      return try Network(
        junctions: zip(roads.junctions, controls.controls).map { junction, control in
          Junction(name: junction.name, position: junction.position, control: control)
        }, links: paths.links, lanes: paths.lanes, connections: built.connections,
        conflicts: built.conflicts, crossings: built.crossings, controllers: controllers.controllers)
    } catch {
      for problem in error.problems {
        let subject =
          switch problem.subject {
          case .junction(let id): "node '\(roads.junctions[id.index].name)': "
          case .link(let id): "link '\(paths.links[id.index].name)': "
          case .lane(let id): "a lane of link '\(paths.links[paths.lanes[id.index].link.index].name)': "
          case .connection(let id):
            "a movement from link '\(paths.links[paths.lanes[built.connections[id.index].from.index].link.index].name)': "
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
}
