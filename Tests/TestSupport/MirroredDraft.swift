public import NetworkBuilding
internal import TrafficModel

extension NetworkDraft {
  /// The mirror image, east for west and left for right: what right-hand traffic is to one is left-hand traffic to the other.
  public var mirrored: NetworkDraft {
    var image = NetworkDraft(name, side: .left, periods: periods)
    image.defaults.turnsAcross = defaults.turnsAcross
    image.defaults.turnsAside = defaults.turnsAside
    image.junctions = junctions.map { junction in
      var mirrored = junction
      mirrored.settings = image.defaults
      mirrored.position = junction.position.map { Point(x: -$0.x, y: $0.y) }
      mirrored.approaches = junction.approaches.map { approach in
        var other = approach
        other.leg = approach.leg.mirrored
        other.settings = image.defaults
        other.lanes = approach.lanes.reversed().map { lane in
          LaneDraft(lane.turns.map(TrafficSide.left.equivalent), pocket: lane.length)
        }
        return other
      }
      mirrored.signals.stages = junction.signals.stages?.map(\.mirrored)
      mirrored.signals.rings?.phases = (junction.signals.rings?.phases ?? []).map {
        RingsDraft.Phase(number: $0.number, items: $0.items.mirrored)
      }
      return mirrored
    }
    image.roads = roads.map { road in
      var mirrored = road
      mirrored.ends = road.ends.map { end in
        let parts = end.value.split(separator: ".")
        return Located("\(parts[0]).\(letters(String(parts[1]), legs))")
      }
      return mirrored
    }
    for index in image.periods.indices {
      image.periods[index].counts = periods[index].counts.map { count in
        var mirrored = count
        mirrored.leg = Located(letters(count.leg.value, legs))
        mirrored.turn = Located(letters(count.turn.value, turns))
        return mirrored
      }
    }
    return image
  }
}

extension StageDraft {
  fileprivate var mirrored: StageDraft {
    StageDraft(
      items.map { item in
        let parts = item.value.split(separator: ".")
        return Located("\(letters(String(parts[0]), legs)).\(letters(String(parts[1]), turns))")
      })
  }
}

private let legs: [Character: Character] = ["E": "W", "W": "E"]
private let turns: [Character: Character] = ["L": "R", "R": "L"]

private func letters(_ text: String, _ others: [Character: Character]) -> String {
  String(text.map { others[$0] ?? $0 })
}
