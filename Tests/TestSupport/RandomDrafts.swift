public import NetworkBuilding
internal import TrafficModel

/// Drafts of junctions and small grids: protected and permissive left turns, pockets, crossings, stages and rings.
public struct RandomDrafts {
  private static let legs: [Compass] = [.n, .e, .s, .w]

  /// The draft of a seed.
  public static func draft(_ seed: Int) -> NetworkDraft {
    var random = LinearCongruential(seed: seed)
    let (rows, columns) = seed % 3 == 0 ? (1, 1) : (random.whole(in: 1...2), random.whole(in: 1...3))
    let isPermissive = random.once(in: 2)
    let hasRings = seed % 5 == 4
    let hasCrossings = !random.once(in: 3)
    var draft = NetworkDraft("Random \(seed)")
    draft.defaults.turnsAcross = isPermissive ? .permissive : .protected
    var peak = PeriodDraft("peak", begin: 27_000, end: 30_600)
    for row in 0..<rows {
      for column in 0..<columns {
        let name = "J\(row)\(column)"
        var junction = JunctionDraft(Located(name), at: Point(x: Double(column) * 300, y: Double(-row) * 250))
        junction.settings = draft.defaults
        for leg in legs {
          let isMain = leg == .e || leg == .w
          let pocket = Double(random.whole(in: 4...9) * 10)
          var lanes = [LaneDraft([.left], pocket: pocket), LaneDraft([.through, .right])]
          if isMain { lanes.insert(LaneDraft([.through]), at: 1) }
          junction.approaches.append(
            ApproachDraft(leg, lanes: lanes, crossing: hasCrossings ? 14 : nil, settings: draft.defaults))
          let flow = Double(random.whole(in: 8...(isMain ? 26 : 14)) * 20)
          peak.count(
            name, leg,
            vehiclesPerHour: [
              .left: (flow * 0.2).rounded(), .through: flow, .right: (flow * 0.15).rounded(),
            ],
            pedestriansPerHour: hasCrossings ? 60 : nil)
        }
        junction.signals = signals(hasRings, isPermissive, hasCrossings, offset: Double(random.below(90)))
        draft.junctions.append(junction)
        if column > 0 {
          draft.roads.append(
            RoadDraft([Located("J\(row)\(column - 1).E"), Located("\(name).W")], length: 300))
        }
        if row > 0 {
          draft.roads.append(
            RoadDraft([Located("J\(row - 1)\(column).S"), Located("\(name).N")], length: 250))
        }
      }
    }
    draft.periods = [peak]
    return draft
  }

  private static func signals(
    _ hasRings: Bool, _ isPermissive: Bool, _ hasCrossings: Bool, offset: Double
  ) -> SignalsDraft {
    if hasRings {
      var signals = SignalsDraft()
      func phase(_ number: Int, _ items: [String]) -> RingsDraft.Phase {
        RingsDraft.Phase(number: number, items: StageDraft(items.map { Located($0) }))
      }
      func walk(_ leg: String) -> [String] { hasCrossings ? ["\(leg).P"] : [] }
      // Left turns that wait for gaps may go beside the traffic of their approach, too.
      let beside = isPermissive ? "TLR" : "TR"
      signals.rings = RingsDraft(
        phases: [
          phase(1, ["W.L"]), phase(2, ["E.\(beside)"] + walk("N")), phase(3, ["N.L"]),
          phase(4, ["S.\(beside)"] + walk("E")), phase(5, ["E.L"]), phase(6, ["W.\(beside)"] + walk("S")),
          phase(7, ["S.L"]), phase(8, ["N.\(beside)"] + walk("W")),
        ], order: ["1 2 | 3 4", "5 6 | 7 8"])
      var plan = PlanDraft(offset: offset)
      plan.splits = [(1, 14), (2, 34), (3, 14), (4, 34), (5, 16), (6, 32), (7, 15), (8, 33)].map {
        (Located($0.0), $0.1)
      }
      signals.plan = plan
      return signals
    }
    let walks = hasCrossings ? (["EW.TR", "NS.P"], ["NS.TR", "EW.P"]) : (["EW.TR"], ["NS.TR"])
    if isPermissive {
      return SignalsDraft(
        stages: [["EW.TLR"] + walks.0.dropFirst(), ["NS.TLR"] + walks.1.dropFirst()],
        plan: PlanDraft(greens: [40, 40], offset: offset))
    }
    return SignalsDraft(
      stages: [walks.0, ["EW.L"], walks.1, ["NS.L"]],
      plan: PlanDraft(greens: [24, 11, 24, 11], offset: offset))
  }
}
