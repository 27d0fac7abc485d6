internal import NetworkBuilding
internal import TrafficModel

/// Reads counts as SUMO's tools exchange them: turns (`edgeRelation`) and links (`edge`), interval by interval.
enum SUMOCounts {
  /// Names that the root may have: data, what a simulation measured, and turns alone.
  static let roots = ["data", "meandata", "edgeRelations", "turns", "additional"]
  /// Where a link's vehicles stand, the best first: those that left by its stop line, those that came by its other end, or
  /// what a survey counted.
  private static let linkCounts = ["left", "entered", "count"]
  /// More in one interval is taken for a mistake, veh.
  private static let mostVehicles = 100_000.0

  /// - Returns: the counts, and what is wrong so far.
  /// - Throws: `InputFailure` when the file is no XML or has another root.
  static func read(_ file: InputFile) throws(InputFailure) -> (sheet: CountSheet, log: DiagnosticLog) {
    var log = DiagnosticLog(file)
    var sheet = CountSheet(layout: "", rows: [])
    var others: [String: TextPlace] = [:]
    var (turns, links) = (0, 0)
    try XMLFile.read(file, roots: roots) { element in
      let intervals = element.name == "interval" ? [element] : element.children("interval")
      if intervals.isEmpty { others[element.name] = others[element.name] ?? element.place }
      for interval in intervals {
        let time = time(of: interval, &log)
        for node in interval.children {
          switch node.name {
          case "edgeRelation": turns += 1
          case "edge": links += 1
          default:
            others[node.name] = others[node.name] ?? node.place
            continue
          }
          guard let count = count(node, &log) else { continue }
          sheet.rows.append(CountSheet.Row(junctions: [], time: time, counts: [count], place: node.place))
        }
      }
    }
    for (name, place) in others.sorted(by: { ($0.value, $0.key) < ($1.value, $1.key) }) {
      log.warning(
        "<\(name)> is not read: it counts no vehicles of turns or links", at: place, quote: "<\(name)")
    }
    if sheet.rows.isEmpty, !log.hasErrors {
      log.error("the file counts nothing", notes: ["read are <edgeRelation> and <edge> in an <interval>"])
    }
    sheet.layout =
      turns == 0
      ? "SUMO's counts of links (edgeData)"
      : "SUMO's counts of turns (edgeRelation)" + (links == 0 ? "" : " and links (edgeData)")
    return (sheet, log)
  }

  private static func time(of interval: XMLNode, _ log: inout DiagnosticLog) -> Range<Double>? {
    let ends = ["begin", "end"].compactMap { name -> Double? in
      guard let text = interval.text(name, &log) else { return nil }
      if let time = XMLTime.seconds(text), time >= 0 { return time }
      log.error("'\(name)' must be a time from 0, not '\(text)'", at: interval.place, quote: text)
      return nil
    }
    guard ends.count == 2 else { return nil }
    guard ends[0] < ends[1] else {
      log.error(
        "the interval ends at \(plainNumber(ends[1])), before it begins", at: interval.place,
        quote: interval["end"])
      return nil
    }
    return ends[0]..<ends[1]
  }

  private static func count(_ node: XMLNode, _ log: inout DiagnosticLog) -> CountSheet.Count? {
    let movement: CountSheet.Movement
    let names: [String]
    if node.name == "edge" {
      guard let id = node.text("id", &log) else { return nil }
      (movement, names) = (.link(id), linkCounts)
    } else {
      guard let from = node.text("from", &log), let to = node.text("to", &log) else { return nil }
      if let via = node["via"], !via.isEmpty {
        log.warning(
          "a count of vehicles that go by '\(via)' is of no single turn, and not read", at: node.place,
          quote: via)
        return nil
      }
      (movement, names) = (.links(from: from, to: to), ["count"])
    }
    guard let name = names.first(where: { node[$0] != nil }), let text = node[name] else {
      let what = node["probability"] == nil ? "" : ": 'probability' is a share, of how many is not told"
      log.error(
        "<\(node.name)> has no attribute '\(names.joined(separator: "', '"))'\(what)", at: node.place,
        quote: "<\(node.name)")
      return nil
    }
    let vehicles = Double(plain: text).flatMap { (0...mostVehicles).contains($0) ? $0 : nil }
    if vehicles == nil {
      log.error(
        "'\(name)' must be in 0 … \(plainNumber(mostVehicles)), not '\(text)'", at: node.place, quote: text)
    }
    return CountSheet.Count(movement: movement, vehicles: vehicles, places: (node.place, node.place))
  }
}
