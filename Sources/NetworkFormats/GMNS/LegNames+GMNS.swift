internal import NetworkBuilding
internal import TrafficModel

extension LegNames {
  /// `SBL`: the direction of travel and the turn.
  func code(of movement: Movement, _ network: Network) -> String {
    let direction =
      switch arriving(movement.from, network) {
      case .n: "SB"
      case .ne: "SW"
      case .e: "WB"
      case .se: "NW"
      case .s: "NB"
      case .sw: "NE"
      case .w: "EB"
      case .nw: "SE"
      }
    return direction + String(movement.turn.letter)
  }

  /// Whether traffic of a link waits at its end for other than oncoming traffic.
  func isMinor(_ link: LinkID, _ network: Network) -> Bool {
    let here = arriving(link, network)
    return network.movementsFromLink[link.index].flatMap { network[$0].connections }.contains { connection in
      network.conflicts[connection.index].contains { conflict in
        let other = arriving(network[network[conflict.other].from].link, network)
        return conflict.yields && !(3...5).contains(here.eighths(to: other))
      }
    }
  }
}
