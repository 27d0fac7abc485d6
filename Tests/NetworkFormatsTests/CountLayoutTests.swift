import Foundation
import NetworkBuilding
import Testing
import TrafficModel

@testable import NetworkFormats

/// What surveys deliver, each in the layout of its maker; the tables are made up.
@Suite("Layouts of count sheets")
struct CountLayoutTests {
  private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures/counts").path

  struct Outcome {
    var lines: [String]
    var warnings: [String]
    var layout: String
  }

  /// What was counted, as `link → link begin-end vehicles` with minutes from midnight.
  private static func outcome(_ read: ReadCounts, _ network: Network) -> Outcome {
    Outcome(
      lines: read.counts.entries.map { entry in
        "\(network.name(of: entry.movement)) \(Int(entry.begin / 60))-\(Int(entry.end / 60)) \(entry.vehicles)"
      }, warnings: read.warnings.map(\.message), layout: read.layout)
  }

  private func read(_ text: String, file: String = "路口.csv") throws -> Outcome {
    let network = try CountsFileTests.network()
    return Self.outcome(try CountsFile.read(text: text, file: file, network: network), network)
  }

  private func errors(_ text: String, file: String = "counts.csv") throws -> [String] {
    let network = try CountsFileTests.network()
    let failure = #expect(throws: InputFailure.self) {
      try CountsFile.read(text: text, file: file, network: network)
    }
    return failure?.diagnostics.filter { $0.severity == .error }.map(\.message) ?? []
  }

  private static let (leftTurn, rightTurn, ahead) = (
    "路口.S → Hill, lower.E", "路口.S → 路口.E out", "路口.E → Hill, lower.E"
  )

  @Test("Miovision: turns below their approaches, classes and shares at the end")
  func miovision() throws {
    let found = try read(
      """
      Study Name,路口
      Start Date,2026-05-12
      Turning Movement Data
      ,Main St,,,,Side St,,,,
      Start Time,Westbound,,,,Northbound Approach,,,,
      ,Left,Thru,Peds,App. Total,Left,Right,U-Turn,App. Total,Int. Total
      7:00 AM,4,31,2,35,12,9,0,21,56
      7:15 AM,5,33,0,38,14,8,0,22,60
      *** BREAK ***,,,,,,,,,
      4:00 PM,6,35,1,41,13,11,0,24,65
      4:15 PM,3,30,0,33,15,10,0,25,58
      Grand Total,18,129,3,147,54,38,0,92,239
      Approach %,12.2,87.8,,,58.7,41.3,0,,
      Lights,18,120,,138,50,38,0,88,226
      % Lights,100,93,,,92.6,100,,,
      Bicycles on Road,0,1,,1,0,0,0,0,1

      """, file: "counts.csv")
    // The last interval before noon is as long as the others.
    #expect(
      found.lines.filter { $0.hasPrefix(Self.ahead) } == [
        "\(Self.ahead) 420-435 31.0", "\(Self.ahead) 435-450 33.0", "\(Self.ahead) 960-975 35.0",
        "\(Self.ahead) 975-990 30.0",
      ])
    #expect(
      found.lines.filter { $0.hasPrefix(Self.leftTurn) }.map { $0.suffix(4) } == [
        "12.0", "14.0", "13.0", "15.0",
      ])
    #expect(found.lines.filter { $0.hasPrefix(Self.rightTurn) }.count == 4)
    #expect(found.layout == "read as turns below their approaches (Miovision): 4 intervals")
    #expect(
      found.warnings == [
        "columns of people on foot and bicycles are not read: 'Peds'",
        "columns of sums of others are not read: 'App. Total', 'App. Total', 'Int. Total'",
        "6 rows that sum others up are not read: '*** BREAK ***', …",
      ])
  }

  @Test("Miovision: records of movements and classes, which are added up")
  func records() throws {
    let found = try read(
      """
      study_id,study_name,lat,lng,datetime_bin,classification,entry_dir_name,entry_name,exit_dir_name,exit_name,movement,volume
      7,路口,43.6,-79.4,2026-05-12 07:00:00+00,Lights,E,,W,,thru,12
      7,路口,43.6,-79.4,2026-05-12 07:00:00+00,Buses,E,,W,,thru,2
      7,路口,43.6,-79.4,2026-05-12 07:00:00+00,Pedestrians on Crosswalk,E,,,,cw,9
      7,路口,43.6,-79.4,2026-05-12 07:01:00+00,Lights,S,,W,,left,3

      """)
    #expect(found.lines == ["\(Self.ahead) 420-421 14.0", "\(Self.leftTurn) 421-422 3.0"])
    #expect(found.layout == "read as records of movements and classes (Miovision): 2 intervals")
    #expect(
      found.warnings.contains(
        "1 records of people on foot and bicycles are not read: 'Pedestrians on Crosswalk'"))
    #expect(
      found.warnings.contains("times that say their zone are read as they stand, as if they were local"))
  }

  @Test("Jamar: approaches by where traffic comes from, in a workbook, with times as serial numbers")
  func jamar() throws {
    let network = try CountsFileTests.network()
    let read = try CountsFile.read(Self.fixtures + "/jamar.xlsx", network: network)
    let found = Self.outcome(read, network)
    #expect(
      found.lines.filter { $0.hasPrefix(Self.ahead) } == [
        "\(Self.ahead) 420-435 31.0", "\(Self.ahead) 435-450 33.0", "\(Self.ahead) 450-465 35.0",
        "\(Self.ahead) 465-480 30.0",
      ])
    #expect(read.counts.entries.reduce(0) { $0 + $1.vehicles } == 433)
    #expect(
      found.layout
        == "sheet 'AM', read as turns below the approaches they come from (Jamar, PetraPro): 4 intervals")
    #expect(found.warnings.first == "of the workbook's sheets only 'AM' is read, not 'Cover', 'PM'")
    #expect(read.warnings[1].notes.first == "cell D5 of sheet 'AM'")
  }

  @Test("What Jamar's reports say of the peak hour repeats the counts, and is not read")
  func peakHour() throws {
    let found = try read(
      """
      File Name : a
      Start Date : 5/12/2026
      ,East Main St From East,,South Ave From South,
      Start Time,Thru,Left,Right,Left
      07:00 AM,31,4,9,12
      07:15 AM,33,5,8,14
      Peak Hour Analysis From 07:00 AM to 07:15 AM - Peak 1 of 1
      07:00 AM,31,4,9,12

      """)
    #expect(found.lines.count == 8)
    #expect(found.warnings == ["what stands from here on analyses the counts above and is not read"])
  }

  @Test(
    "Toronto's open data: columns for movements and classes, in the names of both its generations",
    arguments: [
      """
      _id,count_id,count_date,location_id,location,lng,lat,centreline_type,centreline_id,px,time_start,time_end,\
      sb_cars_r,wb_cars_t,wb_truck_t,wb_bus_t,nb_cars_l,nx_peds,wx_bike,wx_other
      1,9,2026-05-12,3,路口,-79.4,43.6,2,77,12,2026-05-12T07:00:00,2026-05-12T07:15:00,0,20,3,1,5,40,2,0
      """,
      """
      _id,count_id,count_date,location_name,longitude,latitude,centreline_type,centreline_id,px,start_time,end_time,\
      n_appr_cars_r,e_appr_cars_t,e_appr_truck_t,e_appr_bus_t,s_appr_cars_l,n_appr_peds,w_appr_bike
      1,9,2026-05-12,Front St / Side St,-79.4,43.6,2,77,路口,2026-05-12T07:00:00,2026-05-12T07:15:00,0,20,3,1,5,40,2
      """,
    ])
  func toronto(text: String) throws {
    let found = try read(text, file: "raw-data.csv")
    #expect(found.lines == ["\(Self.ahead) 420-435 24.0", "\(Self.leftTurn) 420-435 5.0"])
    #expect(found.layout == "read as columns for movements and classes (Toronto's open data): 1 interval")
    #expect(found.warnings.count == 2, "\(found.warnings)")
  }

  @Test(
    "Headings with spaces, words and codes; the junction from the file's name, or a line above",
    arguments: [
      "Time,WB Thru,NB Left\n7:00-7:15,31,12\n",
      "start time,Westbound Through,northbound left turn\n7:00 a.m. - 7:15 a.m.,31,12\n",
      "TIME,WBT,NBL\n0700-0715,31,12\n",
      "DATE,TIME,INTID,WBT,NBL\n5/12/2026,0700,路口,31,12\n5/12/2026,0715,路口,,\n",
      "Begin;End;West Bound TH;From South LT\n2026-05-12T07:00:00.000;2026-05-12T07:15;31,0;12\n",
      "Survey of Main St, at the mill\nIntersection: 路口\n\nTime;WB Thru;NB Left;Weather\n7:00 AM - 7:15 AM;31;12;\"sun; dry\"\n",
      "Approach,Movement,Time,Count\nWestbound,Thru,12.05.2026 07:00-07:15,31\nSouth,Left,12.05.2026 07:00-07:15,12\n",
    ])
  func headings(text: String) throws {
    let found = try read(text)
    #expect(found.lines == ["\(Self.ahead) 420-435 31.0", "\(Self.leftTurn) 420-435 12.0"])
  }

  @Test("Decimal commas, and points between thousands, where something else parts fields")
  func decimalCommas() throws {
    let found = try read("Time;WBT;NBL\n7:00-8:00;1.031,5;12,25\n")
    #expect(found.lines.map { $0.suffix(6) } == ["1031.5", " 12.25"])
    let tabs = try read("Time\tWBT\tNBL\n7:00-8:00\t1,031\t12.25\n")
    #expect(tabs.lines.map { $0.suffix(6) } == ["1031.0", " 12.25"])
  }

  @Test("Numbers are seconds where they can be, and hours and minutes where they cannot")
  func plainTimes() throws {
    #expect(
      try read("time,WBT\n0,1\n900,2\n1800,3\n").lines.map { $0.split(separator: " ")[4] } == [
        "0-15", "15-30", "30-45",
      ])
    #expect(
      try read("time,WBT\n1630,1\n1645,2\n1700,3\n").lines.map { $0.split(separator: " ")[4] } == [
        "990-1005", "1005-1020", "1020-1035",
      ])
    #expect(
      try read("time,WBT\n0730,1\n0800,2\n").lines.map { $0.split(separator: " ")[4] } == [
        "450-480", "480-510",
      ])
  }

  @Test("Numbers are hours and minutes in sheets of Synchro's kind, whatever else they could be")
  func clocks() {
    let times = ["1200", "1500", "1800"]
    #expect(SurveyTime(times).reading("1500")?.begin == 1500)
    #expect(SurveyTime(times, areClocks: true).reading("1500")?.begin == 54_000)
    #expect(SurveyTime(["1200", "1570"], areClocks: true).reading("1200")?.begin == 1200)
  }

  @Test("What does not agree is an error")
  func contradictions() throws {
    #expect(try errors("time,WBT\n7:00-7:15,3\n") == ["which junction was counted is not told"])
    #expect(try errors("Location: Hill\n\ntime,WBT\n7:00-7:15,3\n") == ["unknown junction 'Hill'"])
    #expect(
      try errors("time,WB Thru,WB Cars Thru\n7:00-7:15,3,3\n", file: "路口.csv") == [
        "the column 'WB Cars Thru' counts vehicles that another column of the movement counts, too"
      ])
    #expect(
      try errors("time,WBT\n12:30,3\n12:45,3\n1:00,4\n", file: "路口.csv") == [
        "the time is '1:00' after 12 o'clock: which half of the day is meant is not told"
      ])
    #expect(
      try errors("time,WBT\n2026-05-12T07:00,3\n2026-05-13T07:15,3\n", file: "路口.csv").first
        == "the date is '2026-05-13' here and '2026-05-12' in line 2")
  }

  @Test("SUMO's turn counts, and its counts of links, which part as the demand does")
  func sumo() throws {
    let network = try CountsFileTests.network()
    let text = """
      <data>
        <interval id="a" begin="25200" end="07:15:00">
          <edgeRelation from="路口.E" to="Hill, lower.E" count="31"/>
          <edge id="路口.S" entered="99" left="20"/>
          <edge id="Hill, lower.S out" entered="7"/>
          <tazRelation from="1" to="2" count="3"/>
        </interval>
      </data>
      """
    let shares = network.movements.map { movement in
      network[movement.from].name == "路口.S" ? (movement.turn == .left ? 0.3 : 0.1) : 0
    }
    try SUMOFixture.withFile(text, name: "turns.xml") { path in
      let found = Self.outcome(try CountsFile.read(path, network: network, shares: shares), network)
      #expect(
        Set(found.lines) == [
          "\(Self.ahead) 420-435 31.0", "\(Self.leftTurn) 420-435 15.0", "\(Self.rightTurn) 420-435 5.0",
        ])
      #expect(
        found.layout == "read as SUMO's counts of turns (edgeRelation) and links (edgeData): 1 interval")
      #expect(found.warnings == ["<tazRelation> is not read: it counts no vehicles of turns or links"])
      let failure = #expect(throws: InputFailure.self) { try CountsFile.read(path, network: network) }
      #expect(
        failure?.diagnostics.first { $0.severity == .error }?.message
          == "how the vehicles of link '路口.S' part is not known: it has 2 turns")
    }
  }

  @Test("Mistakes in SUMO's files are told with their lines, all at once")
  func damagedSUMO() throws {
    let network = try CountsFileTests.network()
    let text = """
      <edgeRelations>
        <interval begin="600" end="0">
          <edgeRelation from="路口.X" to="Hill, lower.E" count="31"/>
          <edgeRelation from="路口.E" to="Hill, lower.E" count="1e30"/>
          <edgeRelation from="路口.E" to="Hill, lower.E" probability="0.4"/>
        </interval>
      </edgeRelations>
      """
    try SUMOFixture.withFile(text, name: "turns.xml") { path in
      let failure = #expect(throws: InputFailure.self) { try CountsFile.read(path, network: network) }
      #expect(
        failure?.diagnostics.map { "\($0.location.line ?? 0) \($0.message)" } == [
          "2 the interval ends at 0, before it begins", "3 unknown link '路口.X'",
          "4 'count' must be in 0 … 100000, not '1e30'",
          "5 <edgeRelation> has no attribute 'count': 'probability' is a share, of how many is not told",
        ])
    }
  }

  @Test("A converted sheet reads back the same, whatever it was")
  func converted() throws {
    let network = try CountsFileTests.network()
    let path = Self.fixtures + "/jamar.xlsx"
    let text = try #require(try CountsFile.sheet(path).csv)
    #expect(
      text.hasPrefix("date,junction,approach,turn,begin,end,vehicles\n2026-05-12,路口,E,T,07:00,07:15,31\n"))
    let read = try CountsFile.read(text: text, file: "counts.csv", network: network)
    #expect(read.warnings.isEmpty)
    #expect(read.counts.entries == (try CountsFile.read(path, network: network)).counts.entries)
    let turns =
      "<data><interval begin='0' end='900.5'><edgeRelation from='路口.E' to='Hill, lower.E' count='3'/></interval></data>"
    try SUMOFixture.withFile(turns, name: "turns.xml") { path in
      let text = try CountsFile.sheet(path).csv
      #expect(text == "from,to,begin,end,vehicles\n路口.E,\"Hill, lower.E\",0,900.5,3\n")
      let read = try CountsFile.read(text: text ?? "", file: "turns.csv", network: network)
      #expect(read.counts.entries.map(\.vehicles) == [3])
    }
  }
}

extension CountLayoutTests {
  private static let damaged = [
    "Study Name,路口\n,Main St,,,Side St,,\nStart Time,Westbound,,,Northbound,,\n,Left,Thru,App. Total,Left,Right,Int. Total\n7:00 AM,4,31,35,12,9,56\n7:15 AM,5,33,38,14,8,60\nTotal,9,64,73,26,17,116\n",
    "count_date;location;px;time_start;time_end;wb_cars_t;wb_truck_t;nb_cars_l;nx_peds\n2026-05-12;路口;3;2026-05-12T07:00:00;2026-05-12T07:15:00;20,5;3;5;40\n",
    "DATE\tTIME\tINTID\tWBT\tNBL\n5/12/2026\t0700\t路口\t31\t12\n5/12/2026\t0715\t路口\t\t3\n",
    "study_name,datetime_bin,classification,entry_dir_name,movement,volume\n路口,2026-05-12 07:00:00+00,Lights,E,thru,12\n路口,2026-05-12 07:15:00+00,Buses,E,thru,2\n",
  ]

  @Test(
    "Whatever stands in a field, or is missing, ends in counts or in errors with their places",
    arguments: damaged)
  func damage(text: String) throws {
    let network = try CountsFileTests.network()
    let lines = text.split(separator: "\n").map(String.init)
    var texts = text.indices.map { String(text[..<$0]) }
    texts += lines.indices.map { (lines[..<$0] + lines[($0 + 1)...]).joined(separator: "\n") }
    for (row, line) in lines.enumerated() {
      let fields = line.split(omittingEmptySubsequences: false) { ",;\t".contains($0) }
      for field in fields.indices {
        for value in ["", "-1", "1e30", "nan", "99999999999999999999", "没有", "Total", "25:61", "\"", "NB"] {
          var changed = fields.map(String.init)
          changed[field] = value
          var all = lines
          all[row] = changed.joined(separator: line.contains("\t") ? "\t" : line.contains(";") ? ";" : ",")
          texts.append(all.joined(separator: "\n"))
        }
      }
    }
    for text in texts {
      do throws(InputFailure) {
        let read = try CountsFile.read(text: text, file: "路口.csv", network: network)
        for entry in read.counts.entries {
          #expect(entry.vehicles >= 0 && entry.vehicles < 1e6 && entry.begin < entry.end, "\(text)")
        }
      } catch {
        #expect(error.diagnostics.contains { $0.severity == .error && !$0.message.isEmpty }, "\(text)")
      }
    }
  }
}
