import Foundation
import Testing
import TrafficModel

@testable import NetworkFormats

@Suite("Numbers of GMNS tables")
struct GMNSNumbersTests {
  /// What a field may hold that somebody typed wrong, or a program that divided by zero wrote.
  static let texts = ["1e30", "-1e30", "-1", "nan", "1e-300", ""]

  /// The crossing with volumes by time of day, a crosswalk, and all columns that hold numbers.
  static let tables: [String: String] = {
    var tables = GMNSFixture.crossing
    func add(_ table: String, _ column: String, _ value: String = "") {
      var lines = (tables[table] ?? "").split(separator: "\n").map(String.init)
      for line in lines.indices { lines[line] += line == 0 ? ",\(column)" : ",\(value)" }
      tables[table] = lines.joined(separator: "\n") + "\n"
    }
    add("node", "parent_node_id")
    tables["node"]? += "C1,995,995,,C\nC2,1005,995,,C\n"
    add("link", "facility_type")
    tables["link"]? += "walk,Crosswalk,C1,C2,0,0.01,,,,CROSSWALK\n"
    for column in [
      "dir_flag", "opt_queue_limit", "opt_minimum_green", "opt_walking_speed", "opt_volume",
    ] { add("link", column) }
    for column in [
      "capacity", "opt_minimum_green", "opt_permissive", "opt_path_length", "opt_path_speed",
      "opt_start_up_lost_time", "opt_yellow_used",
    ] { add("movement", column) }
    tables["lane"] = "link_id,lane_num\nnc,1\n"
    tables["segment_lane"] = "segment_id,lane_num\n1,-1\n"
    tables["movement_tod"] = "mvmt_id,time_day,volume\n1,01111100_0700_0900,80\n"
    tables["link_tod"] = "link_id,time_day,volume\nwalk,01111100_0700_0900,20\nec,01111100_0700_0900,20000\n"
    for column in ["opt_least_cycle", "opt_longest_cycle", "opt_runs_stages"] {
      add("signal_controller", column)
    }
    for column in [
      "extension", "walk_time", "ped_clearance", "opt_yellow", "opt_keeps_place", "opt_optional",
    ] { add("signal_timing_phase", column) }
    return tables
  }()

  /// By table: columns of numbers. The crosswalk stands in the last row of its table, where it has numbers of its own.
  static let columns: [(table: String, columns: [String], ofCrosswalk: Bool)] = [
    ("node", ["x_coord", "y_coord"], false),
    ("link", ["length", "free_speed", "lanes", "capacity", "dir_flag", "opt_queue_limit"], false),
    ("link", ["length", "opt_minimum_green", "opt_walking_speed", "opt_volume"], true),
    ("lane", ["lane_num"], false), ("segment_lane", ["lane_num"], false),
    ("segment", ["start_lr", "end_lr", "l_lanes_added", "r_lanes_added"], false),
    (
      "movement",
      [
        "start_ib_lane", "end_ib_lane", "start_ob_lane", "end_ob_lane", "volume", "capacity",
        "opt_minimum_green", "opt_permissive", "opt_path_length", "opt_path_speed", "opt_start_up_lost_time",
        "opt_yellow_used",
      ], false
    ), ("movement_tod", ["volume"], false), ("link_tod", ["volume"], false),
    ("signal_controller", ["opt_least_cycle", "opt_longest_cycle", "opt_runs_stages"], false),
    ("signal_timing_plan", ["cycle_length"], false),
    (
      "signal_timing_phase",
      [
        "signal_phase_num", "min_green", "max_green", "extension", "clearance", "walk_time", "ped_clearance",
        "ring", "barrier", "position", "opt_yellow", "opt_keeps_place", "opt_optional",
      ], false
    ), ("signal_coordination", ["coord_phase", "offset"], false),
  ]

  static var fields: [(table: String, column: String, ofCrosswalk: Bool)] {
    columns.flatMap { entry in entry.columns.map { (entry.table, $0, entry.ofCrosswalk) } }
  }

  /// The tables with another value in a field of a table's first or last row, and where that begins.
  static func changed(
    _ table: String, _ column: String, last: Bool = false, to value: String
  ) throws -> (tables: [String: String], place: String) {
    var changed = tables
    var lines = (tables[table] ?? "").split(separator: "\n").map(String.init)
    let header = lines[0].split(separator: ",").map(String.init)
    let position = try #require(header.firstIndex(of: column))
    let line = last ? lines.count - 1 : 1
    #expect(!lines[line].contains("\""), "a comma would stand in a field")
    var values = lines[line].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    values[position] = value
    lines[line] = values.joined(separator: ",")
    changed[table] = lines.joined(separator: "\n") + "\n"
    let before = values[..<position].reduce(1) { $0 + $1.count + 1 }
    return (changed, "\(table).csv:\(line + 1):\(before): ")
  }

  /// The errors of a failure, each behind its table, line and column.
  private static func errors(_ failure: InputFailure) -> [String] {
    failure.diagnostics.filter { $0.severity == .error }.map { error in
      let place = error.location
      let file = place.file.split(separator: "/").last ?? ""
      return "\(file):\(place.line ?? 0):\(place.column ?? 0): \(error.message)"
    }
  }

  @Test("the crossing with all columns is the one without")
  func complete() throws {
    let read = try GMNSFixture.read(Self.tables)
    #expect(read.warnings == [])
    let known = try GMNSFixture.read(GMNSFixture.crossing)
    #expect(read.scenario.network.links == known.scenario.network.links)
    #expect(read.scenario.network.controllers == known.scenario.network.controllers)
    #expect(read.scenario.network.crossings.count == 1)
    #expect(read.scenario.periods[0].demand.counts[0].pedestrians == [40])
  }

  @Test(
    "whatever stands in a field ends in a scenario or in errors with their lines", arguments: fields.indices)
  func anything(index: Int) throws {
    let field = Self.fields[index]
    for value in Self.texts {
      let what = "\(field.column) of \(value)"
      let (tables, place) = try Self.changed(field.table, field.column, last: field.ofCrosswalk, to: value)
      do {
        let scenario = try GMNSFixture.read(tables).scenario
        #expect(!value.hasSuffix("1e30"), "\(what)")
        for slice in scenario.periods[0].demand.counts {
          // Two hours.
          #expect(slice.vehicles.allSatisfy { (0...200_000).contains($0 ?? 0) }, "\(what)")
          #expect(slice.pedestrians.allSatisfy { (0...200_000).contains($0) }, "\(what)")
        }
        for program in scenario.periods[0].existingPlan.programs.compactMap({ $0 }) {
          #expect(program.cycle >= 1, "\(what)")
        }
        _ = GMNSWriter.write(scenario)
      } catch let failure as InputFailure {
        let errors = failure.diagnostics.filter { $0.severity == .error }
        #expect(!errors.isEmpty && errors.allSatisfy { $0.location.line != nil }, "\(what)")
        guard value.hasSuffix("1e30") else { continue }
        let texts = Self.errors(failure)
        #expect(
          texts.contains { $0.hasPrefix(place) && $0.contains("'\(field.column)'") && $0.hasSuffix(value) },
          "\(what): \(texts)")
      }
    }
  }

  /// What is said of a number in the first row of a table.
  static let known: [(table: String, column: String, value: String, message: String)] = [
    ("node", "x_coord", "1e200", "'x_coord' must be in -100000000 … 100000000, not 1e200"),
    ("link", "length", "63", "'length' must be in 0 … 62 mile, not 63"),
    ("link", "free_speed", "224", "'free_speed' must be 0 or in 0.1 … 223 mph, not 224"),
    ("link", "lanes", "21", "'lanes' must be a whole number in 0 … 20, not 21"),
    ("link", "lanes", "1.5", "'lanes' must be a whole number in 0 … 20, not 1.5"),
    ("segment", "start_lr", "400000", "'start_lr' must be in 0 … 328083 foot, not 400000"),
    (
      "movement", "start_ib_lane", "999999999",
      "'start_ib_lane' must be a whole number in -20 … 20, not 999999999"
    ),
    ("movement", "volume", "1e9", "'volume' must be in 0 … 100000 veh/h, not 1e9"),
    ("movement", "volume", "-1", "'volume' must be in 0 … 100000 veh/h, not -1"),
    ("movement_tod", "volume", "100001", "'volume' must be in 0 … 100000 veh/h, not 100001"),
    ("link_tod", "volume", "1e6", "'volume' must be in 0 … 100000 pedestrians/h, not 1e6"),
    ("signal_timing_plan", "cycle_length", "601", "'cycle_length' must be 0 or in 1 … 600 s, not 601"),
    ("signal_timing_phase", "min_green", "1e30", "'min_green' must be in 0 … 3600 s, not 1e30"),
    (
      "signal_timing_phase", "signal_phase_num", "1e30",
      "'signal_phase_num' must be a whole number in 0 … 9999, not 1e30"
    ),
    ("signal_coordination", "offset", "-1e30", "'offset' must be in -10000000 … 10000000 s, not -1e30"),
  ]

  @Test("each number has its range", arguments: known.indices)
  func ranges(index: Int) throws {
    let known = Self.known[index]
    let (tables, place) = try Self.changed(known.table, known.column, to: known.value)
    let failure = #expect(throws: InputFailure.self) { try GMNSFixture.read(tables) }
    #expect(failure.map(Self.errors) == [place + known.message])
  }

  @Test("a volume of nothing, nan or an empty field is none; the largest ones are read")
  func volumes() throws {
    for (value, volume) in [("", nil), ("nan", nil), ("0", 0.0), ("1e-300", 2e-300), ("100000", 200_000)] {
      let tables = try Self.changed("movement_tod", "volume", to: value).tables
      let scenario = try GMNSFixture.read(tables).scenario
      let left = try #require(
        scenario.network.movements.indices.first {
          scenario.network.name(of: MovementID($0)) == "ec → cs"
        })
      // Without a volume by time of day, those of the movements hold: 80 veh/h in two hours.
      #expect(scenario.periods[0].demand.counts[0].vehicles[left] == volume ?? 160, "\(value)")
    }
  }

  @Test("lines along roads lie on the earth")
  func geometry() throws {
    func failure(_ geometry: String) throws -> [String] {
      var tables = GMNSFixture.crossing
      tables["link"] = """
        link_id,from_node_id,to_node_id,directed,length,free_speed,lanes,geometry
        nc,N,C,1,0.25,30,1,"\(geometry)"

        """
      return try GMNSFixture.failure(tables).filter { $0.hasPrefix("link.csv") }
    }
    for number in ["1e200", "nan", "-inf"] {
      #expect(
        try failure("LINESTRING (1000 1300, 1000 \(number))") == [
          "link.csv:2:20: a coordinate of 'geometry' must be in -100000000 … 100000000, not \(number)"
        ])
    }
    #expect(try failure("LINESTRING (1000 1300, 1000 1000)") == [])
  }

  @Test("what is too short to be something is told")
  func tooShort() throws {
    func warnings(_ table: String, _ column: String, _ value: String) throws -> [String] {
      try GMNSFixture.read(Self.changed(table, column, to: value).tables).warnings.map(\.message)
    }
    #expect(try warnings("link", "length", "1e-300") == ["link 'nc' has no length, 300 m are taken"])
    #expect(
      try warnings("segment", "start_lr", "1320").contains(
        "segment '1' has no length, its lanes are left out"))
    var tables = GMNSFixture.crossing
    tables["signal_timing_plan"] = "timing_plan_id,controller_id,cycle_length\nam,C,\n"
    tables["signal_timing_phase"] = """
      timing_phase_id,timing_plan_id,signal_phase_num,min_green,max_green,clearance,ring,barrier,position
      p1,am,1,1e-300,1e-300,0,1,1,1

      """
    tables["signal_phase_mvmt"] = "timing_phase_id,mvmt_id\np1,1\n"
    tables["signal_coordination"] = nil
    #expect(
      try GMNSFixture.failure(tables).contains {
        $0.hasPrefix("signal_timing_plan.csv:2:") && $0.contains("last 1e-300 s, less than 1 s")
      })
  }

  @Test("times of a simulation's clock are written as times of day")
  func clock() {
    let times: [(begin: Double, end: Double, text: String)] = [
      (25_200, 32_400, "0700_0900"), (0.4, 3599.6, "0000_0100"), (86_400, 356_400, "2400_9900"),
      (359_999.7, 400_000, "0400_150640"), (-1, 3600, "235959_0100"), (1e9, 1e9 + 3600, "014640_024640"),
    ]
    for time in times {
      let text = GMNSTime(of: time.begin..<time.end).text
      #expect(text == "11111111_" + time.text, "\(time)")
      #expect(GMNSTime(text) != nil, "\(text)")
    }
  }
}
