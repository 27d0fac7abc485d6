import NetworkBuilding
import NetworkFormats
import TestSupport
import Testing
import TrafficModel

@testable import NetworkFormats

/// Offsets in the words of controllers: the files that are written refer to the first green, and are put here into the
/// other references by arithmetic of the tests' own.
@Suite("Offsets with other references")
struct PlanReferenceTests {
  private struct Phase {
    var number = 0
    var barrier = 0
    var values: [String: Double] = [:]

    func value(_ record: String) -> Double { values[record] ?? 0 }

    /// Second of an event of the phase, by its number in UTDF.
    func event(_ reference: Int) -> Double {
      let start = value("Start")
      return switch reference {
      case 1: start + value("MaxGreen")
      case 2: start + value("MaxGreen") + value("Yellow") + value("AllRed")
      case 4: start + value("MaxGreen") - (values["Walk"] == nil ? 0 : value("DontWalk"))
      default: start
      }
    }
  }

  /// A combined file with another `Referenced To`, phases 2 and 6 as its reference where it has both, and without
  /// `Start`, `End` and `Yield`, so that the offset alone tells where the cycle stands.
  private func utdf(_ text: String, referringTo reference: Int) -> String {
    let rows = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    var cycles: [String: Double] = [:]
    var phases: [String: [Phase]] = [:]
    var isPhases = false
    for row in rows {
      if row[0].hasPrefix("[") { isPhases = row[0] == "[Phases]" }
      if row[0] == "Cycle Length" { cycles[row[1]] = Double(row[2]) }
      guard isPhases, row.count > 2, Double(row[1]) != nil else { continue }
      var known = phases[row[1]] ?? row.indices.dropFirst(2).map { Phase(number: $0 - 1) }
      for (index, field) in row.dropFirst(2).enumerated() {
        guard let value = Double(field) else { continue }
        known[index].values[row[0]] = value
        if row[0] == "BRP" { known[index].barrier = Int(value) / 100 }
      }
      phases[row[1]] = known
    }
    return rows.compactMap { row -> String? in
      guard row.count > 2, let cycle = cycles[row[1]], let all = phases[row[1]] else {
        return row.joined(separator: ",")
      }
      let used = all.filter { $0.barrier > 0 }
      let pair = used.filter { $0.number == 2 || $0.number == 6 }
      let chosen = pair.count == 2 && pair[0].barrier == pair[1].barrier ? pair : [used[0]]
      switch row[0] {
      case "Start", "End", "Yield": return nil
      case "Referenced To": return "Referenced To,\(row[1]),\(reference)"
      case "Reference Phase":
        return "Reference Phase,\(row[1]),\(chosen.reduce(0) { $0 * 100 + $1.number })"
      case "Offset":
        // Both run beside each other: the one less than half a cycle ahead is the later.
        let first = chosen[0].event(reference)
        let ahead = chosen.map { phase in
          let apart = (phase.event(reference) - first).truncatingRemainder(dividingBy: cycle)
          return apart > cycle / 2 ? apart - cycle : apart < -cycle / 2 ? apart + cycle : apart
        }
        let chosenOne = reference == 0 ? ahead.max() ?? 0 : ahead.min() ?? 0
        let offset = (first + chosenOne + 10 * cycle).truncatingRemainder(dividingBy: cycle)
        return "Offset,\(row[1]),\((offset * 1000).rounded() / 1000)"
      default: return row.joined(separator: ",")
      }
    }.joined(separator: "\n")
  }

  @Test(
    "UTDF: TS1 and TS2 first green, begin of yellow, of red, and of flashing don't walk",
    arguments: [0, 1, 2, 3, 4], PlanSamples.shipped)
  func utdf(reference: Int, name: String) throws {
    let scenario = try PlanSamples.network(name)
    let exchange = PlanExchange(scenario: scenario)
    for seed in 1...2 {
      let plan = PlanSamples.changed(scenario, seed: seed)
      let (read, _) = try exchange.roundTrip(plan, .utdf) { utdf($1, referringTo: reference) }
      exchange.expectSameGreens(read.plan, plan, "reference \(reference)")
    }
  }

  @Test(
    "GMNS: begin of green, of yellow and of red, each offset counted from another controller's",
    arguments: ["begin_of_green", "begin_of_yellow", "begin_of_red"], PlanSamples.shipped)
  func gmns(reference: String, name: String) throws {
    let scenario = try PlanSamples.network(name)
    let exchange = PlanExchange(scenario: scenario)
    let plan = PlanSamples.changed(scenario, seed: 5)
    let written = try GMNSFormat().write(plan, of: scenario, in: exchange.period, origin: nil)
    func table(_ name: String) -> [[String]] {
      let text = written.files.first { $0.name == name + ".csv" }?.text ?? ""
      return text.split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
    }
    let phases = table("signal_timing_phase")
    let columns = Dictionary(uniqueKeysWithValues: phases[0].enumerated().map { ($1, $0) })
    func phase(_ plan: String, _ number: String, _ column: String) -> Double {
      let row = phases.first {
        $0[columns["timing_plan_id"] ?? 0] == plan && $0[columns["signal_phase_num"] ?? 0] == number
      }
      return row.flatMap { Double($0[columns[column] ?? 0]) } ?? .nan
    }
    let coordination = table("signal_coordination")
    // coordination_id, timing_plan_id, controller_id, coord_contr_id, coord_phase, coord_ref_to, offset
    var before: (controller: String, offset: Double)?
    let changed = coordination.dropFirst().map { row -> String in
      var row = row
      var offset = Double(row[6]) ?? .nan
      if reference != "begin_of_green" { offset += phase(row[1], row[4], "min_green") }
      if reference == "begin_of_red" { offset += phase(row[1], row[4], "opt_yellow") }
      row[5] = reference
      // From the one before, in a chain.
      row[3] = before?.controller ?? row[2]
      row[6] = "\(offset - (before?.offset ?? 0))"
      before = (row[2], offset)
      return row.joined(separator: ",")
    }
    let text = ([coordination[0].joined(separator: ",")] + changed).joined(separator: "\n") + "\n"
    let (read, _) = try exchange.roundTrip(plan, .gmns) { $0 == "signal_coordination.csv" ? text : $1 }
    exchange.expectSameGreens(read.plan, plan, reference)
  }
}
