import Foundation
import NetworkFormats
import TrafficModel

/// Folders of GMNS tables for tests.
enum GMNSFixture {
  /// Runs `body` with the path of a folder that holds `files` and exists only for so long.
  static func withFolder<Result>(
    _ files: [(name: String, data: Data)], _ body: (String) throws -> Result
  ) throws -> Result {
    try SUMOFixture.withFolder { folder in
      for file in files { try file.data.write(to: URL(fileURLWithPath: "\(folder)/\(file.name)")) }
      return try body(folder)
    }
  }

  /// What the reader makes of tables given as text.
  static func read(_ tables: [String: String]) throws -> ReadScenario {
    try withFolder(tables.sorted { $0.key < $1.key }.map { ("\($0.key).csv", Data($0.value.utf8)) }) {
      try GMNSReader.read($0)
    }
  }

  /// What the reader makes of what the writer wrote.
  static func readBack(_ written: WrittenScenario) throws -> ReadScenario {
    try withFolder(written.files.map { ($0.name, Data($0.text.utf8)) }) { try GMNSReader.read($0) }
  }

  /// The diagnostics that reading ends with, without the folder's path.
  static func failure(_ tables: [String: String]) throws -> [String] {
    do {
      _ = try read(tables)
      return []
    } catch let failure as InputFailure {
      return failure.diagnostics.map { diagnostic in
        let file = diagnostic.location.file.split(separator: "/").last.map(String.init) ?? ""
        var place = file
        if let line = diagnostic.location.line { place += ":\(line)" }
        if let column = diagnostic.location.column { place += ":\(column)" }
        return ([place + ": " + diagnostic.message] + diagnostic.notes).joined(separator: "; ")
      }
    }
  }

  /// A crossing of two streets with one lane each way, in feet and miles per hour: a controller with two rings.
  static let crossing: [String: String] = [
    "config": "dataset_name,short_length,long_length,speed,crs\nCrossing,foot,mile,mph,32650\n",
    "node": """
    node_id,x_coord,y_coord,ctrl_type
    C,1000,1000,signal
    N,1000,1300,
    E,1300,1000,
    S,1000,700,
    W,700,1000,

    """,
    "link": """
    link_id,name,from_node_id,to_node_id,directed,length,free_speed,lanes,capacity
    nc,North Street,N,C,1,0.25,30,1,1800
    cn,North Street,C,N,1,0.25,30,1,1800
    ec,"Main Street, east",E,C,1,0.25,30,2,1800
    ce,Main Street,C,E,1,0.25,30,2,1800
    sc,South Street,S,C,1,0.25,30,1,1800
    cs,South Street,C,S,1,0.25,30,1,1800
    wc,Main Street,W,C,1,0.25,30,2,1800
    cw,Main Street,C,W,1,0.25,30,2,1800

    """,
    "segment": """
    segment_id,link_id,ref_node_id,start_lr,end_lr,l_lanes_added,r_lanes_added
    1,ec,E,1120,1320,1,0
    2,wc,W,1120,1320,1,0

    """,
    "movement": """
    mvmt_id,node_id,ib_link_id,start_ib_lane,end_ib_lane,ob_link_id,start_ob_lane,end_ob_lane,type,mvmt_code,volume
    1,C,ec,-1,,cs,1,,left,WBL,80
    2,C,ec,1,2,cw,1,2,thru,WBT,600
    3,C,ec,2,,cn,1,,right,WBR,50
    4,C,wc,-1,,cn,1,,left,EBL,90
    5,C,wc,1,2,ce,1,2,thru,EBT,"1,200"
    6,C,wc,2,,cs,1,,right,EBR,60
    7,C,nc,1,,ce,1,,left,SBL,40
    8,C,nc,1,,cs,1,,thru,SBT,200
    9,C,nc,1,,cw,2,,right,SBR,70
    10,C,sc,1,,cw,1,,left,NBL,50
    11,C,sc,1,,cn,1,,thru,NBT,210
    12,C,sc,1,,ce,2,,right,NBR,30

    """,
    "signal_controller": "controller_id\nC\n",
    "signal_timing_plan": "timing_plan_id,controller_id,time_day,cycle_length\nam,C,01111100_0700_0900,90\n",
    // Main lefts 1 and 5 lead, their throughs follow; both sides of the other street go together.
    "signal_timing_phase": """
    timing_phase_id,timing_plan_id,signal_phase_num,min_green,max_green,clearance,ring,barrier,position
    p1,am,1,10,10,5,1,1,1
    p2,am,2,35,35,5,1,1,2
    p5,am,5,15,15,5,2,1,1
    p6,am,6,30,30,5,2,1,2
    p4,am,4,30,30,5,1,2,1
    p8,am,8,30,30,5,2,2,1

    """,
    "signal_phase_mvmt": """
    signal_phase_mvmt_id,timing_phase_id,mvmt_id,link_id,protection
    1,p1,1,,protected
    2,p6,2,,protected
    3,p6,3,,protected
    4,p5,4,,protected
    5,p2,5,,protected
    6,p2,6,,protected
    7,p4,7,,permitted
    8,p4,8,,protected
    9,p4,9,,protected
    10,p8,10,,permitted
    11,p8,11,,protected
    12,p8,12,,protected

    """,
    "signal_coordination": """
    coordination_id,timing_plan_id,controller_id,coord_contr_id,coord_phase,coord_ref_to,offset
    1,am,C,C,2,begin_of_green,20

    """,
  ]
}
