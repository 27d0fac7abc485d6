import Foundation
import Testing
import TrafficModel

@testable import NetworkFormats

@Suite("Schedules for SUMO")
struct SUMOScheduleTests {
  /// What SUMO does with a file: by signal, the programmes, and when each is switched to.
  private struct Played {
    var programs: [String: SUMOProgram] = [:]
    var switches: [(time: Double, program: String)] = []

    /// The letters at a time: SUMO counts a programme's cycle from its offset.
    func letters(at time: Double) throws -> String {
      let name = try #require(switches.last { $0.time <= time }).program
      let program = try #require(programs[name])
      let cycle = program.intervals.reduce(0) { $0 + $1.duration }
      var rest = (time - program.offset).truncatingRemainder(dividingBy: cycle)
      if rest < 0 { rest += cycle }
      for interval in program.intervals {
        if rest < interval.duration { return interval.states.map(\.rawValue).joined() }
        rest -= interval.duration
      }
      return ""
    }
  }

  @Test(
    "SUMO's reading of the file is the timetable, second by second; names of the input are not used again")
  func everySecond() throws {
    let scenario = try NativeReader.read(Native.networks + "lijiang-old-town/network.yaml").scenario
    let network = scenario.network
    let existing = scenario.periods[0].existingPlan
    var (first, second) = (existing, existing)
    (first.name, second.name) = ("one", "two")
    for index in second.programs.indices {
      second.programs[index]?.offset = Double(7 * index)
      second.programs[index]?.name = "two & <more>"
    }
    let schedule = DaySchedule(
      day: "day", entries: [(0.0, 0), (3600, 1), (5400, 0)].map { ScheduleEntry(begin: $0.0, plan: $0.1) })
    let set = try PlanSet(plans: [first, second], schedules: [schedule])
    let timetable = try SignalTimetable(set, schedule, over: 1800..<7200, on: network)
    let text = SUMOSchedule.text(of: timetable, network: network, known: ["two & <more>"])

    var played: [String: Played] = [:]
    var log = DiagnosticLog(file: "schedule", text: text)
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).xml").path
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    try XMLFile.read(InputFile(path), roots: SUMOReader.roots) { node in
      let id = node["id"] ?? node["wautID"] ?? ""
      switch node.name {
      case "tlLogic":
        guard let program = SUMOProgram(node, begin: 0, isPlan: true, log: &log) else { return }
        #expect(played[id, default: Played()].programs.updateValue(program, forKey: program.name) == nil)
        #expect(program.name != "two & <more>")
        // Without switches the last one loaded runs.
        if played[id]?.switches.isEmpty == true { played[id]?.switches = [(-.infinity, program.name)] }
      case "WAUT":
        played[id]?.switches = [(-.infinity, node["startProg"] ?? "")]
        for change in node.children("wautSwitch") {
          played[id]?.switches.append((Double(change["time"] ?? "") ?? 0, change["to"] ?? ""))
        }
      default: #expect(node.name == "wautJunction" && node["junctionID"] == id && node["procedure"] == nil)
      }
    }
    #expect(log.diagnostics.isEmpty && played.count == network.controllers.count)
    for (index, controller) in network.controllers.enumerated() {
      let found = try #require(played[controller.name])
      #expect(found.switches.count == timetable.pieces[index].count)
      #expect(index == 0 ? found.switches.count == 1 : found.switches.count > 2)
      for time in stride(from: 1800.0, to: 7200, by: 13) {
        let states = timetable.states(ofController: index, at: time)
        #expect(try found.letters(at: time) == states.map(\.rawValue).joined())
      }
    }
  }
}
