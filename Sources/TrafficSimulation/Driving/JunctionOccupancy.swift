/// Who is on the ways through junctions, or still has the rear there: whether anybody is in a connection's way is
/// one comparison.
struct JunctionOccupancy: ~Copyable {
  private let places: FlatArray<JunctionBits.Place>
  /// By junction: ways with vehicles, and ways on which the last vehicle may still have its rear.
  private var occupied: FlatArray<UInt64>
  private var left: FlatArray<UInt64>
  /// By connection: the last vehicle that left it, whose rear may still be on it; -1 for none.
  private(set) var lastOut: FlatArray<Int32>

  init(_ bits: JunctionBits) {
    places = FlatArray(bits.places)
    occupied = FlatArray(repeating: JunctionBits.others, count: bits.junctionCount)
    left = FlatArray(repeating: JunctionBits.others, count: bits.junctionCount)
    lastOut = FlatArray(repeating: -1, count: bits.places.count)
  }

  /// Whether somebody drives on a connection that conflicts with it.
  @inline(__always)
  func hasFoes(inWayOf connection: Int32) -> Bool {
    occupied[places[connection].junction] & places[connection].foes != 0
  }

  /// Whether somebody drives on a connection that crosses it, or may still have its rear there.
  @inline(__always)
  func isCrossed(_ connection: Int32) -> Bool {
    let junction = places[connection].junction
    return (occupied[junction] | left[junction]) & places[connection].crossings != 0
  }

  /// Whether somebody drives on another connection from the same lane.
  @inline(__always)
  func hasSiblings(of connection: Int32) -> Bool {
    occupied[places[connection].junction] & places[connection].siblings != 0
  }

  /// Notes whether somebody drives on a connection.
  @inline(__always)
  mutating func setOccupied(_ connection: Int32, _ isOccupied: Bool) {
    let place = places[connection]
    if isOccupied { occupied[place.junction] |= place.own } else { occupied[place.junction] &= ~place.own }
  }

  /// Notes who left a connection last; -1 once its rear is off it.
  @inline(__always)
  mutating func setLastOut(_ vehicle: Int32, ofConnection connection: Int32) {
    lastOut[connection] = vehicle
    let place = places[connection]
    if vehicle >= 0 { left[place.junction] |= place.own } else { left[place.junction] &= ~place.own }
  }
}
