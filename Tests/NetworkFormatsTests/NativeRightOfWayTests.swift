import NetworkBuilding
import Testing
import TrafficModel

@testable import NetworkFormats

@Suite("Native files: who meets whom at a junction")
struct NativeRightOfWayTests {
  /// A four-leg junction; `settings` are keys of the junction.
  private func controller(_ settings: String = "") throws -> SignalController {
    let text = """
      greenwave: 1
      name: Test
      junctions:
        X:
      \(settings.isEmpty ? "" : "    \(settings)\n")    approaches:
            N: {lanes: [UL, T, R], crossing: 12}
            E: {lanes: [L, T, R], crossing: 12}
            S: {lanes: [L, T, R], crossing: 12}
            W: {lanes: [L, T, R], crossing: 12}
      periods:
        peak: {time: 08:00-09:00, counts: {X: {N: {T: 100}}}}
      """
    return try #require(NativeReader.read(text: text, file: "test").scenario.network.controllers.first)
  }

  private func conflict(_ first: String, _ second: String, in controller: SignalController) throws
    -> GroupConflict
  {
    func index(_ name: String) throws -> Int {
      try #require(controller.groups.firstIndex { $0.name == name })
    }
    return try controller.conflicts[index(first)][index(second)]
  }

  /// Each pair with how it meets; the other three quarters follow by turning the junction.
  static let everywhere: [(String, String, GroupConflict)] = [
    ("N.T", "S.T", .none), ("N.T", "E.T", .exclusive), ("N.T", "W.T", .exclusive), ("N.L", "S.L", .none),
    ("N.L", "E.L", .exclusive), ("N.L", "E.T", .exclusive), ("N.L", "W.T", .exclusive),
    ("N.L", "W.L", .exclusive),
    ("N.T", "N.L", .none), ("N.R", "S.R", .none), ("N.R", "E.T", .rowYields), ("N.R", "W.T", .none),
    ("N.R", "W.L", .none), ("N.R", "E.L", .none), ("N.U", "E.R", .rowYields), ("N.U", "W.L", .exclusive),
    ("N.U", "S.L", .none), ("N.P", "S.P", .none), ("N.P", "N.T", .exclusive), ("N.P", "N.R", .exclusive),
    ("N.P", "S.T", .exclusive), ("N.P", "E.T", .none), ("N.P", "E.R", .columnYields), ("N.P", "W.R", .none),
    ("N.P", "E.L", .none),
  ]

  @Test("conflicts follow from where the legs lie", arguments: everywhere)
  func conflicts(first: String, second: String, expected: GroupConflict) throws {
    #expect(try conflict(first, second, in: controller()) == expected)
  }

  @Test(
    "protected left turns run without what they meet, right turns yield to them",
    arguments: [
      ("N.L", "S.T", GroupConflict.exclusive), ("N.L", "S.R", .columnYields), ("N.P", "W.L", .exclusive),
      ("N.U", "S.T", .exclusive),
    ])
  func protected(first: String, second: String, expected: GroupConflict) throws {
    #expect(try conflict(first, second, in: controller()) == expected)
  }

  @Test(
    "permissive left turns wait for opposing traffic and pedestrians",
    arguments: [
      ("N.L", "S.T", GroupConflict.rowYields), ("N.L", "S.R", .rowYields), ("N.P", "W.L", .columnYields),
      ("N.U", "S.T", .rowYields), ("N.L", "E.T", .exclusive),
    ])
  func permissive(first: String, second: String, expected: GroupConflict) throws {
    #expect(try conflict(first, second, in: controller("left-turns: permissive")) == expected)
  }

  @Test("the matrix is its own mirror image", arguments: ["", "left-turns: permissive"])
  func mirrored(settings: String) throws {
    let conflicts = try controller(settings).conflicts
    for a in conflicts.indices {
      for b in conflicts.indices {
        let mirror: GroupConflict =
          switch conflicts[b][a] {
          case .rowYields: .columnYields
          case .columnYields: .rowYields
          default: conflicts[b][a]
          }
        #expect(conflicts[a][b] == mirror)
      }
    }
  }

  @Test("free right turns have no group, and yield to traffic that enters the same lane")
  func freeRight() throws {
    let controller = try controller("right-turns: free")
    #expect(!controller.groups.contains { $0.name.hasSuffix("R") })
    let text = """
      greenwave: 1
      name: Test
      defaults: {right-turns: free}
      junctions:
        X: {approaches: {N: {lanes: [R]}, E: {lanes: [T, T]}, W: {exit-lanes: 2}}}
      periods:
        peak: {time: 08:00-09:00, counts: {X: {N: {R: 100}}}}
      """
    let network = try NativeReader.read(text: text, file: "test").scenario.network
    let right = try #require(network.connections.firstIndex { $0.turn == .right })
    #expect(network.connections[right].signal == nil)
    let met = network.conflicts[right]
    #expect(met.map(\.yields) == [true])
    #expect(met.map { network[network[$0.other].to].position } == [0])
  }

  @Test("intergreens are yellow and all-red for vehicles, walking time for pedestrians")
  func intergreens() throws {
    let controller = try controller("all-red: 1.5")
    let through = try #require(controller.groups.firstIndex { $0.name == "N.T" })
    let across = try #require(controller.groups.firstIndex { $0.name == "E.T" })
    let walk = try #require(controller.groups.firstIndex { $0.name == "N.P" })
    #expect(controller.intergreens[through][across] == 4.5)
    #expect(controller.intergreens[walk][through] == 12 / 1.2)
    #expect(controller.intergreens[through][walk] == 4.5)
    #expect(controller.intergreens[walk][across] == 0)
  }

  @Test("a lane for left turns to the right of one for straight on makes the two conflict")
  func crossingLanes() throws {
    let text = """
      greenwave: 1
      name: Test
      junctions:
        X:
          approaches: {N: {lanes: [T, L]}, S: {lanes: [T]}, E: {exit-lanes: 1}}
      periods:
        peak: {time: 08:00-09:00, counts: {X: {N: {T: 100}}}}
      """
    let network = try NativeReader.read(text: text, file: "test").scenario.network
    #expect(try conflict("N.T", "N.L", in: #require(network.controllers.first)) == .exclusive)
    #expect(network.conflicts[0].contains { $0.other == ConnectionID(1) })
  }

  static let unsignalled: [(String, String, String, Bool)] = [
    ("control: priority, major: [E, W]", "N.T", "E.T", true),
    ("control: priority, major: [E, W]", "E.T", "N.T", false),
    ("control: priority, major: [E, W]", "N.L", "S.T", true),
    ("control: priority, major: [E, W]", "E.L", "W.T", true),
    ("control: priority, major: [E, W]", "W.T", "E.L", false),
    ("control: right-before-left", "N.T", "W.T", true), ("control: right-before-left", "N.T", "E.T", false),
    ("control: right-before-left", "N.L", "S.T", true), ("control: all-way-stop", "N.T", "W.T", false),
  ]

  @Test("without signals, the minor road, the left turn or the one on the left waits", arguments: unsignalled)
  func yields(control: String, first: String, second: String, expected: Bool) throws {
    let legs = ["N", "E", "S", "W"].map { "\($0): {lanes: [LTR]}" }.joined(separator: ", ")
    let text = """
      greenwave: 1
      name: Test
      junctions: {X: {\(control), approaches: {\(legs)}}}
      periods: {peak: {time: 08:00-09:00, counts: {X: {N: {T: 100}}}}}
      """
    let network = try NativeReader.read(text: text, file: "test").scenario.network
    #expect(network.controllers.isEmpty)
    func connection(_ name: String) throws -> Int {
      try #require(
        network.connections.firstIndex {
          network[network[$0.from].link].name == "X.\(name.prefix(1))" && $0.turn.letter == name.last
        })
    }
    let (a, b) = (try connection(first), try connection(second))
    #expect(network.conflicts[a].first { $0.other.index == b }?.yields == expected)
  }
}
