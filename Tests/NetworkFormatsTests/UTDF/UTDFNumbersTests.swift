import Foundation
import Testing
import TrafficModel

@testable import NetworkFormats

@Suite("Numbers of UTDF files")
struct UTDFNumbersTests {
  /// What a field may hold that somebody typed wrong, or a program that divided by zero wrote.
  static let texts = ["1e30", "-1e30", "-1", "nan", "1e-300", ""]

  /// The fixture with the records that it lacks, all of them as they are where they say nothing.
  static let text: String = {
    UTDFFixture.text(offset: 24)
      .replacing(
        "ScenarioTime,",
        with:
          "yellowTime,3.5\nallRedTime,1\nHV,2\nDefFlow,1900\nvehLength,25\nLostTimeAdjust,0\nScenarioTime,"
      )
      .replacing(
        "Colour Of Signs,10,",
        with:
          "Growth,10,100,100,100,100,100,100,100,100,100,100,100,100,,\nHeavyVehicles,10,2,2,2,2,2,2,2,2,2,2,2,2,,\nIdealFlow,10,1900,1900,1900,1900,1900,1900,1900,1900,1900,1900,1900,1900,,\nRight Channeled,10,,,0,,,0,,,0,,,0,,\nPhase2,10,0,0,0,0,0,0,0,0,0,0,0,0,9,\nColour Of Signs,10,"
      )
  }()

  /// A field that holds a number.
  struct Field: CustomTestStringConvertible {
    /// 0-based positions.
    var line: Int
    var column: Int
    var name: String
    var testDescription: String { "\(name), line \(line + 1)" }
  }

  /// What is not read, or is a text.
  private static let unread = [
    "UTDFVERSION", "ScenarioTime", "Name", "Colour Of Signs", "Control Type", "VehExt",
  ]

  /// Numbers of the first two nodes, and of the other records of these the first field that holds one.
  static let fields: [Field] = {
    var fields: [Field] = []
    var section = ""
    for (line, row) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if row.hasPrefix("[") { section = String(row) }
      let values = row.split(separator: ",", omittingEmptySubsequences: false)
      guard values.count > 1, values[0] != "RECORDNAME", values[0] != "INTID" else { continue }
      guard
        section == "[Network]" || values[0] == "10" || values[0] == "20" || ["10", "20"].contains(values[1])
      else { continue }
      let numbers = values.indices.filter { Double(values[$0]) != nil }
      if section == "[Nodes]" {
        fields += zip([0, 1, 2, 3], ["INTID", "TYPE", "X", "Y"]).map {
          Field(line: line, column: $0, name: $1)
        }
      } else if !unread.contains(String(values[0])) {
        let first = section == "[Network]" ? 1 : 2
        if ["Up ID", "Up Node", "Cycle Length", "BRP"].contains(values[0]) {
          fields.append(Field(line: line, column: 1, name: "INTID of \(values[0])"))
        }
        if let column = numbers.first(where: { $0 >= first }) {
          fields.append(Field(line: line, column: column, name: String(values[0])))
        }
      }
    }
    return fields
  }()

  /// All that Documentation/UTDF.md says to be read as a number.
  static let records: Set<String> = [
    "Metric", "yellowTime", "allRedTime", "PHF", "HV", "DefFlow", "vehLength", "PedSpeed", "LostTimeAdjust",
    "INTID", "TYPE", "X", "Y", "Up ID", "Distance", "Speed", "Lanes", "Up Node", "Dest Node", "Shared",
    "Storage", "StLanes", "Phase1", "Phase2", "PermPhase1", "SatFlow", "IdealFlow", "HeavyVehicles",
    "Lost Time Adjust", "Volume", "Growth", "Peds", "Right Channeled", "Cycle Length", "Offset",
    "Referenced To", "Reference Phase", "Node 0", "Node 1", "BRP", "MinGreen", "MaxGreen", "Yellow",
    "AllRed", "Walk", "DontWalk", "Start", "End",
  ]

  /// The text with another value in a field, and where that begins, from 1.
  static func changed(_ field: Field, to value: String) -> (text: String, column: Int) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    // The only quoted fields stand behind the ones that are changed.
    var values = lines[field.line].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    values[field.column] = value
    lines[field.line] = values.joined(separator: ",")
    return (lines.joined(separator: "\n"), values[..<field.column].reduce(1) { $0 + $1.count + 1 })
  }

  @Test("the fixture with all records is the one without")
  func complete() throws {
    let read = try UTDFFixture.read(Self.text)
    let known = try UTDFFixture.read(UTDFFixture.text(offset: 24))
    #expect(read.warnings.map(\.message) == known.warnings.map(\.message))
    #expect(read.scenario.periods == known.scenario.periods)
    #expect(Self.records.subtracting(Self.fields.map(\.name)) == [])
  }

  @Test("whatever stands in a field ends in a scenario or in errors with their lines", arguments: fields)
  func anything(field: Field) throws {
    for value in Self.texts {
      let (text, column) = Self.changed(field, to: value)
      do {
        let scenario = try UTDFFixture.read(text).scenario
        #expect(!value.hasSuffix("1e30") && value != "nan", "\(field.name) of \(value)")
        for slice in scenario.periods[0].demand.counts {
          #expect(slice.vehicles.allSatisfy { (0...100_000).contains($0 ?? 0) }, "\(field.name) of \(value)")
          #expect(slice.pedestrians.allSatisfy { (0...100_000).contains($0) }, "\(field.name) of \(value)")
        }
        for program in scenario.periods[0].existingPlan.programs.compactMap({ $0 }) {
          #expect(program.cycle >= 1, "\(field.name) of \(value)")
        }
        _ = try UTDFWriter.write(scenario.periods[0].existingPlan, updating: text, file: "town.csv")
      } catch let failure as InputFailure {
        let errors = failure.diagnostics.filter { $0.severity == .error }
        #expect(!errors.isEmpty && errors.allSatisfy { $0.location.line != nil }, "\(field.name) of \(value)")
        // A number that no field can have is told where it stands.
        guard value.hasSuffix("1e30") || value == "nan" else { continue }
        let mine = errors.filter {
          $0.location.line == field.line + 1 && $0.location.column == column && $0.message.contains(value)
        }
        #expect(mine.count == 1, "\(field.name) of \(value): \(errors.map(\.text))")
      }
    }
  }

  /// What a line begins with, what is put there instead, what is said of it, and in which column.
  static let known: [(old: String, new: String, message: String, column: Int)] = [
    (
      "Node 1,10,0", "Node 1,10,1e30", "'Node 1' must be a whole number in -999999999 … 999999999, not 1e30",
      11
    ),
    (
      "Referenced To,10,3", "Referenced To,10,1e30",
      "'Referenced To' must be a whole number in 0 … 99, not 1e30", 18
    ),
    (
      "Reference Phase,10,206", "Reference Phase,10,1e30",
      "'Reference Phase' must be a whole number in 0 … 9999, not 1e30", 20
    ),
    (
      "Reference Phase,10,206", "Reference Phase,10,2.5",
      "'Reference Phase' must be a whole number in 0 … 9999, not 2.5", 20
    ),
    (
      "Cycle Length,10,90.0", "Cycle Length,10,1e-300", "'Cycle Length' must be in 1 … 1000 s, not 1e-300", 17
    ),
    ("Offset,10,24.0", "Offset,10,-1e30", "'Offset' must be in -3600 … 3600 s, not -1e30", 11),
    ("Volume,10,60", "Volume,10,1e9", "'Volume' must be in 0 … 100000 veh/h, not 1e9", 11),
    ("Volume,10,60", "Volume,10,-1", "'Volume' must be in 0 … 100000 veh/h, not -1", 11),
    ("Volume,10,60", "Volume,10,nan", "'Volume' must be a number, not 'nan'", 11),
    ("Growth,10,100", "Growth,10,1001", "'Growth' must be in 0 … 1000 %, or below 10 a factor, not 1001", 11),
    ("HeavyVehicles,10,2", "HeavyVehicles,10,101", "'HeavyVehicles' must be in 0 … 100 %, not 101", 18),
    ("Peds,10,,,15", "Peds,10,,,1e30", "'Peds' must be in 0 … 100000 pedestrians/h, not 1e30", 11),
    ("PHF,10,0.92", "PHF,10,92", "'PHF' must be in 0 … 1, not 92", 8),
    (
      "Lost Time Adjust,10,-0.5", "Lost Time Adjust,10,-31",
      "'Lost Time Adjust' must be in -30 … 60 s, not -31", 21
    ),
    ("MinGreen,10,5", "MinGreen,10,-1", "'MinGreen' must be in 0 … 3600 s, not -1", 13),
    ("MaxGreen,10,8", "MaxGreen,10,3601", "'MaxGreen' must be in 0 … 3600 s, not 3601", 13),
    (
      "MaxGreen,10,8", "MaxGreen,10,3600", "phase 1 lasts 3604 s, which is longer than any cycle (1000 s)", 13
    ),
    ("Lanes,10,1", "Lanes,10,9", "'Lanes' must be a whole number in 0 … 8, not 9", 10),
    ("Lanes,20,1", "Lanes,20,1e30", "'Lanes' must be a whole number in 0 … 12, not 1e30", 10),
    ("Distance,10,1000", "Distance,10,400000", "'Distance' must be 0 or in 0.01 … 328000 ft, not 400000", 13),
    ("Speed,10,30", "Speed,10,1e-300", "'Speed' must be 0 or in 0.1 … 220 mph, not 1e-300", 10),
    ("Metric,0", "Metric,7", "'Metric' must be a whole number in 0 … 1, not 7", 8),
  ]

  @Test("each number has its range", arguments: known.indices)
  func ranges(index: Int) throws {
    let known = Self.known[index]
    let lines = Self.text.split(separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(lines.firstIndex { $0.hasPrefix(known.old) })
    var changed = lines.map(String.init)
    changed[line] = known.new + changed[line].dropFirst(known.old.count)
    let failure = #expect(throws: InputFailure.self) {
      try UTDFFixture.read(changed.joined(separator: "\n"))
    }
    let errors = (failure?.diagnostics ?? []).filter { $0.severity == .error }
    #expect(errors.map(\.message) == [known.message])
    #expect(errors.map(\.location.line) == [line + 1])
    #expect(errors.map(\.location.column) == [known.column])
  }

  @Test("a volume keeps to its range with its growth, which is percent or, below 10, a factor")
  func growth() throws {
    func read(volume: String, growth: String) throws -> ReadScenario {
      try UTDFFixture.read(
        Self.text.replacing("Volume,10,60", with: "Volume,10,\(volume)")
          .replacing("Growth,10,100", with: "Growth,10,\(growth)"))
    }
    for (growth, grown) in [("150", 90.0), ("1.5", 90), ("1000", 600), ("0", 0), ("", 60)] {
      let scenario = try read(volume: "60", growth: growth).scenario
      let movement = try #require(
        scenario.network.movements.indices.first {
          scenario.network.name(of: MovementID($0)) == "10.S → 10.W out"
        })
      let vehicles = scenario.periods[0].demand.counts.reduce(0) { $0 + ($1.vehicles[movement] ?? 0) }
      #expect(abs(vehicles - grown) < 1e-9, "\(growth)")
    }
    let failure = #expect(throws: InputFailure.self) { try read(volume: "20000", growth: "1000") }
    #expect(
      failure?.diagnostics.filter { $0.severity == .error }.map(\.message) == [
        "'Volume' with its growth must be in 0 … 100000 veh/h, not 20000 × 1000"
      ])
  }

  @Test("what is not possible but harmless is told, and what is taken instead")
  func taken() throws {
    let factor = try UTDFFixture.read(Self.text.replacing("PHF,10,0.92", with: "PHF,10,0.1"))
    #expect(
      factor.warnings.map(\.message) == [
        "a peak hour factor of 0.1 is not possible with quarters of an hour, 0.25 is taken"
      ])
    let flow = try UTDFFixture.read(
      Self.text.replacing("IdealFlow,10,1900,1900,1900", with: "IdealFlow,10,1900,1900,102"))
    #expect(
      flow.warnings.map(\.message) == [
        "an ideal flow that leaves 85 veh/h and lane is not possible, 200 veh/h and lane is taken"
      ])
    #expect(flow.warnings.map(\.location.column) == [24])
  }

  @Test("columns of phases are called D and a number, and nothing that only reads as one")
  func columns() throws {
    let text = Self.text.replacing(
      "INTID,D1,D2,D3,D4,D5,D6,D7,D8", with: "INTID,D1,D2,D3,D4,D5,D6,D7,D8,D01,D-1")
    let read = try UTDFFixture.read(
      text.replacing("MaxGreen,10,8,28,8,28,11,25,8,28", with: "MaxGreen,10,8,28,8,28,11,25,8,28,9,9"))
    #expect(try read.scenario.periods == UTDFFixture.read(Self.text).scenario.periods)
  }
}
