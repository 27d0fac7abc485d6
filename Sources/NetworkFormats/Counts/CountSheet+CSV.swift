internal import NetworkBuilding
internal import TrafficModel

extension CountSheet {
  /// The counts in the project's own layout: a row for each movement and interval, in order of the file.
  ///
  /// Classes of vehicles are added up. Times are hours and minutes, seconds where they have decimals or lie beyond a day.
  ///
  /// - Returns: nil where links are counted, not turns: the layout has no place for them.
  public var csv: String? {
    let isByLinks = rows.contains { row in
      row.counts.contains { if case .links = $0.movement { true } else { false } }
    }
    let hasJunction = !isByLinks || rows.contains { !$0.junctions.isEmpty }
    var lines: [Line] = []
    var known: [Key: Int] = [:]
    for row in rows {
      guard let time = row.time else { continue }
      for count in row.counts {
        guard let movement = count.movement, let vehicles = count.vehicles else { continue }
        if case .link = movement { return nil }
        let junction = row.junctions.first?.value.trimmed ?? title?.value ?? ""
        let key = Key(junction: junction, movement: movement, begin: time.lowerBound)
        if row.kind != nil, let index = known[key] {
          lines[index].vehicles += vehicles
        } else {
          known[key] = lines.count
          lines.append(Line(key: key, end: time.upperBound, vehicles: vehicles))
        }
      }
    }
    let columns =
      (date.isEmpty ? [] : ["date"]) + (hasJunction ? ["junction"] : [])
      + (isByLinks ? ["from", "to"] : ["approach", "turn"]) + ["begin", "end", "vehicles"]
    let isClock = lines.allSatisfy {
      $0.end <= 86_400 + 43_200 && Self.isWhole($0.key.begin) && Self.isWhole($0.end)
    }
    return CSVText.line(columns)
      + lines.map { line in
        var fields = date.isEmpty ? [] : [date]
        if hasJunction { fields.append(line.key.junction) }
        switch line.key.movement {
        case .letters(let leg, let turn): fields += [leg.name, String(turn.letter)]
        case .links(let from, let to): fields += [from, to]
        case .link: break
        }
        fields += [line.key.begin, line.end].map { isClock ? Self.clock($0) : plainNumber($0) }
        return CSVText.line(fields + [plainNumber(line.vehicles)])
      }.joined()
  }

  private struct Key: Hashable {
    var junction: String
    var movement: Movement
    var begin: Double
  }

  private struct Line {
    var key: Key
    var end: Double
    var vehicles: Double
  }

  private static func isWhole(_ time: Double) -> Bool { time == time.rounded() }

  /// A time of day; past midnight the clock begins anew.
  private static func clock(_ time: Double) -> String {
    let seconds = (Int(exactly: time) ?? 0) % 86_400
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let clock = "\(two(seconds / 3600)):\(two(seconds / 60 % 60))"
    return seconds % 60 == 0 ? clock : clock + ":\(two(seconds % 60))"
  }
}
