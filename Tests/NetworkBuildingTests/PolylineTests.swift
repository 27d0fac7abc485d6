import NetworkBuilding
import TestSupport
import Testing
import TrafficModel

@Suite("Polylines")
struct PolylineTests {
  private let corner = [Point(x: 0, y: 0), Point(x: 30, y: 0), Point(x: 30, y: 40)]

  @Test("Pieces follow on each other and are as long as told")
  func pieces() {
    let pieces = Polyline.cut(corner, at: [10, 30, 60])
    #expect(pieces.map { Polyline.length($0) } == [10, 20, 30, 10])
    #expect(pieces[0] == [Point(x: 0, y: 0), Point(x: 10, y: 0)])
    #expect(zip(pieces, pieces.dropFirst()).allSatisfy { $0.last == $1.first })
    #expect(pieces[3] == [Point(x: 30, y: 30), Point(x: 30, y: 40)])
  }

  @Test("A line cut nowhere is whole, one cut at its end has an empty rest")
  func ends() {
    #expect(Polyline.cut(corner, at: []) == [corner])
    #expect(Polyline.cut(corner, at: [70.0]).map { Polyline.length($0) } == [70, 0])
    #expect(Polyline.cut(corner, at: [70.0000001]).map { Polyline.length($0) } == [70, 0])
  }
}
