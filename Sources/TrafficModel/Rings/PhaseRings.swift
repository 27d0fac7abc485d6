/// A phase of a ring-barrier controller: what has the right of way together, and how long it needs.
public struct RingPhase: Hashable, Sendable {
  /// Its number in the controller, 1 or more.
  public var number: Int
  /// Its ring, 1 or more.
  public var ring: Int
  /// The barrier before which it runs, 1 or more.
  public var barrier: Int
  /// Its present place among the phases of its ring before the same barrier, 1 or more.
  public var position: Int
  /// Positions of the groups that have the right of way in it, and of the crossings walked beside them; ascending.
  public var groups: [Int]
  /// Positions of the groups that may go in it and wait for gaps; ascending.
  public var permitted: [Int]
  /// Shortest green, s.
  public var minimumGreen: Double
  /// s.
  public var yellow: Double
  /// The red that follows the yellow before the ring goes on, s.
  public var allRed: Double
  /// Shortest walk, s; 0 without pedestrians.
  public var walk: Double
  /// From the end of the walk to the end of the green, s; 0 without pedestrians.
  public var flashingDontWalk: Double
  /// Whether it must not change places with others of its ring before the same barrier.
  public var keepsPlace: Bool
  /// Whether a plan may leave it out.
  public var isOptional: Bool
  /// What detectors may do with it; nil where none do.
  public var actuation: PhaseActuation?

  /// A phase.
  public init(
    number: Int, ring: Int, barrier: Int, position: Int, groups: [Int], permitted: [Int] = [],
    minimumGreen: Double, yellow: Double, allRed: Double, walk: Double = 0, flashingDontWalk: Double = 0,
    keepsPlace: Bool = false, isOptional: Bool = false,
    actuation: PhaseActuation? = nil
  ) {
    self.number = number
    self.ring = ring
    self.barrier = barrier
    self.position = position
    self.groups = groups
    self.permitted = permitted
    self.minimumGreen = minimumGreen
    self.yellow = yellow
    self.allRed = allRed
    self.walk = walk
    self.flashingDontWalk = flashingDontWalk
    self.keepsPlace = keepsPlace
    self.isOptional = isOptional
    self.actuation = actuation
  }

  /// Yellow and all-red, s.
  public var clearance: Double { yellow + allRed }

  /// Shortest green that minimum green and pedestrians ask for, s.
  public var shortestGreen: Double { max(minimumGreen, walk + flashingDontWalk) }

  /// max(minimum green, walk + flashing don't walk) + yellow + all-red, s (Signal Timing Manual, 2nd edition, 5.3).
  public var minimumSplit: Double { shortestGreen + clearance }

  /// Whether a group is green in it, with the right of way or waiting for gaps.
  public func serves(_ group: Int) -> Bool { groups.contains(group) || permitted.contains(group) }
}

/// The phases of a ring-barrier controller (NEMA TS 2).
///
/// The phases of a ring run one after the other, rings beside each other; at a barrier all rings wait for each other and
/// go on together. A group that several phases serve is an overlap: it stays green from one of them to the next. Ways
/// that cross are held apart by ring and barrier: whatever phases of different rings before one barrier serve may be
/// green together.
public struct PhaseRings: Hashable, Sendable {
  /// In order of ring, barrier and position.
  public let phases: [RingPhase]
  /// Numbers of the rings, ascending.
  public let rings: [Int]
  /// Numbers of the barriers, in the order in which they are crossed.
  public let barriers: [Int]

  /// The rings that the phases stand in, whatever their order here.
  public init(phases: [RingPhase]) {
    self.phases = phases.sorted {
      ($0.ring, $0.barrier, $0.position, $0.number) < ($1.ring, $1.barrier, $1.position, $1.number)
    }
    rings = Set(phases.map(\.ring)).sorted()
    barriers = Set(phases.map(\.barrier)).sorted()
  }

  /// Positions of the phases of a ring before a barrier, in present order.
  public func segment(ring: Int, barrier: Int) -> [Int] {
    phases.indices.filter { phases[$0].ring == ring && phases[$0].barrier == barrier }
  }

  /// Positions of the phases that serve a group.
  public func phases(serving group: Int) -> [Int] { phases.indices.filter { phases[$0].serves(group) } }

  /// Seconds that the minimum splits need, by barrier and ring; phases that may be left out are not counted.
  public var minimumSums: [[Double]] {
    barriers.map { barrier in
      rings.map { ring in
        segment(ring: ring, barrier: barrier).reduce(0) {
          $0 + (phases[$1].isOptional ? 0 : phases[$1].minimumSplit)
        }
      }
    }
  }

  /// The shortest cycle that holds the minimum splits, s: at each barrier the ring that needs most.
  public var shortestCycle: Double { minimumSums.reduce(0) { $0 + ($1.max() ?? 0) } }
}
