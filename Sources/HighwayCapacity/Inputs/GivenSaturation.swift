/// Saturation flows that somebody measured, or that another source gives, veh/h per lane; nil for what the factors say.
///
/// They are taken as adjusted: no factor applies but those of people on foot and on bicycles, and left turns still wait for gaps.
public struct GivenSaturation: Hashable, Sendable {
  /// Of left turns with an arrow, or that nobody opposes.
  public var left: Double?
  /// Straight on.
  public var through: Double?
  /// Of right turns that nobody on foot holds up.
  public var right: Double?

  /// These flows, veh/h per lane.
  public init(left: Double? = nil, through: Double? = nil, right: Double? = nil) {
    self.left = left
    self.through = through
    self.right = right
  }

  var all: [Double] { [left, through, right].compactMap { $0 } }
}

extension Approach {
  /// What is given of a lane that serves nothing else, or of the vehicles that turns in a shared lane are compared with.
  func givenFlow(_ use: LaneUse) -> Double? {
    switch use {
    case .left: givenSaturation.left
    case .right: givenSaturation.right
    case .through: givenSaturation.through
    default: givenReference
    }
  }

  /// Where nobody goes straight on, right turns are compared with left turns.
  private var givenReference: Double? {
    givenSaturation.through ?? (throughLanes == 0 ? givenSaturation.left : nil)
  }

  /// Base flow of a lane through which left turns seek gaps, pc/h.
  func referenceFlow(base: Double) -> Double { givenReference ?? base }

  /// E_L: through cars per protected left turn.
  func leftEquivalent(_ method: SaturationMethod) -> Double {
    guard let reference = givenReference, let left = givenSaturation.left else {
      return method.leftEquivalent
    }
    return reference / left
  }

  /// E_R: through cars per right turn.
  func rightEquivalent(_ method: SaturationMethod) -> Double {
    guard let reference = givenReference, let right = givenSaturation.right else {
      return method.rightEquivalent
    }
    return reference / right
  }
}
