import Foundation
import Testing
import TrafficModel

@testable import NetworkFormats

/// What people's files have and the simulator takes; the right values are what SUMO 1.28 shows of the same files.
@Suite("SUMO files as people write them")
struct SUMOAsPeopleWriteTests {
  private static let net = SUMOFixture.path("mill/mill.net.xml")
  private static let routes = SUMOFixture.path("mill/mill.rou.xml")
  private static let stages = """
    <phase duration="30" state="rrrGGGgrrrGGGg"/><phase duration="3" state="rrryyyyrrryyyy"/>
    <phase duration="25" state="GGgrrrrGGgrrrr"/><phase duration="3" state="yyyrrrryyyrrrr"/>
    """
  private static let nightStages = """
    <phase duration="20" state="rrrGGGgrrrGGGg"/><phase duration="3" state="rrryyyyrrryyyy"/>
    <phase duration="20" state="GGgrrrrGGgrrrr"/><phase duration="3" state="yyyrrrryyyrrrr"/>
    """

  /// The mill with more elements in an additional file.
  private func read(_ additional: String, routes: String = routes) throws -> ReadScenario {
    try SUMOFixture.withFile("<additional>\(additional)</additional>", name: "more.add.xml") { path in
      try SUMOReader.read(network: Self.net, routes: [path, routes])
    }
  }

  /// The mill with trips and flows of its own.
  private func demand(_ routes: String) throws -> (demand: Demand, warnings: [String]) {
    try SUMOFixture.withFile("<routes>\(routes)</routes>", name: "own.rou.xml") { path in
      let read = try SUMOReader.read(network: Self.net, routes: [path])
      return (read.scenario.periods[0].demand, read.warnings.map(\.message))
    }
  }

  private func program(_ read: ReadScenario) throws -> SignalProgram {
    try #require(read.scenario.periods[0].existingPlan.programs[0])
  }

  /// Errors of a plan for the mill.
  private func errors(inPlan text: String) throws -> [String] {
    let files = InputFiles(Self.net, routes: [Self.routes])
    let read = try FormatRegistry.shipped.read(files)
    let time = PlanTime(read.scenario.periods[0])
    return try SUMOFixture.withFile("<additional>\(text)</additional>", name: "plan.add.xml") { path in
      do {
        _ = try FormatRegistry.shipped.readPlan(
          InputFiles(path), for: read.scenario.network, at: time, origin: read.origin)
        return []
      } catch let failure as InputFailure {
        return failure.diagnostics.map { "\($0.location.line ?? 0):\($0.location.column ?? 0) \($0.message)" }
      }
    }
  }

  // MARK: What runs

  @Test(
    "the programme in force is the one that a WAUT runs for most of the period",
    arguments: [(200.0, "night", 46.0), (1700.0, "day", 61.0)])
  func switched(time: Double, name: String, cycle: Double) throws {
    // 0 to 1800 s.
    let read = try read(
      """
      <tlLogic id="Mill" programID="night" offset="7">\(Self.nightStages)</tlLogic>
      <tlLogic id="Mill" programID="day" offset="5">\(Self.stages)</tlLogic>
      <WAUT id="w" refTime="0" startProg="day"><wautSwitch time="\(time)" to="night"/></WAUT>
      <wautJunction wautID="w" junctionID="Mill"/>
      """)
    let program = try program(read)
    #expect(program.name == name && program.cycle == cycle)
    #expect(program.offset == (name == "night" ? 7 : 5))
    #expect(read.warnings.contains { $0.message.contains("also runs") && $0.location.column != nil })
  }

  @Test("a WAUT of an unknown signal or programme is an error")
  func switchedWrongly() throws {
    let failure = #expect(throws: InputFailure.self) {
      _ = try read(
        """
        <WAUT id="w" startProg="dya"><wautSwitch time="5" to="0"/></WAUT>
        <wautJunction wautID="w" junctionID="Mill"/><wautJunction wautID="w" junctionID="Mli"/>
        """)
    }
    #expect(
      failure?.diagnostics.filter { $0.severity == .error }.map(\.message) == [
        "there is no programme 'dya' for signal 'Mill'", "unknown signal 'Mli'",
      ])
  }

  @Test("a signal that is switched off blinks for who must wait, and is not judged")
  func off() throws {
    for text in [
      "<tlLogic id=\"Mill\" type=\"off\" programID=\"off\"/>",
      "<tlLogic id=\"Mill\" type=\"off\" programID=\"x\">\(Self.stages)</tlLogic>",
    ] {
      let read = try read(text)
      let shown = try program(read).intervals.map { $0.states.map(\.rawValue).joined() }
      #expect(shown == ["oooOOOooooOOOo"])
      #expect(read.scenario.network.doubtfulControllers == [ControllerID(0)])
    }
  }

  @Test("a phase of a week stops a signal; it is told, and no model for cycles")
  func stopped() throws {
    let read = try read(
      "<tlLogic id=\"Mill\" programID=\"x\"><phase duration=\"604800\" state=\"rrrGGGgrrrGGGg\"/></tlLogic>")
    #expect(try program(read).cycle == 604800)
    #expect(read.scenario.network.controllers[0].cycleBounds.upperBound == 180)
    #expect(read.warnings.contains { $0.message.contains("a phase of 604800 s stops it") })
    #expect(read.scenario.network.doubtfulControllers == [ControllerID(0)])
  }

  @Test("letters that nothing obeys are cut off, with a warning where they show something")
  func letters() throws {
    let longer = Self.stages.replacing("\"/>", with: "Gr\"/>")
    let read = try read("<tlLogic id=\"Mill\" programID=\"x\">\(longer)</tlLogic>")
    #expect(try program(read).intervals.map(\.states.count) == [14, 14, 14, 14])
    #expect(read.warnings.contains { $0.message.contains("the network obeys 14") })
  }

  // MARK: Plans

  @Test("a plan of nothing, of a name that is taken, or with a signal twice, is none")
  func plans() throws {
    #expect(try errors(inPlan: "<vType id=\"car\"/>") == ["1:1 the file has no programme of a signal"])
    let taken = "signal 'Mill' has a programme '0' already, and SUMO takes no second one of a name"
    #expect(
      try errors(inPlan: "<tlLogic id=\"Mill\" programID=\"0\">\(Self.stages)</tlLogic>") == ["1:43 \(taken)"]
    )
    let one = "<tlLogic id=\"Mill\" programID=\"x\">\(Self.stages)</tlLogic>"
    #expect(try errors(inPlan: one) == [])
    let twice = taken.replacing("'0'", with: "'x'")
    #expect(try errors(inPlan: "\(one)\n\(one)") == ["3:31 \(twice)"])
  }

  // MARK: Traffic

  @Test("edges win over zones, blanks around them do not count")
  func ends() throws {
    let (demand, warnings) = try demand(
      """
      <trip id="a" depart="0" from=" w-in " to="e-out\n" fromTaz="1" toTaz="2"/>
      <flow id="c" begin="2" end="12" number="2" from="w-in" to="e-out" toJunction="e"/>
      """)
    #expect(demand.departures.map(\.time) == [0, 2, 7])
    #expect(!warnings.contains { $0.contains("zone") })
  }

  @Test("a flow that ends when it begins sends all its vehicles then, and none where it has a rate")
  func atOnce() throws {
    let (demand, warnings) = try demand(
      """
      <flow id="a" begin="5" end="5" number="4" from="w-in" to="e-out"/>
      <flow id="b" begin="6" end="6" vehsPerHour="400" from="w-in" to="e-out"/>
      """)
    #expect(demand.departures.map(\.time) == [5, 5, 5, 5])
    #expect(warnings.contains("flow 'b' ends when it begins: no vehicle departs"))
  }

  @Test("route files may be named beside a configuration that names none")
  func routesBeside() throws {
    try SUMOFixture.withFolder { folder in
      let path = "\(folder)/mill.sumocfg"
      for (named, isRefused) in [("", false), ("<route-files value=\"\(Self.routes)\"/>", true)] {
        let text = "<configuration><input><net-file value=\"\(Self.net)\"/>\(named)</input></configuration>"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        let input = InputFiles(path, routes: [Self.routes])
        if isRefused {
          #expect(throws: InputFailure.self) { _ = try FormatRegistry.shipped.read(input) }
        } else {
          #expect(try !FormatRegistry.shipped.read(input).scenario.periods[0].demand.departures.isEmpty)
        }
      }
    }
  }

  @Test(
    "hexadecimal numbers, infinities and speeds backwards are errors with a place",
    arguments: [
      ("end=\"900\"", "end=\"0x384\""), ("begin=\"0\"", "begin=\"-inf\""),
      ("vehsPerHour=\"300\"", "vehsPerHour=\"0x10\""),
    ])
  func numbers(right: String, wrong: String) throws {
    let text = try SUMOFixture.text("mill/mill.rou.xml").replacing(right, with: wrong)
    try SUMOFixture.withFile(text, name: "wrong.rou.xml") { path in
      let failure = #expect(throws: InputFailure.self) {
        _ = try SUMOReader.read(network: Self.net, routes: [path])
      }
      #expect(
        failure?.diagnostics.allSatisfy { $0.severity == .warning || $0.location.column ?? 0 > 1 } == true)
    }
  }

  @Test("a way through a junction has a possible speed, and a mistake is told once")
  func inside() throws {
    let text = try SUMOFixture.text("mill/mill.net.xml")
    let lane = try #require(
      text.firstMatch(of: /id=":Mill_0_0" index="0" (?:disallow="[^"]*" )?speed="([^"]*)"/))
    let wrong = text.replacingCharacters(in: lane.output.1.startIndex..<lane.output.1.endIndex, with: "-1")
    try SUMOFixture.withFile(wrong, name: "wrong.net.xml") { path in
      let failure = #expect(throws: InputFailure.self) {
        _ = try SUMOReader.read(network: path, routes: [Self.routes])
      }
      #expect(
        failure?.diagnostics.filter { $0.severity == .error }.map(\.message)
          == ["a lane's speed is -1 m/s, it must be above 0 and at most 100.0"])
    }
  }

  @Test("of elements on one line each has a caret of its own")
  func carets() throws {
    let failure = #expect(throws: InputFailure.self) {
      _ = try demand(
        "<trip id=\"a\" depart=\"x\" from=\"w-in\" to=\"e-out\"/><trip id=\"b\" depart=\"x\" from=\"w-in\" to=\"e-out\"/>"
      )
    }
    #expect(failure?.diagnostics.filter { $0.severity == .error }.map(\.location.column) == [30, 78])
  }

  @Test(
    "an end that nobody waits for stands for none, and traffic over more than ten days is an error where it stands"
  )
  func lateEnds() throws {
    try SUMOFixture.withFolder { folder in
      let path = "\(folder)/mill.sumocfg"
      let text = """
        <configuration><input><net-file value="\(Self.net)"/><route-files value="\(Self.routes)"/></input>
        <time><end value="1e9"/></time></configuration>
        """
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      let read = try SUMOReader.read(configuration: path)
      #expect(read.scenario.periods[0].demand.end == 1800)
      #expect(read.warnings.contains { $0.message.hasPrefix("an end at 1000000000 s stands for none") })
    }
    let failure = #expect(throws: InputFailure.self) {
      _ = try demand("<flow id=\"a\" begin=\"0\" end=\"1e9\" vehsPerHour=\"1\" from=\"w-in\" to=\"e-out\"/>")
    }
    let errors = failure?.diagnostics.filter { $0.severity == .error } ?? []
    #expect(
      errors.count == 1 && errors[0].message.hasPrefix("the traffic lasts") && errors[0].location.column == 19
    )
  }
}
