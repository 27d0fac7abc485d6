extension Network {
  /// By lane: metres from the begin of its link to where it begins; 0 for all but turn pockets.
  ///
  /// A turn pocket is a lane that no connection leads into and that is shorter than the longest lane beside it by more than
  /// a few metres.
  public var laneBegins: [Double] {
    var isEntered = [Bool](repeating: false, count: lanes.count)
    for connection in connections { isEntered[connection.to.index] = true }
    return links.indices.flatMap { link in
      let longest = lanesOfLink[link].map { lanes[$0].length }.max() ?? 0
      return lanesOfLink[link].map { lane in
        let begin = longest - lanes[lane].length
        return !isEntered[lane] && begin > Self.shortestOpening ? begin : 0
      }
    }
  }

  /// A lane that begins no more than so far from its link's begin is no pocket, m.
  private static let shortestOpening = 5.0
}
