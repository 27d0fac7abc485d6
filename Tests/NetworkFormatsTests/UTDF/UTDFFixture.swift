import NetworkFormats
import Testing
import TrafficModel

/// A crossroads as Synchro exports one, made up: 10 eastwards and westwards over a main street, 20 … 50 outside.
enum UTDFFixture {
  /// - Parameters:
  ///   - reference: the record Referenced To.
  ///   - offset: s.
  ///   - starts: whether Start and End are given; the plan begins at 12 s by them.
  static func text(reference: Int = 3, offset: Double = 24, starts: Bool = true) -> String {
    let times =
      starts
      ? """
      Start,10,12,24,57,69,12,27,57,69
      End,10,24,57,69,12,27,57,69,12

      """ : ""
    return """
      [Network]
      Network Settings
      RECORDNAME,DATA
      UTDFVERSION,8
      Metric,0
      PHF,0.92
      PedSpeed,3.5
      ScenarioTime,4:30 pm

      [Nodes]
      Node Data
      INTID,TYPE,X,Y,Z,DESCRIPTION
      10,0,0,0,0,
      20,1,0,1000,0,
      30,1,1000,0,0,
      40,1,0,-1000,0,
      50,1,-1000,0,0,

      [Links]
      Link Data
      RECORDNAME,INTID,NB,SB,EB,WB
      Up ID,10,40,20,50,30
      Name,10,Side St,Side St,"Main St, north side",Main St
      Distance,10,1000,1000,1000,1000
      Speed,10,30,30,45,45
      Up ID,20,10,,,
      Lanes,20,1,,,
      Distance,20,1000,,,
      Speed,20,30,,,
      Up ID,30,,,10,
      Lanes,30,,,2,
      Distance,30,,,1000,
      Speed,30,,,45,
      Up ID,40,,10,,
      Lanes,40,,1,,
      Distance,40,,1000,,
      Speed,40,,30,,
      Up ID,50,,,,10
      Lanes,50,,,,2
      Distance,50,,,,1000
      Speed,50,,,,45

      [Lanes]
      Lane Group Data
      RECORDNAME,INTID,NBL,NBT,NBR,SBL,SBT,SBR,EBL,EBT,EBR,WBL,WBT,WBR,PED,HOLD
      Up Node,10,40,40,40,20,20,20,50,50,50,30,30,30,,
      Dest Node,10,50,20,30,30,40,50,20,30,40,40,50,20,,
      Lanes,10,1,1,0,1,1,0,1,2,0,1,2,0,,
      Shared,10,0,2,,0,2,,0,2,,0,2,,,
      Storage,10,150,,,150,,,200,,,200,,,,
      StLanes,10,1,,,1,,,1,,,1,,,,
      Phase1,10,3,8,,7,4,,5,2,,1,6,,,
      PermPhase1,10,8,,,4,,,,,,,,,,
      Lost Time Adjust,10,-0.5,0,0,0,0,0,0,0,0,0,0,0,,
      SatFlow,10,1770,1800,0,1770,1800,0,1770,*3500,0,1770,3500,0,,
      Volume,10,60,140,20,40,150,30,90,"1,200",80,70,900,60,,
      Peds,10,,,15,,,15,,,,,,,,
      PHF,10,0.92,0.92,0.92,0.92,0.92,0.92,0.92,0.92,0.92,0.92,0.92,0.92,,
      Colour Of Signs,10,green,,,,,,,,,,,,,

      [Timeplans]
      Timing Plan Settings
      RECORDNAME,INTID,DATA
      Control Type,10,3
      Cycle Length,10,90.0
      Referenced To,10,\(reference)
      Reference Phase,10,206
      Offset,10,\(offset)
      Node 0,10,10
      Node 1,10,0

      [Phases]
      Phasing Data
      RECORDNAME,INTID,D1,D2,D3,D4,D5,D6,D7,D8
      BRP,10,111,112,211,212,121,122,221,222
      MinGreen,10,5,10,5,7,5,10,5,7
      MaxGreen,10,8,28,8,28,11,25,8,28
      VehExt,10,3,3,3,3,3,3,3,3
      Yellow,10,3,4,3,4,3,4,3,4
      AllRed,10,1,1,1,1,1,1,1,1
      Walk,10,,7,,7,,7,,7
      DontWalk,10,,12,,15,,12,,15
      \(times)
      """
  }

  /// The same crossroads in files of the older set, by name.
  static let olderFiles: [String: String] = {
    let combined = text().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    func section(_ name: String, but removed: [String]) -> String {
      let begin = (combined.firstIndex(of: "[\(name)]") ?? 0) + 1
      let rows = combined[begin...].prefix { !$0.isEmpty }
      return rows.filter { row in !removed.contains { row.hasPrefix($0) } }.joined(separator: "\n")
    }
    let lanes = section("Lanes", but: ["Volume"])
    return [
      "LAYOUT.CSV": """
      Layout Data
      INTID,INTNAME,TYPE,X,Y,NID,SID,EID,WID,NNAME,SNAME,ENAME,WNAME
      10,,0,0,0,20,40,30,50,Side St,Side St,Main St,"Main St, north side"
      20,,1,0,1000,,10,,,,,,
      30,,1,1000,0,,,,10,,,,
      40,,1,0,-1000,10,,,,,,,
      50,,1,-1000,0,,,10,,,,,
      """,
      "Lanes.csv": lanes + "\nDistance,10,,1000,,,1000,,,1000,,,1000,\nSpeed,10,,30,,,30,,,45,,,45,\n",
      "Phasing.csv": section("Phases", but: ["MaxGreen", "Start", "End"]),
      "Timing.csv": """
      Timing Plans
      PLANID,INTID,S1,S2,S3,S4,S5,S6,S7,S8,CL,OFF,LD,REF,CLR
      DEFAULT,10,12,33,12,33,15,30,12,33,90,24,,206,
      """,
      "Volume.csv": """
      15 Minute Counts
      DATE,TIME,INTID,NBL,NBT,NBR,SBL,SBT,SBR,EBL,EBT,EBR,WBL,WBT,WBR
      3/1/2006,700,10,15,35,5,10,37,7,22,300,20,17,225,15
      3/1/2006,715,10,15,35,5,10,38,8,23,300,20,18,225,15
      """,
    ]
  }()

  static func read(_ text: String) throws -> ReadScenario {
    try UTDFReader.read(text: text, file: "town.csv")
  }

  /// Greens of a group: second of begin and length.
  static func greens(_ scenario: Scenario, _ group: String) -> [[Double]] {
    let controller = scenario.network.controllers[0]
    guard let index = controller.groups.firstIndex(where: { $0.name == group }),
      let program = scenario.periods[0].existingPlan.programs[0]
    else { return [] }
    return program.runs(ofGroup: index, where: \.isGreen).map { run in
      let before = program.intervals[..<run.first].reduce(0) { $0 + $1.duration }
      let begin = (program.offset + before).truncatingRemainder(dividingBy: program.cycle)
      return [(begin * 100).rounded() / 100, (program.duration(of: run) * 100).rounded() / 100]
    }
  }
}
