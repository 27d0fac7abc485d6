public import TrafficModel

/// What a counts file holds, in words.
public struct CountsSummary: Sendable {
  private let counts: TurningCounts
  private let name: String

  /// - Parameter name: of the file.
  public init(_ counts: TurningCounts, name: String) {
    self.counts = counts
    self.name = name
  }

  /// How much was counted and when most, without a full stop.
  public var words: String {
    var words = "\(name): \(counted(counts.movements.count, "movement"))"
    if let times = counts.times { words += " from \(ClockTime.text(times))" }
    if let peak = counts.peakHour() { words += "; " + Self.words(of: peak) }
    return words
  }

  /// The peak hour of each junction, a line each.
  public func junctionLines(of network: Network) -> [String] {
    counts.peakHours(network: network).map { "\(network[$0.junction].name): \(Self.words(of: $0.hour))" }
  }

  private static func words(of peak: PeakHour) -> String {
    let vehicles = NumberText.fixed(peak.vehicles, decimals: 0)
    let words = "peak hour from \(ClockTime.text(peak.begin)) with \(vehicles) vehicles at stop lines"
    return peak.factor.map { "\(words), peak-hour factor \(NumberText.fixed($0, decimals: 2))" } ?? words
  }
}

extension TurningCounts {
  /// The peak hour of each junction that was counted for an hour at least.
  func peakHours(network: Network) -> [(junction: JunctionID, hour: PeakHour)] {
    var ofJunction = [[Entry]](repeating: [], count: network.junctions.count)
    for entry in entries { ofJunction[network[entry.movement].junction.index].append(entry) }
    return ofJunction.enumerated().compactMap { index, entries in
      TurningCounts(name: "", entries: entries).peakHour().map { (JunctionID(index), $0) }
    }
  }
}
