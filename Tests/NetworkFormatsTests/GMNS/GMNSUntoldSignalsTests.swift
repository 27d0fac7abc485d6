import NetworkBuilding
import NetworkFormats
import Testing
import TrafficModel

@Suite("GMNS signals whose times no table has")
struct GMNSUntoldSignalsTests {
  /// The movements with a column for what controls them.
  private func withControl(_ word: String) throws -> String {
    let rows = try #require(GMNSFixture.crossing["movement"]).split(separator: "\n")
    return ([rows[0] + ",ctrl_type"] + rows.dropFirst().map { "\($0),\(word)" }).joined(separator: "\n")
      + "\n"
  }

  /// The crossing without the tables of its signals.
  private var bare: [String: String] { GMNSFixture.crossing.filter { !$0.key.hasPrefix("signal_") } }

  @Test(
    "a node or movements that say 'signal', or 1, make a controller with a plan of our making, and that is told",
    arguments: [("signal", "signal"), ("1", ""), ("", "Signal"), ("signalized", "none")])
  func signals(node: String, movement: String) throws {
    var tables = bare
    tables["node"] = tables["node"]?.replacing("C,1000,1000,signal", with: "C,1000,1000,\(node)")
    tables["movement"] = try withControl(movement)
    let read = try GMNSFixture.read(tables)
    let network = read.scenario.network
    #expect(network.controllers.map(\.name) == ["C"])
    #expect(network.junctions.filter(\.isSignalled).map(\.name) == ["C"])
    // It only stands for what runs, so that no gain is claimed against it.
    #expect(network.controllersNotPlayed == [ControllerID(0)])
    #expect(network.doubtfulControllers == [])
    #expect(
      read.warnings.map(\.message).contains(
        "no table has the times of 1 signal: plans of our making stand for what runs at 'C'"))
    let plan = read.scenario.periods[0].existingPlan
    #expect(plan.check(against: network) == [])
    // Nobody is left without green.
    let program = try #require(plan.programs[0])
    #expect(network.controllers[0].groups.indices.allSatisfy { program.green(ofGroup: $0) >= 12 })
  }

  @Test("other words make no signal, and where all comes from one side there is none")
  func none() throws {
    var tables = bare
    tables["node"] = tables["node"]?.replacing("C,1000,1000,signal", with: "C,1000,1000,stop")
    #expect(try GMNSFixture.read(tables).scenario.network.controllers.isEmpty)
    tables["node"] = tables["node"]?.replacing("N,1000,1300,", with: "N,1000,1300,signal")
    #expect(try GMNSFixture.read(tables).scenario.network.controllers.isEmpty)
  }

  @Test("phases without a table of plans are of the plan that they name, with the cycle that they tell")
  func derived() throws {
    var tables = GMNSFixture.crossing.filter {
      !["signal_timing_plan", "signal_coordination", "time_set_definitions"].contains($0.key)
    }
    let whole = try #require(
      GMNSFixture.read(GMNSFixture.crossing).scenario.periods[0].existingPlan.programs[0])
    let rows = try #require(tables["signal_timing_phase"]).split(separator: "\n")
    tables["signal_timing_phase"] =
      ([rows[0] + ",cycle_time"] + rows.dropFirst().map { $0 + ",\(Int(whole.cycle))" }).joined(
        separator: "\n") + "\n"
    let read = try GMNSFixture.read(tables)
    let program = try #require(read.scenario.periods[0].existingPlan.programs[0])
    #expect(program.cycle == whole.cycle)
    #expect(
      read.scenario.network.controllers[0].groups.indices.allSatisfy {
        program.green(ofGroup: $0) == whole.green(ofGroup: $0)
      })
  }
}
