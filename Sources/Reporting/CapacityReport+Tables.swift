internal import CapacityWorksheets
internal import HighwayCapacity
internal import TrafficModel

extension CapacityReport {
  /// A table for spreadsheets: its name, and rows of which the first has the columns' names.
  public typealias Rows = (name: String, rows: [[String]])

  /// Lane groups, approaches, junctions and crossings of all plans.
  public var tables: [Rows] {
    [
      ("lane-groups", laneGroupRows), ("approaches", approachRows), ("junctions", junctionRows),
      ("crossings", crossingRows),
    ]
  }

  private var sheets: [(plan: String, worksheet: JunctionWorksheet)] {
    sides.flatMap { side in worksheets(side).map { (side.name, $0) } }
  }

  private var laneGroupRows: [[String]] {
    let figures = CapacityFigure<LaneGroupWorksheet>.all
    let columns =
      ["plan", "junction", "laneGroup", "link"] + figures.map(\.key) + ["levelOfService", "notCovered"]
    return [columns]
      + sheets.flatMap { plan, worksheet in
        worksheet.laneGroups.map { group in
          [plan, worksheet.name, group.name, network[group.link].name] + figures.map { $0.plain(group) }
            + [
              group.service?.levelOfService.rawValue ?? "", group.notCovered?.words(in: network) ?? "",
            ]
        }
      }
  }

  private var approachRows: [[String]] {
    [["plan", "junction", "approach", "link", "volume", "peakHourFactor", "flow", "delay", "levelOfService"]]
      + sheets.flatMap { plan, worksheet in
        worksheet.approaches.map { approach in
          [
            plan, worksheet.name, approach.name, network[approach.link].name, Self.plain(approach.volume, 0),
            Self.plain(approach.peakHourFactor, 3), Self.plain(approach.flow, 0),
            Self.plain(approach.delay, 1),
            approach.levelOfService?.rawValue ?? "",
          ]
        }
      }
  }

  private var junctionRows: [[String]] {
    [["plan", "junction", "cycle", "volume", "flow", "criticalSaturation", "delay", "levelOfService"]]
      + sheets.map { plan, worksheet in
        [
          plan, worksheet.name, Self.plain(worksheet.cycle, 1), Self.plain(worksheet.volume, 0),
          Self.plain(worksheet.flow, 0), Self.plain(worksheet.criticalSaturation, 3),
          Self.plain(worksheet.delay, 1), worksheet.levelOfService?.rawValue ?? "",
        ]
      }
  }

  private var crossingRows: [[String]] {
    [["plan", "junction", "crossing", "people", "delay", "score", "levelOfService", "notCovered"]]
      + sheets.flatMap { plan, worksheet in
        worksheet.crossings.map { crossing in
          [
            plan, worksheet.name, network[crossing.crossing].name, Self.plain(crossing.people, 0),
            Self.plain(crossing.service?.delay, 1), Self.plain(crossing.service?.score, 2),
            crossing.service?.levelOfService.rawValue ?? "", crossing.notCovered?.words(in: network) ?? "",
          ]
        }
      }
  }

  private static func plain(_ value: Double?, _ decimals: Int) -> String {
    guard let value, value.isFinite else { return "" }
    return NumberText.fixed(value, decimals: decimals).filter { $0 != "," }
  }
}
