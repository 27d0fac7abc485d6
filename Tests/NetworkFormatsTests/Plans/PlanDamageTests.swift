import Foundation
import TestSupport
import Testing
import TrafficModel

@testable import NetworkFormats

/// Plan files cut off, with fields missing or changed: the plan comes out, or errors with their places.
@Suite("Damaged plan files of every kind")
struct PlanDamageTests {
  private static let time = PlanTime(period: "", time: 0..<3600)

  /// What is wrong with how reading ended: nothing where a plan came out, or errors that say where.
  private func fault(_ path: String, _ network: Network, origin: (any Sendable)?) -> String? {
    do {
      _ = try PlanFile.read(path, network: network, time: Self.time, origin: origin)
      return nil
    } catch {
      let errors = error.diagnostics.filter { $0.severity == .error }
      guard !errors.isEmpty else { return "it failed without an error" }
      return errors.first { $0.location.file.isEmpty || $0.message.isEmpty }.map { "\($0)" }
    }
  }

  /// Prefixes, texts without one line, and texts with one field changed.
  private func damaged(_ text: String) -> [String] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let prefixes = stride(from: 0, to: text.count, by: 11).map { String(text.prefix($0)) }
    let shorter = lines.indices.map { index in
      (lines[..<index] + lines[(index + 1)...]).joined(separator: "\n")
    }
    let changed = lines.indices.flatMap { index -> [String] in
      let fields = lines[index].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return fields.indices.flatMap { field in
        ["", "-1", "没有"].map { value in
          var fields = fields
          fields[field] = value
          var lines = lines
          lines[index] = fields.joined(separator: ",")
          return lines.joined(separator: "\n")
        }
      }
    }
    return prefixes + shorter + changed
  }

  private func expectNoFault(
    _ text: String, name: String, _ network: Network, origin: (any Sendable)? = nil, in folder: String
  ) throws {
    let path = "\(folder)/\(name)"
    for text in damaged(text) {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      #expect(fault(path, network, origin: origin) == nil, "\(text)")
    }
  }

  @Test("tables, JSON and SUMO")
  func own() throws {
    let network = try PlanFixtures.network()
    let plan = PlanFixtures.plan()
    try SUMOFixture.withFolder { folder in
      try expectNoFault(PlanCSV.text(of: plan, network: network), name: "a.csv", network, in: folder)
      try expectNoFault(PlanJSON.text(of: plan, network: network), name: "a.json", network, in: folder)
      let sumo = SUMOPlan.text(of: plan, network: network, programName: "x")
        .replacing(
          "</additional>",
          with: """
            <WAUT id="w" refTime="0" period="100" startProg="x"><wautSwitch time="10" to="x"/></WAUT>
            <wautJunction wautID="w" junctionID="A"/></additional>
            """)
      try expectNoFault(sumo, name: "a.add.xml", network, in: folder)
      try expectNoFault(VissimPlanTests.text, name: "a.sig", network, in: folder)
    }
  }

  @Test("UTDF phases on top of the network's file")
  func utdf() throws {
    try SUMOFixture.withFolder { folder in
      let town = "\(folder)/town.csv"
      try Data(UTDFFixture.text(offset: 24).utf8).write(to: URL(fileURLWithPath: town))
      let input = try ScenarioReader.read(town)
      let text = UTDFFixture.text(offset: 24)
      let timing = try #require(text.range(of: "[Timeplans]")).lowerBound
      try expectNoFault(
        String(text[timing...]), name: "plan.txt", input.scenario.network, origin: input.origin, in: folder)
    }
  }

  @Test(
    "GMNS signal tables",
    arguments: [
      "signal_controller", "signal_timing_plan", "signal_timing_phase", "signal_phase_mvmt",
      "signal_coordination",
    ])
  func gmns(table: String) throws {
    let tables = GMNSFixture.crossing.sorted { $0.key < $1.key }.map {
      ("\($0.key).csv", Data($0.value.utf8))
    }
    try GMNSFixture.withFolder(tables) { network in
      let read = try GMNSReader.read(network)
      let signals = tables.filter { $0.0.hasPrefix("signal_") }
      try GMNSFixture.withFolder(signals) { folder in
        for text in damaged(GMNSFixture.crossing[table] ?? "") {
          try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(table).csv"))
          #expect(fault(folder, read.scenario.network, origin: read.origin) == nil, "\(text)")
        }
      }
    }
  }

  @Test("seconds in other words than numbers, and thousands, are told where they stand")
  func units() throws {
    let network = try PlanFixtures.network()
    let table = PlanCSV.text(of: PlanFixtures.plan(), network: network)
    try SUMOFixture.withFolder { folder in
      for (value, notes) in [
        ("30.5 s", []), ("0.5min", []), ("\"1,030.5\"", ["decimals are written with a point"]),
      ] as [(String, [String])] {
        let path = "\(folder)/plan.csv"
        try Data(table.replacing(",1,30.5,", with: ",1,\(value),").utf8).write(to: URL(fileURLWithPath: path))
        do {
          _ = try PlanFile.read(path, network: network, time: Self.time)
          Issue.record("\(value) was read")
        } catch let failure as InputFailure {
          let error = try #require(failure.diagnostics.first)
          #expect(error.location.line == 2 && error.location.column != nil)
          #expect(error.message.hasPrefix("the duration must be a number of seconds, not"))
          #expect(error.notes == notes)
        }
      }
    }
  }

  @Test("UTDF: a missing column is told, an unknown one passed over, metres and feet give the same network")
  func utdfColumns() throws {
    let text = UTDFFixture.text(offset: 24)
    do {
      _ = try UTDFFixture.read(text.replacing("RECORDNAME,INTID,NB,", with: "RECORDNAME,NODE,NB,"))
      Issue.record("it was read")
    } catch let failure as InputFailure {
      let error = try #require(failure.diagnostics.first { $0.severity == .error })
      #expect(error.message == "section [Links] has no column INTID")
      #expect(error.location.line == 21)
    }
    // A foot is 0.3048 m, a mile per hour 1.609344 km/h.
    func metric(_ record: String, _ factor: Double, _ text: String) -> String {
      text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        guard line.hasPrefix(record + ",") else { return String(line) }
        let fields = line.split(separator: ",", omittingEmptySubsequences: false)
        return
          (fields[..<2].map(String.init)
          + fields[2...].map { field in Double(field).map { "\($0 * factor)" } ?? "" }).joined(separator: ",")
      }.joined(separator: "\n")
    }
    var metres = text.replacing("Metric,0", with: "Metric,1").replacing(
      "PedSpeed,3.5", with: "PedSpeed,1.0668"
    )
    .replacing("0,1000,0", with: "0,304.8,0").replacing("1000,0,0", with: "304.8,0,0")
    .replacing("0,-1000,0", with: "0,-304.8,0").replacing("-1000,0,0", with: "-304.8,0,0")
    metres = metric("Distance", 0.3048, metric("Speed", 1.609344, metric("Storage", 0.3048, metres)))
    let (feet, read) = (try UTDFFixture.read(text).scenario, try UTDFFixture.read(metres).scenario)
    for (a, b) in zip(feet.network.lanes, read.network.lanes) {
      #expect(abs(a.length - b.length) < 1e-6 && abs(a.speed - b.speed) < 1e-6)
    }
    #expect(feet.periods[0].existingPlan == read.periods[0].existingPlan)
  }
}
