internal import NetworkBuilding
internal import TrafficModel

/// A movement of an approach as the file has it: its direction of travel and turn name the column.
struct UTDFMovement {
  /// `NBL`, `EBR2`.
  var column: String
  var turn: Turn
  /// 0 for the first of its turn, 1 for the second.
  var order: Int
  /// The node that it leads to.
  var target: UTDFNodeID
  /// Lanes of its own group.
  var lanes: Int
  var sharesLeft: Bool
  var sharesRight: Bool
  /// Length of the pockets, m; nil for lanes of full length.
  var storage: Double?
  var pockets: Int
  /// Phases that give it green, and ones that give it green to wait for gaps in; -1 for no signal.
  var phases: [Int]
  var permitted: [Int]
  /// Whether its right turn lies beside the signals.
  var isChannelled: Bool
  var place: TextPlace

  /// Position from the driver's left: U, L2, L, T, R, R2.
  var rank: Int {
    switch turn {
    case .uTurn: 0
    case .left: order == 1 ? 1 : 2
    case .through: 3
    case .right: order == 1 ? 5 : 4
    }
  }

  /// Direction of travel, turn and order of a column's name; nil where it is none of a movement.
  static func parts(of column: String) -> (direction: UTDFDirection, turn: Turn, order: Int)? {
    guard let direction = UTDFDirection(rawValue: String(column.prefix(2))) else { return nil }
    let rest = column.dropFirst(2)
    guard let letter = rest.first, let turn = Turn(letter: letter) else { return nil }
    switch rest.dropFirst() {
    case "": return (direction, turn, 0)
    case "2": return (direction, turn, 1)
    default: return nil
    }
  }
}

extension Turn {
  /// The leg that a turn leads to where all roads meet at right angles.
  func leg(from leg: Compass) -> Compass {
    let eighths =
      switch self {
      case .uTurn: 0
      case .left: 2
      case .through: 4
      case .right: 6
      }
    return Compass.allCases[(leg.rawValue + eighths) % 8]
  }
}

/// Directions that traffic drives in.
enum UTDFDirection: String, CaseIterable {
  case nb = "NB"
  case sb = "SB"
  case eb = "EB"
  case wb = "WB"
  case ne = "NE"
  case nw = "NW"
  case se = "SE"
  case sw = "SW"

  /// Where traffic of this direction comes from, as seen from the junction.
  var leg: Compass {
    switch self {
    case .nb: .s
    case .sb: .n
    case .eb: .w
    case .wb: .e
    case .ne: .sw
    case .nw: .se
    case .se: .nw
    case .sw: .ne
    }
  }

  /// The direction of traffic that comes by a leg.
  init(from leg: Compass) { self = Self.allCases.first { $0.leg == leg } ?? .nb }

  var name: String { rawValue }
}

/// A lane of an approach: what may be driven from it, and how far it is open to queueing.
struct UTDFLane {
  /// Positions in the approach's movements.
  var movements: [Int]
  /// Of a pocket, m; nil for a lane of full length.
  var pocket: Double?
}

extension UTDFLane {
  /// The lanes of an approach from the driver's left.
  ///
  /// A group owns lanes; movements without any use the outer lane of the group that says it is shared on their side.
  /// - Parameter movements: from the driver's left.
  /// - Returns: the lanes, and the movements that no group says it shares a lane with.
  static func lanes(of movements: [UTDFMovement]) -> (lanes: [UTDFLane], strays: [Int]) {
    var lanes: [UTDFLane] = []
    var own: [Range<Int>] = []
    for (index, movement) in movements.enumerated() {
      let first = lanes.count
      let pockets = movement.storage == nil ? 0 : min(movement.pockets, movement.lanes)
      for number in 0..<movement.lanes {
        let isPocket =
          movement.turn == .left || movement.turn == .uTurn
          ? number < pockets : number >= movement.lanes - pockets
        lanes.append(UTDFLane(movements: [index], pocket: isPocket ? movement.storage : nil))
      }
      own.append(first..<lanes.count)
    }
    for (index, movement) in movements.enumerated() where !own[index].isEmpty {
      let sides = [
        (movement.sharesLeft, own[index].lowerBound, Array((0..<index).reversed())),
        (movement.sharesRight, own[index].upperBound - 1, Array((index + 1)..<movements.count)),
      ]
      for (isShared, lane, others) in sides where isShared {
        for other in others {
          lanes[lane].movements.append(other)
          if !own[other].isEmpty { break }
        }
      }
    }
    let strays = movements.indices.filter { index in !lanes.contains { $0.movements.contains(index) } }
    if lanes.isEmpty, !movements.isEmpty {
      lanes = [UTDFLane(movements: Array(movements.indices), pocket: nil)]
    } else {
      for stray in strays {
        // The nearest lane on its side.
        let lane =
          lanes.lastIndex { ($0.movements.max() ?? 0) < stray } ?? lanes.firstIndex { _ in true } ?? 0
        lanes[lane].movements.append(stray)
      }
    }
    for index in lanes.indices { lanes[index].movements.sort() }
    return (lanes, strays)
  }
}
