internal import TrafficModel

/// Lines of points as SUMO writes them: `x,y x,y` or `x,y,z x,y,z`, m.
enum ShapeText {
  /// No place of a network is so far from its origin, m: ten times around the earth.
  static let farthest = 4e8

  /// The points of a text; nil where something in it is no place: not two or three numbers, not finite, or farther away
  /// than `farthest`.
  static func points(_ text: String) -> [Point]? {
    var text = text
    return text.withUTF8 { bytes in
      var points: [Point] = []
      var position = 0
      while position < bytes.count {
        guard !isSpace(bytes[position]) else {
          position += 1
          continue
        }
        var coordinates = (0.0, 0.0)
        var count = 0
        while true {
          let start = position
          while position < bytes.count, bytes[position] != UInt8(ascii: ","), !isSpace(bytes[position]) {
            position += 1
          }
          guard let number = number(bytes[start..<position]) else { return nil }
          if count == 0 { coordinates.0 = number } else if count == 1 { coordinates.1 = number }
          count += 1
          guard position < bytes.count, bytes[position] == UInt8(ascii: ",") else { break }
          position += 1
        }
        guard count == 2 || count == 3 else { return nil }
        points.append(Point(x: coordinates.0, y: coordinates.1))
      }
      return points
    }
  }

  private static func number(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Double? {
    let value = PlainDecimal.value(bytes) ?? Double(plain: String(decoding: bytes, as: UTF8.self))
    return value.flatMap { abs($0) <= farthest ? $0 : nil }
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }
}
