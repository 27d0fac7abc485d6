import Foundation
import NetworkFormats

/// Files of CityFlow for tests.
enum CityFlowFixture {
  /// A crossing of two streets with two lanes in: the inner one for left turns, the outer one for all else. Roads are 300 m
  /// long from centre to centre, the crossing is 20 m wide to each side.
  static let roadnet: String = {
    // Outward directions, counterclockwise from east.
    let legs = [("E", 1, 0), ("N", 0, 1), ("W", -1, 0), ("S", 0, -1)]
    var intersections = [
      """
      {"id": "C", "point": {"x": 0, "y": 0}, "width": 20, "virtual": false,
       "roads": ["E in", "N in", "W in", "S in", "E out", "N out", "W out", "S out"],
       "roadLinks": [\(roadLinks)],
       "trafficLight": {"lightphases": [
         {"time": 5, "availableRoadLinks": [2, 5, 8, 11]},
         {"time": 30, "availableRoadLinks": [1, 2, 5, 7, 8, 11]},
         {"time": 5, "availableRoadLinks": [2, 5, 8, 11]},
         {"time": 10, "availableRoadLinks": [0, 2, 5, 6, 8, 11]},
         {"time": 5, "availableRoadLinks": [2, 5, 8, 11]},
         {"time": 20, "availableRoadLinks": [2, 3, 4, 5, 8, 9, 10, 11]}]}}
      """
    ]
    var roads: [String] = []
    for (name, x, y) in legs {
      let (x, y) = (300 * x, 300 * y)
      intersections.append(
        "{\"id\": \"\(name)\", \"point\": {\"x\": \(x), \"y\": \(y)}, \"width\": 10, \"virtual\": true, \"roads\": [], \"roadLinks\": []}"
      )
      let far = "{\"x\": \(x), \"y\": \(y)}"
      let near = "{\"x\": 0, \"y\": 0}"
      roads.append(
        "{\"id\": \"\(name) in\", \"points\": [\(far), \(near)], \"lanes\": [{\"width\": 3, \"maxSpeed\": 10}, {\"width\": 3, \"maxSpeed\": 12}], \"startIntersection\": \"\(name)\", \"endIntersection\": \"C\"}"
      )
      roads.append(
        "{\"id\": \"\(name) out\", \"points\": [\(near), \(far)], \"lanes\": [{\"width\": 3, \"maxSpeed\": 12}], \"startIntersection\": \"C\", \"endIntersection\": \"\(name)\"}"
      )
    }
    return
      "{\"intersections\": [\(intersections.joined(separator: ",\n"))],\n\"roads\": [\(roads.joined(separator: ",\n"))]}\n"
  }()

  /// From each leg left, straight on and right, in the order of the legs.
  private static var roadLinks: String {
    let names = ["E", "N", "W", "S"]
    var links: [String] = []
    for leg in 0..<4 {
      for (type, exit, lane) in [("turn_left", 3, 0), ("go_straight", 2, 1), ("turn_right", 1, 1)] {
        links.append(
          "{\"type\": \"\(type)\", \"startRoad\": \"\(names[leg]) in\", \"endRoad\": \"\(names[(leg + exit) % 4]) out\", \"direction\": 0, \"laneLinks\": [{\"startLaneIndex\": \(lane), \"endLaneIndex\": 0, \"points\": [{\"x\": 0, \"y\": 0}, {\"x\": 30, \"y\": 40}]}]}"
        )
      }
    }
    return links.joined(separator: ",\n")
  }

  static let flow = """
    [{"vehicle": {"length": 5, "width": 2, "maxPosAcc": 2, "maxNegAcc": 4.5, "usualPosAcc": 2, "usualNegAcc": 4.5,
      "minGap": 2.5, "maxSpeed": 11, "headwayTime": 1.5}, "route": ["E in", "W out"], "interval": 5.0, "startTime": 0,
      "endTime": 590},
     {"vehicle": {"length": 5, "width": 2, "maxPosAcc": 2, "maxNegAcc": 4.5, "usualPosAcc": 2, "usualNegAcc": 4.5,
      "minGap": 2.5, "maxSpeed": 11, "headwayTime": 1.5}, "route": ["S in", "E out"], "interval": 1.0, "startTime": 7,
      "endTime": 7}]

    """

  static func read(roadnet: String = roadnet, flow: String = flow) throws -> ReadScenario {
    try GMNSFixture.withFolder([
      ("roadnet.json", Data(roadnet.utf8)), ("flow.json", Data(flow.utf8)),
    ]) { try ScenarioReader.read($0, routes: []) }
  }

  /// The diagnostics that reading ends with, without the folder's path.
  static func failure(roadnet: String = roadnet, flow: String = flow) throws -> [String] {
    do {
      _ = try read(roadnet: roadnet, flow: flow)
      return []
    } catch let failure as InputFailure { return failure.diagnostics.map(shortText) }
  }

  /// A diagnostic in one line: the file's name, the place, the message and the notes.
  static func shortText(_ diagnostic: Diagnostic) -> String {
    var place = diagnostic.location.file.split(separator: "/").last.map(String.init) ?? ""
    if let line = diagnostic.location.line { place += ":\(line)" }
    return ([place + ": " + diagnostic.message] + diagnostic.notes).joined(separator: "; ")
  }
}
