internal import OrderedCollections

/// Something that a careful colleague would ask about. `Reporting` has the words.
public struct ReviewFinding: Hashable, Sendable {
  /// What it is about.
  public enum Subject: String, CaseIterable, Sendable {
    case laneWithoutConnection, conflictGreenTogether, yellow, allRed, minimumGreen, crossing, rings, balance,
      queue
  }
  /// What was found and what was expected: figures to a tenth, as they are told; seconds, metres, km/h, veh/h.
  public enum Matter: Hashable, Sendable {
    /// Nothing leaves a lane, by its number from the kerb, from 1.
    case laneWithoutConnection(lane: Int)
    /// Nothing leaves a link, though other links of the junction at its end can be left.
    case linkWithoutConnection(junction: String)
    /// Two movements meet and are both green without yielding in an interval, by its number from 1.
    case conflictGreenTogether(String, String, interval: Int)
    /// A yellow shorter than a speed asks for.
    case yellow(Double, needed: Double, speed: Double)
    /// A red clearance shorter than a way and a speed ask for.
    case allRed(Double, needed: Double, width: Double, speed: Double)
    /// A green shorter than drivers expect.
    case green(Double, expected: Double)
    /// A minimum that lets plans have such greens.
    case minimumGreen(Double, expected: Double)
    /// A walk shorter than is asked for at a crossing of a length.
    case walk(Double, needed: Double, length: Double)
    /// A clearance shorter than pedestrians of a speed (m/s) need.
    case clearance(Double, needed: Double, walkingSpeed: Double, length: Double)
    /// Walk and clearance together, shorter than who walks slowly needs.
    case walkAndClearance(Double, needed: Double, length: Double)
    /// A cycle that does not hold the phases' minimum splits.
    case minimumSplits(needed: Double, cycle: Double)
    /// A longest cycle that does not hold them.
    case minimumSplitsBeyondBounds(needed: Double, longestCycle: Double)
    /// A group that waits for gaps and turns yellow while the oncoming one stays green.
    case yellowTrap(turn: String, oncoming: String)
    /// Another number of vehicles counted into a link at a junction than out of it at another.
    case balance(arriving: Double, from: String, leaving: Double, to: String, geh: Double)
    /// A queue longer than its lane or turn pocket.
    case queue(lane: Int, isPocket: Bool, queue: Double, length: Double)
  }
  /// The link, junction or controller.
  public var place: String
  /// What it is of at that place: names of signal groups; empty where it is of the place itself.
  public var names: [String] = []
  /// What was found.
  public var matter: Matter

  /// What it is about.
  public var subject: Subject {
    switch matter {
    case .laneWithoutConnection, .linkWithoutConnection: .laneWithoutConnection
    case .conflictGreenTogether: .conflictGreenTogether
    case .yellow: .yellow
    case .allRed: .allRed
    case .green, .minimumGreen: .minimumGreen
    case .walk, .clearance, .walkAndClearance: .crossing
    case .minimumSplits, .minimumSplitsBeyondBounds, .yellowTrap: .rings
    case .balance: .balance
    case .queue: .queue
    }
  }
}

/// Findings that differ in nothing but what they are of, put together.
struct FindingGroups {
  private struct Entry: Hashable {
    var place: String
    var matter: ReviewFinding.Matter
  }
  private var names: OrderedDictionary<Entry, OrderedSet<String>> = [:]

  mutating func add(_ name: String, place: String, _ matter: ReviewFinding.Matter) {
    names[Entry(place: place, matter: matter), default: []].append(name)
  }

  var findings: [ReviewFinding] {
    names.map { ReviewFinding(place: $0.place, names: Array($1), matter: $0.matter) }
  }
}

extension Double {
  /// Rounded as findings tell it.
  var toTenth: Double { (self * 10).rounded() / 10 }
}
