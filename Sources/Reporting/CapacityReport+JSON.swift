internal import CapacityWorksheets
internal import HighwayCapacity
internal import TrafficModel

/// Documentation/HighwayCapacity.md has the keys.
extension CapacityReport: SummarizedReport {
  func summary(_ seconds: [String: Double]) -> JSONObject {
    var equations = JSONObject()
    for figure in CapacityFigure<LaneGroupWorksheet>.all where !figure.equation.isEmpty {
      equations[figure.key] = figure.equation
    }
    for (key, equation) in Self.otherEquations { equations[key] = equation }
    return [
      "scenario": scenario, "period": period, "method": "HCM 7", "equations": equations, "seconds": seconds,
      "plans": sides.map { side -> JSONObject in
        [
          "name": side.name, "delay": side.study.delay,
          "levels": side.study.levels.map { level -> JSONObject in
            ["level": level.level.rawValue, "junctions": level.junctions, "flow": level.flow]
          }, "junctions": worksheets(side).map(json),
        ]
      },
    ]
  }

  private static let otherEquations = [
    ("approachDelay", "19-28"), ("junctionDelay", "19-29"), ("criticalSaturation", "19-30"),
    ("levelOfService", "exhibit 19-8"), ("pedestrianDelay", "19-54"), ("pedestrianScore", "19-55"),
    ("bicycleDelay", "19-107"), ("bicycleScore", "19-108"),
  ]

  private func json(_ worksheet: JunctionWorksheet) -> JSONObject {
    [
      "name": worksheet.name, "cycle": worksheet.cycle, "isActuated": worksheet.isActuated,
      "flow": worksheet.flow, "volume": worksheet.volume, "delay": worksheet.delay,
      "levelOfService": worksheet.levelOfService?.rawValue,
      "criticalSaturation": worksheet.criticalSaturation,
      "approaches": worksheet.approaches.map(json), "crossings": worksheet.crossings.map(json),
    ]
  }

  private func json(_ approach: ApproachWorksheet) -> JSONObject {
    let bicycles: JSONObject? = approach.bicycles.map {
      [
        "bicycles": $0.bicycles, "capacity": $0.capacity, "delay": $0.delay, "score": $0.score,
        "levelOfService": $0.levelOfService.rawValue,
      ]
    }
    return [
      "name": approach.name, "link": network[approach.link].name, "volume": approach.volume,
      "peakHourFactor": approach.peakHourFactor, "flow": approach.flow, "delay": approach.delay,
      "levelOfService": approach.levelOfService?.rawValue, "bicycles": bicycles,
      "laneGroups": approach.laneGroups.map(json),
    ]
  }

  private func json(_ group: LaneGroupWorksheet) -> JSONObject {
    var object: JSONObject = [
      "name": group.name, "notCovered": group.notCovered?.words(in: network),
      "levelOfService": group.service?.levelOfService.rawValue,
      "isSaturationFlowGiven": group.service?.factors.isGiven,
    ]
    for figure in CapacityFigure<LaneGroupWorksheet>.all { object[figure.key] = figure.value(group) }
    return object
  }

  private func json(_ crossing: CrossingWorksheet) -> JSONObject {
    [
      "name": network[crossing.crossing].name, "people": crossing.people,
      "notCovered": crossing.notCovered?.words(in: network), "delay": crossing.service?.delay,
      "score": crossing.service?.score, "levelOfService": crossing.service?.levelOfService.rawValue,
    ]
  }
}
