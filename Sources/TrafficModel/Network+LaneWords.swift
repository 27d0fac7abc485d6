extension Network {
  /// A lane as people name it: its number from 1 at the kerb, and the arrows on it, such as `1 (TR)`.
  package func words(ofLane lane: LaneID) -> String {
    let turns = Set(connectionsFromLane[lane.index].map { self[$0].turn })
    let letters: [(Turn, String)] = [(.uTurn, "U"), (.left, "L"), (.through, "T"), (.right, "R")]
    let arrows = letters.filter { turns.contains($0.0) }.map(\.1).joined()
    return "\(self[lane].position + 1)" + (arrows.isEmpty ? "" : " (\(arrows))")
  }
}
