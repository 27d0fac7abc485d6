import Foundation
import NetworkFormats
import Testing
import TrafficModel

@Suite("SUMO plans")
struct SUMOPlanTests {
  private let network: Network

  init() throws {
    network = try SUMOReader.read(configuration: SUMOFixture.path("small/small.sumocfg")).scenario.network
  }

  private func plan(offset: Double, green: Double) -> TimingPlan {
    TimingPlan(
      name: "new",
      programs: [
        SignalProgram(
          controller: ControllerID(0), name: "greenwave", offset: offset,
          intervals: [
            SignalInterval(duration: green, states: [.protectedGreen, .permissiveGreen]),
            SignalInterval(duration: 4, states: [.yellow, .yellow]),
            SignalInterval(duration: 2, states: [.red, .redYellow]),
            SignalInterval(duration: 10, states: [.stopThenGo, .off]),
            SignalInterval(duration: 3, states: [.blinking, .red]),
          ])
      ])
  }

  @Test("a plan is one static tlLogic for each signal")
  func text() {
    #expect(
      SUMOPlan.text(of: plan(offset: 12.5, green: 31), network: network, programName: "greenwave") == """
        <?xml version="1.0" encoding="UTF-8"?>
        <additional>
          <tlLogic id="路口" type="static" programID="greenwave" offset="12.5">
            <phase duration="31" state="Gg"/>
            <phase duration="4" state="yy"/>
            <phase duration="2" state="ru"/>
            <phase duration="10" state="sO"/>
            <phase duration="3" state="or"/>
          </tlLogic>
        </additional>

        """)
  }

  @Test("what is written reads back as the same plan", arguments: [0, 7, -3, 12.5, 0.1], [20, 33.3])
  func roundTrip(offset: Double, green: Double) throws {
    let plan = plan(offset: offset, green: green)
    let text = SUMOPlan.text(of: plan, network: network, programName: "greenwave")
    let back = try SUMOFixture.withFile(text, name: "new.add.xml") {
      try SUMOPlan.read(InputFile($0), network: network, time: PlanTime(period: "", time: 0..<3600))
    }
    #expect(back.plan.programs == plan.programs)
  }

  @Test("Letters that nothing obeys and that are always red are left out")
  func unusedLetters() throws {
    let plan = plan(offset: 0, green: 20)
    var text = SUMOPlan.text(of: plan, network: network, programName: "greenwave")
    for state in ["Gg", "yy", "ru", "sO", "or"] {
      text = text.replacingOccurrences(of: "\"\(state)\"", with: "\"\(state)rr\"")
    }
    let back = try SUMOFixture.withFile(text, name: "new.add.xml") {
      try SUMOPlan.read(InputFile($0), network: network, time: PlanTime(period: "", time: 0..<3600))
    }
    #expect(back.plan.programs == plan.programs)
  }

  @Test("signals that a plan leaves as they are are not written")
  func partial() {
    let text = SUMOPlan.text(
      of: TimingPlan(name: "none", programs: [nil]), network: network, programName: "greenwave")
    #expect(!text.contains("tlLogic"))
  }

  @Test("an offset of begin is the begin of the simulation")
  func beginOffset() throws {
    let read = try SUMOFixture.withFile(
      """
      <additional><tlLogic id="路口" programID="x" offset="begin"><phase duration="30" state="Gg"/></tlLogic>
      </additional>
      """, name: "x.xml"
    ) { try SUMOPlan.read(InputFile($0), network: network, time: PlanTime(period: "", time: 25..<3600)) }
    #expect(read.plan[ControllerID(0)]?.offset == 25)
  }

  @Test(
    "a plan is what runs: programmes that are not static or jump are refused",
    arguments: [
      ("type=\"actuated\"", "", "a plan has static programmes, 'x' is actuated"),
      ("type=\"static\"", "next=\"0\"", "the phases of a plan do not jump"),
    ])
  func notStatic(type: String, next: String, message: String) throws {
    let text = """
      <additional>
        <tlLogic id="路口" \(type) programID="x"><phase duration="30" state="Gg" \(next)/></tlLogic>
      </additional>
      """
    let failure = try SUMOFixture.withFile(text, name: "x.xml") { path in
      #expect(throws: InputFailure.self) {
        try SUMOPlan.read(InputFile(path), network: network, time: PlanTime(period: "", time: 0..<3600))
      }
    }
    let diagnostics = try #require(failure).diagnostics
    #expect(diagnostics.map(\.message) == ["signal '路口': \(message)"])
    #expect(diagnostics.map(\.location.line) == [2])
  }

  @Test(
    "a programme's name is changed when it is taken",
    arguments: [
      ([], "greenwave"), (["0"], "greenwave"), (["greenwave"], "greenwave-2"),
      (["greenwave", "greenwave-2"], "greenwave-3"),
    ])
  func freeName(known: [String], expected: String) {
    #expect(SUMOPlan.freeProgramName(for: "greenwave", known: known) == expected)
  }
}
