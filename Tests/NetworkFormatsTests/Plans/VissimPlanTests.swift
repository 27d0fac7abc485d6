import Foundation
import Testing
import TrafficModel

@testable import NetworkFormats

@Suite("Plans of Vissim's fixed-time control")
struct VissimPlanTests {
  /// Two programmes and a list of the day; the controller and its groups are those of `PlanFixtures`.
  static let text = """
    <?xml version="1.0" encoding="UTF-8"?>
    <sc version="201801" id="4" name="A" frequency="1" steps="0" defaultIntergreenMatrix="2">
      <sgs>
        <sg id="1" name="N" defaultSignalSequence="3"><defaultDurations><defaultDuration display="4" duration="3000" /></defaultDurations></sg>
        <sg id="2" name="S" defaultSignalSequence="7"><defaultDurations /></sg>
        <sg id="3" name="walk" defaultSignalSequence="4"><defaultDurations /></sg>
      </sgs>
      <intergreenmatrices>
        <intergreenmatrix id="1" name="old"><intergreen clearingsg="1" enteringsg="2" value="90000" /></intergreenmatrix>
        <intergreenmatrix id="2" name="new"><intergreen clearingsg="1" enteringsg="2" value="8000" /></intergreenmatrix>
      </intergreenmatrices>
      <progs>
        <prog id="1" cycletime="60000" switchpoint="0" offset="12000" intergreens="2" name="day">
          <sgs>
            <sg sg_id="1" signal_sequence="3">
              <cmds><cmd display="3" begin="0" /><cmd display="1" begin="30000" /></cmds>
              <fixedstates><fixedstate display="2" duration="1000" /></fixedstates>
            </sg>
            <sg sg_id="2" signal_sequence="7">
              <cmds><cmd display="1" begin="58000" /><cmd display="3" begin="35000" /></cmds>
              <fixedstates><fixedstate display="4" duration="3000" /></fixedstates>
            </sg>
            <sg sg_id="3" signal_sequence="4">
              <cmds><cmd display="3" begin="5000" /><cmd display="1" begin="20000" /></cmds>
              <fixedstates />
            </sg>
          </sgs>
        </prog>
        <prog id="2" cycletime="40000" switchpoint="0" offset="0" intergreens="2" name="night">
          <sgs>
            <sg sg_id="1" signal_sequence="2"><cmds><cmd display="3" begin="0" /></cmds><fixedstates /></sg>
            <sg sg_id="2" signal_sequence="1"><cmds /><fixedstates /></sg>
            <sg sg_id="3" signal_sequence="1"><cmds><cmd display="1" begin="0" /></cmds><fixedstates /></sg>
          </sgs>
        </prog>
      </progs>
      <stages /><interstageProgs /><stageProgs />
      <dailyProgLists>
        <dailyProgList id="1" name="weekday"><dailyProgListItems>
          <dailyProgListItem time="0" prog_id="2" />
          <dailyProgListItem time="21600000" prog_id="1" />
          <dailyProgListItem time="72000000" prog_id="2" />
        </dailyProgListItems></dailyProgList>
      </dailyProgLists>
    </sc>
    """

  private func read(_ text: String = text, from begin: Double = 25_200, to end: Double = 28_800) throws
    -> ReadPlan
  {
    try SUMOFixture.withFile(text, name: "A.sig") { path in
      try PlanFile.read(
        path, network: PlanFixtures.network(), time: PlanTime(period: "am", time: begin..<end))
    }
  }

  private func errors(_ text: String) -> [String] {
    let failure = #expect(throws: InputFailure.self) { try read(text) }
    return failure?.diagnostics.filter { $0.severity == .error }.map {
      "\($0.location.line ?? 0) \($0.message)"
    } ?? []
  }

  private func rows(_ program: SignalProgram?) -> [String] {
    program?.intervals.map { "\($0.duration) \($0.states.map(\.rawValue).joined())" } ?? []
  }

  @Test(
    "Displays begin where they are told to; red and amber, and amber, lie before the ones that they lead to")
  func commands() throws {
    let found = try read()
    let program = found.plan.programs[0]
    #expect(program?.offset == 12)
    #expect(program?.name == "day")
    #expect(
      rows(program) == [
        "5.0 Grr", "15.0 GrG", "7.0 Grr", "3.0 yrr", "5.0 rrr", "20.0 rGr", "3.0 ryr", "1.0 rrr", "1.0 urr",
      ])
    #expect(found.plan.programs[1...].allSatisfy { $0 == nil })
    // 35 − 27 = 8 s are as many as the file asks for; the network of the test asks for none.
    #expect(
      found.warnings.map(\.message) == [
        "1 intergreen of the file longer than the network's, by which plans are checked: from 'N' to 'S'"
      ])
    let late = try read(Self.text.replacing("begin=\"35000\"", with: "begin=\"33500\""))
    #expect(
      late.warnings.first?.message == "from 'N' to 'S' the programme has 6.5 s, the file's intergreen is 8 s")
  }

  @Test("The programme is the one that the list of the day has run for most of the period")
  func days() throws {
    let night = try read(from: 0, to: 3600).plan.programs[0]
    #expect(rows(night) == ["40.0 Grr"])
    // From 5:30 to 7:00 the programme of the day runs for an hour.
    let both = try read(from: 19_800, to: 25_200)
    #expect(both.plan.programs[0]?.name == "day")
    #expect(both.warnings.contains { $0.message.hasPrefix("several programmes run in the period 'am'") })
    let none = try read(Self.text.replacing("dailyProgListItem ", with: "other "))
    #expect(none.plan.programs[0]?.name == "day")
  }

  @Test("A programme of stages is what its interstages show where they stand in the cycle")
  func stages() throws {
    let stages = """
      <interstageProgs>
        <interstageProg id="1" cycletime="8000" intergreens="2" fromStage="1" toStage="2" name="1 2"><sgs>
          <sg sg_id="1" signal_sequence="3">
            <cmds><cmd display="3" begin="0" /><cmd display="1" begin="3000" /></cmds>
            <fixedstates><fixedstate display="4" duration="3000" /></fixedstates></sg>
          <sg sg_id="2" signal_sequence="7"><cmds><cmd display="1" begin="0" /><cmd display="3" begin="8000" /></cmds><fixedstates /></sg>
          <sg sg_id="3" signal_sequence="1"><cmds /><fixedstates /></sg>
        </sgs></interstageProg>
        <interstageProg id="2" cycletime="6000" intergreens="2" fromStage="2" toStage="1" name="2 1"><sgs>
          <sg sg_id="1" signal_sequence="3">
            <cmds><cmd display="1" begin="0" /><cmd display="3" begin="6000" /></cmds>
            <fixedstates><fixedstate display="2" duration="1000" /></fixedstates></sg>
          <sg sg_id="2" signal_sequence="7">
            <cmds><cmd display="3" begin="0" /><cmd display="1" begin="3000" /></cmds>
            <fixedstates><fixedstate display="4" duration="3000" /></fixedstates></sg>
          <sg sg_id="3" signal_sequence="1"><cmds /><fixedstates /></sg>
        </sgs></interstageProg>
      </interstageProgs>
      <stageProgs><stageProg id="9" cycletime="50000" switchpoint="0" offset="5000" intergreens="2" name="stages">
        <interstages><interstage display="1" begin="10000" /><interstage display="2" begin="40000" /></interstages>
      </stageProg></stageProgs>
      """
    let text = Self.text.replacing("<interstageProgs /><stageProgs />", with: stages)
      .replacing(
        "<dailyProgListItem time=\"21600000\" prog_id=\"1\" />",
        with: "<dailyProgListItem time=\"0\" prog_id=\"9\" />")
    let program = try read(text).plan.programs[0]
    // Green of N ends at 10 s, that of S begins at 18 and ends at 40, that of N begins at 46, shown with offset 5 s.
    #expect(program?.positionInCycle(at: 5) == 0 || program?.states(at: 5) == program?.states(at: 55))
    #expect(program?.cycle == 50)
    func shown(_ second: Double) -> String {
      program?.states(at: second + 5.5).map(\.rawValue).joined() ?? ""
    }
    let seconds = stride(from: 0.0, to: 50, by: 1).map(shown)
    let expected =
      [String](repeating: "Grr", count: 10) + [String](repeating: "yrr", count: 3)
      + [String](repeating: "rrr", count: 5)
      + [String](repeating: "rGr", count: 22) + [String](repeating: "ryr", count: 3)
      + [String](repeating: "rrr", count: 2)
      + ["urr"] + [String](repeating: "Grr", count: 4)
    #expect(seconds == expected)
  }

  @Test("Mistakes are told with their lines")
  func mistakes() {
    #expect(
      errors(Self.text.replacing("signal_sequence=\"4\"", with: "signal_sequence=\"40\"")) == [
        "23 unknown signal sequence '40'"
      ])
    #expect(
      errors(Self.text.replacing("name=\"walk\"", with: "name=\"wlak\"")) == [
        "0 the file has no signal group 'walk' of controller 'A'"
      ])
    #expect(
      errors(Self.text.replacing("cycletime=\"60000\"", with: "cycletime=\"1e30\"")).first
        == "13 'cycletime' must be in 0 … 86400000 ms, and whole, not '1e30'")
    #expect(
      errors(
        Self.text.replacing(
          "display=\"4\" duration=\"3000\" /></fixed", with: "display=\"4\" duration=\"33000\" /></fixed")
      )
      .first
        == "19 signal group 'S' has 23000 ms between two displays, too few for the 33000 ms of what lies between"
    )
    #expect(
      errors(
        Self.text.replacing(
          "<cmd display=\"3\" begin=\"5000\" />", with: "<cmd display=\"7\" begin=\"5000\" />")) == [
          "23 signal group 'walk' is to show display '7', which its sequence '4' does not have"
        ])
    #expect(
      errors(Self.text.replacing("prog_id=\"1\"", with: "prog_id=\"7\"")) == ["41 unknown programme '7'"])
  }

  @Test("What a controller shows beyond red, green and one amber is told")
  func losses() throws {
    let network = try PlanFixtures.network()
    var plan = PlanFixtures.plan()
    let scenario = Scenario(
      name: "", network: network,
      periods: [
        Period(
          name: "am", demand: Demand(begin: 0, end: 3600, vehicleTypes: [VehicleType(name: "car")]),
          existingPlan: plan)
      ])
    func losses() -> [String] {
      VissimFormat().write(plan, of: scenario, in: scenario.periods[0], origin: nil).losses
    }
    #expect(losses() == [])
    plan.programs[0]?.intervals[4].states[0] = .blinking
    #expect(losses().count == 1)
    #expect(losses().first?.contains("signal group 'N' of controller 'A'") == true)
  }
}
