internal import NetworkBuilding
internal import TrafficModel

/// The edges that links are written as.
///
/// All lanes of an edge of SUMO are as long as the edge, so a link is an edge for each stretch between the begins of its turn
/// pockets. The one at the stop line has the link's name; those before it have the metres to the stop line added to that.
/// Where people cross at either end, a sidewalk is the first lane.
struct SUMOEdges {
  /// A stretch of a link without begins of lanes.
  struct Stretch {
    /// Of the edge, and of the node at its end where that is not the link's.
    var name: String
    var from: String
    var to: String
    /// m.
    var length: Double
    /// The network's lanes, from the kerb.
    var lanes: [Int]
    /// From its begin to its end, m; empty where the network draws no road and the stretch is all of the link.
    var shape: [Point]
  }

  /// By link: its stretches in driving direction.
  private(set) var ofLink: [[Stretch]] = []
  /// By link: whether it has a sidewalk.
  let hasSidewalk: [Bool]
  /// Names of links that are not the model's.
  let changedNames: Int
  private let network: Network

  /// - Parameters:
  ///   - junctions: by junction, its node.
  init(_ network: Network, junctions: [String]) {
    self.network = network
    let names = SUMOWriter.names(network.links.map(\.name))
    changedNames = names.changed
    let crossed = Set(network.crossings.map(\.junction))
    hasSidewalk = network.links.map { crossed.contains($0.from) || crossed.contains($0.to) }
    let begins = network.laneBegins
    var taken = Set(names.all)
    for (index, link) in network.links.enumerated() {
      let lanes = Array(network.lanesOfLink[index])
      let starts = Set(lanes.map { begins[$0] }).union([0]).sorted()
      var stretches = starts.map { start in
        Stretch(
          name: names.all[index], from: junctions[link.from.index], to: junctions[link.to.index],
          length: link.length, lanes: lanes.filter { begins[$0] <= start }, shape: link.shape)
      }
      let shapes = starts.count > 1 ? Self.shapes(of: link, starts: starts, network) : [link.shape]
      for (place, start) in starts.enumerated() {
        stretches[place].shape = shapes[place]
        let end = place + 1 < starts.count ? starts[place + 1] : link.length
        stretches[place].length = end - start
        guard place + 1 < starts.count else { continue }
        var name = "\(names.all[index]).\(SUMOPlan.number(link.length - end))"
        while !taken.insert(name).inserted { name += "_" }
        stretches[place].name = name
        stretches[place].to = name
        stretches[place + 1].from = name
      }
      ofLink.append(stretches)
    }
  }

  /// Where the stretches that begin `starts` m after a link's begin run.
  private static func shapes(of link: Link, starts: [Double], _ network: Network) -> [[Point]] {
    let centre = network[link.to].position
    let shape = link.shape.count > 1 ? link.shape : [network[link.from].position, centre]
    let drawn = Polyline.length(shape)
    // The stop line is before the node; netconvert cuts there what is drawn up to it.
    let end =
      drawn - max(0, min(junctionRadius - Polyline.distance(shape[shape.count - 1], centre), drawn / 2))
    return Polyline.cut(shape, at: starts.dropFirst().map { $0 / link.length * end })
  }

  /// From the node to a stop line, of an ordinary junction, m.
  private static let junctionRadius = 15.0

  /// The edges of a way along links.
  func edges(_ route: [LinkID]) -> [String] { route.flatMap { ofLink[$0.index].map(\.name) } }

  /// The stretch that ends at a link's stop line.
  func last(of link: LinkID) -> Stretch { ofLink[link.index][ofLink[link.index].count - 1] }

  /// The stretch by which vehicles come onto a link.
  func first(of link: LinkID) -> Stretch { ofLink[link.index][0] }

  /// SUMO's number of a lane on a stretch of its link.
  func number(of lane: Int, on stretch: Stretch) -> Int {
    // A lane that begins only later is entered from the nearest one.
    let link = network.lanes[lane].link.index
    let place = stretch.lanes.firstIndex(of: lane) ?? max(0, stretch.lanes.count { $0 < lane } - 1)
    return place + (hasSidewalk[link] ? 1 : 0)
  }

  /// SUMO's number, on the edge by which vehicles come onto a link, of the lane at a position from the kerb.
  func number(of position: Int, on link: LinkID) -> String {
    String(number(of: network.lanesOfLink[link.index].lowerBound + position, on: first(of: link)))
  }

  /// The lane of a stretch from which a lane of the next one is entered: itself, or the nearest one that there is.
  func predecessor(of lane: Int, on stretch: Stretch) -> Int? {
    stretch.lanes.min { (abs($0 - lane), $0) < (abs($1 - lane), $1) }
  }
}
