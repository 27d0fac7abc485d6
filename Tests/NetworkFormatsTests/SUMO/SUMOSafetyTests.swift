import Foundation
import NetworkBuilding
import Testing
import TrafficModel

@testable import NetworkFormats

/// What a reader must not take for safe, or for what runs.
@Suite("SUMO reader: what is not understood")
struct SUMOSafetyTests {
  static let net = SUMOFixture.path("mill/mill.net.xml")
  static let routes = SUMOFixture.path("mill/mill.rou.xml")

  /// The mill's junction with some of its text changed, and additional files.
  private func read(
    _ change: (String) -> String = { $0 }, additional: String? = nil
  ) throws -> Result<ReadScenario, InputFailure> {
    try SUMOFixture.withFolder { folder in
      let path = "\(folder)/mill.net.xml"
      try Data(change(try SUMOFixture.text("mill/mill.net.xml")).utf8).write(to: URL(fileURLWithPath: path))
      var files = [Self.routes]
      if let additional {
        try Data("<additional>\(additional)</additional>".utf8)
          .write(to: URL(fileURLWithPath: "\(folder)/a.add.xml"))
        files.insert("\(folder)/a.add.xml", at: 0)
      }
      return Result { () throws(InputFailure) in try SUMOReader.read(network: path, routes: files) }
    }
  }

  private func messages(_ result: Result<ReadScenario, InputFailure>) -> [String] {
    switch result {
    case .success(let read): read.warnings.map(\.message)
    case .failure(let failure): failure.diagnostics.filter { $0.severity == .error }.map(\.message)
    }
  }

  // MARK: Rail

  @Test("signals and crossings of rail are left out, with one warning each kind; the roads across are open")
  func rail() throws {
    let read = try read().get()
    #expect(read.scenario.network.controllers.map(\.name) == ["Mill"])
    let warnings = read.warnings.map(\.message).filter { $0.contains("rail") }
    #expect(
      warnings == [
        "1 rail signal left out: no train comes, and roads across rails are open",
        "1 rail crossing left out: no train comes, and roads across rails are open",
      ])
    let network = read.scenario.network
    let crossing = try #require(network.junctions.first { $0.name == "halt" })
    #expect(crossing.control == .uncontrolled)
    #expect(network.connections.count { $0.signal == nil } == 2)
  }

  @Test("a road's signal without a letter or without a programme stays an error")
  func roadSignals() throws {
    let minus = try read {
      $0.replacingOccurrences(of: "tl=\"Mill\" linkIndex=\"5\"", with: "tl=\"Mill\" linkIndex=\"-1\"")
    }
    #expect(messages(minus) == ["'linkIndex' must be a whole number from 0, not '-1'"])
    let unknown = try read {
      $0.replacingOccurrences(of: "tl=\"Mill\" linkIndex=\"5\"", with: "tl=\"Mil\" linkIndex=\"5\"")
    }
    #expect(messages(unknown) == ["unknown signal 'Mil'"])
  }

  // MARK: Right of way

  /// A change of the mill's requests, and what must be said of it.
  struct Damage: CustomTestStringConvertible, Sendable {
    var pattern: String
    var with: String
    var message: String
    var testDescription: String { message }
  }

  private static let request5 =
    "<request index=\"5\"  response=\"00001000000100\" foes=\"10001100000111\" cont=\"0\"/>"

  private static let damages = [
    Damage(
      pattern: request5, with: "",
      message: "junction 'Mill' has 14 links, and right of way (<request>) for 13"),
    Damage(
      pattern: "foes=\"10001100000111\" cont=\"0\"/>", with: "foes=\"\" cont=\"0\"/>",
      message: "junction 'Mill': 'foes' of request 4 must be 14 digits of 0 or 1, it is 0 digits"),
    Damage(
      pattern: request5, with: "<request index=\"5\" response=\"00001000000100\" cont=\"0\"/>",
      message:
        "junction 'Mill': 'foes' of request 5 must be 14 digits of 0 or 1, it is missing, or something else"),
    Damage(
      pattern: "response=\"00001000000100\"", with: "response=\"1000000100\"",
      message: "junction 'Mill': 'response' of request 5 must be 14 digits of 0 or 1, it is 10 digits"),
    Damage(
      pattern: "response=\"00001000000100\"", with: "response=\"0000g000000100\"",
      message:
        "junction 'Mill': 'response' of request 5 must be 14 digits of 0 or 1, it is missing, or something else"
    ),
    Damage(
      pattern: "<request index=\"5\"", with: "<request index=\"25\"",
      message: "junction 'Mill': request 25 among 14, their numbers go from 0 without a gap"),
    Damage(
      pattern: "foes=\"10001100000111\" cont=\"0\"/>\n        <request index=\"5\"",
      with: "foes=\"00000000000000\" cont=\"0\"/>\n        <request index=\"5\"",
      message:
        "junction 'Mill': request 4 waits for link 2 and does not meet it ('response' without 'foes')"),
    Damage(
      pattern: "<request index=\"5\"", with: "<request index=\"4\"",
      message: "junction 'Mill' has two requests 4"),
    Damage(
      pattern: "via=\":Mill_4_1\"", with: "via=\":Mill_9_9\"", message: "unknown internal lane ':Mill_9_9'"),
    Damage(
      pattern: "via=\":Mill_4_1\" ", with: "",
      message: "the connection from 'e-in' to 'w-out' has no place in its junction's right of way"),
  ]

  @Test("a damaged right of way is an error", arguments: damages)
  func rightOfWay(damage: Damage) throws {
    let found = messages(
      try read { text in
        text.range(of: damage.pattern).map { text.replacingCharacters(in: $0, with: damage.with) } ?? ""
      })
    #expect(found.contains(damage.message), "\(found)")
  }

  @Test("a right of way that says nothing lets nothing pass for legal")
  func emptied() throws {
    let emptied = try read { text in
      text.replacing(/foes="[01]+"/, with: "foes=\"\"").replacing(/response="[01]+"/, with: "response=\"\"")
    }
    let found = messages(emptied)
    // Two for each of the signalled junction's 14 requests; the others of the file have no signal.
    #expect(found.count == 28)
    #expect(found.allSatisfy { $0.hasPrefix("junction 'Mill': '") })
  }

  // MARK: Yellow and clearance

  /// The mill's network with its own programme, and one that runs.
  private func mill(running phases: String) throws -> Network {
    try read(additional: "<tlLogic id='Mill' type='static' programID='runs'>\(phases)</tlLogic>").get()
      .scenario.network
  }

  @Test("yellow and clearance are those of the programme that runs, not of a looser one beside it")
  func running() throws {
    let phases = [
      (30, "rrrGGGgrrrGGGg"), (4, "rrryyyyrrryyyy"), (2, "rrrrrrrrrrrrrr"), (30, "GGgrrrrGGgrrrr"),
      (4, "yyyrrrryyyrrrr"), (2, "rrrrrrrrrrrrrr"),
    ].map { "<phase duration='\($0.0)' state='\($0.1)'/>" }
    let controller = try mill(running: phases.joined()).controllers[0]
    #expect(controller.groups.allSatisfy { $0.yellow == 4 })
    // North's through against west's: 4 s of yellow and 2 s of all-red.
    #expect(controller.conflicts[1][11] != .none)
    #expect(controller.intergreens[1][11] == 6 && controller.intergreens[11][1] == 6)
  }

  @Test(
    "arrows of turns across oncoming traffic last five seconds beside permissive green, or as long as one is shown; all where no programme is what runs"
  )
  func arrows() throws {
    func leasts(_ seconds: Int, type: String = "actuated") throws -> [Double] {
      let phases = [
        (30, "rrrGGGgrrrGGGg"), (seconds, "rrrGGGGrrrrrrr"), (3, "rrryyyyrrryyyy"), (30, "GGgrrrrGGgrrrr"),
        (3, "yyyrrrryyyrrrr"),
      ]
      .map { "<phase duration='\($0.0)' state='\($0.1)'/>" }.joined()
      let text = "<tlLogic id='Mill' type='\(type)' programID='runs'>\(phases)</tlLogic>"
      return try read(additional: text).get().scenario.network.controllers[0].groups.map(
        \.minimumProtectedGreen)
    }
    // East's left turn, group 6, is protected at the end of its green.
    #expect(try leasts(2)[6] == 2)
    #expect(try leasts(9)[6] == 5)
    #expect(try leasts(9)[2] == 5)
    #expect(try leasts(2, type: "static")[6] == 2)
    #expect(try leasts(9, type: "static")[6] == 5)
    // Straight on, and right.
    #expect(try leasts(9, type: "static")[1] == 0 && leasts(9, type: "static")[0] == 0)
  }

  @Test("a plan whose left turns have an arrow of a second beside their gaps is not legal")
  func shortArrow() throws {
    let network = try read().get().scenario.network
    func violations(arrow seconds: Int) throws -> [String] {
      let phases = [
        (30, "rrrGGGgrrrGGGg"), (3, "rrryyygrrryyyg"), (seconds, "rrrrrrGrrrrrrG"), (3, "rrrrrryrrrrrry"),
        (30, "GGgrrrrGGgrrrr"), (3, "yyyrrrryyyrrrr"),
      ].map { "<phase duration='\($0.0)' state='\($0.1)'/>" }.joined()
      let text =
        "<additional><tlLogic id='Mill' type='static' programID='plan' offset='0'>\(phases)</tlLogic></additional>"
      return try SUMOFixture.withFolder { folder in
        try text.write(toFile: folder + "/plan.add.xml", atomically: true, encoding: .utf8)
        let plan = try PlanFile.read(
          folder + "/plan.add.xml", network: network, time: PlanTime(read().get().scenario.periods[0])
        ).plan
        return plan.check(against: network).filter { $0.rule == .minimumGreen }.map(\.message)
      }
    }
    #expect(
      try violations(arrow: 1)
        == [6, 13].map {
          "controller 'Mill': group '\($0)' has 1.0 s of protected green beside its permissive green, it needs 5.0 s"
        })
    #expect(try violations(arrow: 5) == [])
  }

  @Test("no vehicle's green ends without yellow, though the programme that runs has none")
  func withoutYellow() throws {
    let phases = "<phase duration='30' state='rrrGGGgrrrGGGg'/><phase duration='30' state='GGgrrrrGGgrrrr'/>"
    #expect(try mill(running: phases).controllers[0].groups.allSatisfy { $0.yellow == 3 })
  }

  // MARK: Shapes

  @Test(
    "places beyond any network and numbers that are none are errors, not endless work",
    arguments: ["1e18", "nan", "inf", "-1e300"])
  func places(number: String) throws {
    let found = messages(
      try read { text in
        text.range(of: "shape=\"").map { text.replacingCharacters(in: $0, with: "shape=\"\(number),0 ") }
          ?? ""
      })
    #expect(found.count == 1)
    #expect(found.first?.contains("must be points x,y within 400000000 m, not '\(number),0 ") == true)
  }

  // MARK: Control

  private static let phases =
    "<phase duration='42' state='rrrGGGgrrrGGGg' minDur='5' maxDur='50'/><phase duration='3' state='rrryyyyrrryyyy'/><phase duration='42' state='GGgrrrrGGgrrrr' minDur='5' maxDur='50'/><phase duration='3' state='yyyrrrryyyrrrr'/>"

  @Test("a letter that nothing obeys needs no yellow")
  func unobeyed() throws {
    // Between the letters 12 and 14, which go with the west's traffic.
    let read = try read { text in
      text.replacing("linkIndex=\"13\"", with: "linkIndex=\"14\"")
        .replacing(/state="([rGgy]{13})([rGgy])"/) { match in
          "state=\"\(match.1)\(match.2 == "g" ? "G" : "r")\(match.2)\""
        }
    }.get().scenario
    let groups = read.network.controllers[0].groups
    #expect(groups.count == 15)
    #expect(groups[13].yellow == 0 && groups[14].yellow == 3)
    #expect(read.periods[0].existingPlan.check(against: read.network) == [])
  }

  @Test("what runs today is told of each controller")
  func control() throws {
    #expect(try read().get().scenario.network.controllers[0].presentControl == .fixedTime)
    let actuated = try read(
      additional: "<tlLogic id='Mill' type='actuated' programID='a' offset='0'>\(Self.phases)</tlLogic>")
    let network = try actuated.get().scenario.network
    #expect(network.controllers[0].presentControl == .actuated(kind: "actuated"))
    #expect(network.controllersNotPlayed.isEmpty)
    let switched = try read(
      additional:
        "<tlLogic id='Mill' type='actuated' programID='a' offset='0'>\(Self.phases)</tlLogic><WAUT id='w' refTime='0' startProg='a'/><wautJunction wautID='w' junctionID='Mill'/>"
    ).get()
    #expect(switched.scenario.network.controllers[0].presentControl == .responding(kind: "actuated"))
    #expect(switched.warnings.contains { $0.message.contains("is not played (a WAUT switches it)") })
    #expect(network.doubtfulControllers.isEmpty)
    let strange = try read(
      additional: "<tlLogic id='Mill' type='strange' programID='a' offset='0'>\(Self.phases)</tlLogic>")
    #expect(try strange.get().scenario.network.doubtfulControllers == [ControllerID(0)])
  }

  @Test("where the programme was not understood, yellow and all-red are kept whatever it shows")
  func protection() throws {
    let bare =
      "<phase duration='30' state='rrrGGGgrrrGGGg'ATTRIBUTES/><phase duration='30' state='GGgrrrrGGgrrrr'/>"
    for (attributes, yellow, intergreen) in [("", 3.0, 4.0), (" yellow='5' red='2'", 5, 7)] {
      let phases = bare.replacingOccurrences(of: "ATTRIBUTES", with: attributes)
      let kind = attributes.isEmpty ? "strange" : "static"
      let read = try read(additional: "<tlLogic id='Mill' type='\(kind)' programID='a'>\(phases)</tlLogic>")
        .get()
      let controller = read.scenario.network.controllers[0]
      #expect(controller.groups.allSatisfy { $0.yellow == yellow })
      for (row, conflicts) in controller.conflicts.enumerated() {
        for (column, conflict) in conflicts.enumerated() where conflict != .none {
          #expect(controller.intergreens[row][column] >= intergreen)
          #expect(!controller.startsDuringYellow[row][column])
          #expect(conflict != .accepted)
        }
      }
      // What stands for it breaks these rules, and so is no plan.
      #expect(!read.scenario.periods[0].existingPlan.check(against: read.scenario.network).isEmpty)
    }
  }

  @Test("what a controller runs survives in a network file", arguments: ["actuated", "strange"])
  func networkFile(kind: String) throws {
    let read = try read(
      additional: "<tlLogic id='Mill' type='\(kind)' programID='a' offset='0'>\(Self.phases)</tlLogic>"
    ).get()
    // A network file pictures what responds.
    let written = NativeWriter.write(read.scenario)
    let again = try NativeReader.read(text: written.files[0].text, file: "mill.yaml")
    #expect(
      again.scenario.network.controllers.map(\.presentControl)
        == read.scenario.withoutResponses.network.controllers.map(\.presentControl))
  }

  // MARK: Numbers

  @Test(
    "a simulation that ends before it begins is an error",
    arguments: [("100", "50"), ("0", "0"), ("7200", "7200")])
  func times(begin: String, end: String) throws {
    let text =
      "<configuration><input><net-file value=\"\(Self.net)\"/><route-files value=\"\(Self.routes)\"/></input><time><begin value=\"\(begin)\"/><end value=\"\(end)\"/></time></configuration>"
    try SUMOFixture.withFile(text, name: "a.sumocfg") { path in
      let failure = #expect(throws: InputFailure.self) { try SUMOReader.read(configuration: path) }
      #expect(
        failure?.diagnostics.map(\.message) == ["the simulation ends at \(end) s and begins at \(begin) s"])
    }
  }

  @Test("places of junctions beyond any network are errors", arguments: ["1e18", "-1e308"])
  func junctionPlaces(number: String) throws {
    let found = messages(
      try read {
        $0.replacingOccurrences(of: "x=\"320.00\" y=\"300.00\"", with: "x=\"\(number)\" y=\"300.00\"")
      })
    #expect(found == ["junction 'Mill': 'x' must be within 400000000 m, not '\(number)'"])
  }

  @Test("random flows are counted against the most that a demand may have")
  func randomFlows() throws {
    let text = "<routes><flow id='a' from='w-in' to='e-out' begin='0' end='900' period='exp(1e6)'/></routes>"
    try SUMOFixture.withFile(text, name: "a.rou.xml") { path in
      let failure = #expect(throws: InputFailure.self) {
        try SUMOReader.read(network: Self.net, routes: [path])
      }
      let errors = failure?.diagnostics.filter { $0.severity == .error }.map(\.message)
      #expect(errors == ["flow 'a' brings the demand above 2000000 vehicles"])
    }
  }
}
