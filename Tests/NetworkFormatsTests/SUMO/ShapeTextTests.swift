import Testing
import TrafficModel

@testable import NetworkFormats

@Suite("Shapes of SUMO")
struct ShapeTextTests {
  @Test("points have two or three numbers, in any spelling")
  func points() {
    #expect(ShapeText.points("") == [])
    #expect(
      ShapeText.points("  1,2\t-3.5,+4e1\n5,6,7 ") == [
        Point(x: 1, y: 2), Point(x: -3.5, y: 40), Point(x: 5, y: 6),
      ])
  }

  @Test(
    "what is no place is refused",
    arguments: ["nan,1", "1,inf", "1", "1,2,3,4", "1,,2", "a,b", "1e18,0", "0,-1e9", "1,2 3", "1;2"])
  func noPoints(text: String) { #expect(ShapeText.points(text) == nil) }

  @Test(
    "plain decimals are the nearest doubles",
    arguments: ["0.1", "123456.789", "-0.05", "299792458", "0.000001"])
  func decimals(text: String) { #expect(PlainDecimal.value(text.utf8) == Double(text)) }

  @Test(
    "other spellings are left to others",
    arguments: ["", "-", ".", "1e5", "1.2.3", "1234567890123456", "0x10", "--1"])
  func others(text: String) { #expect(PlainDecimal.value(text.utf8) == nil) }

  @Test("the place where ways part is found in bounded time on ways of any length")
  func partingOfLongWays() {
    let far = 4e8
    let straight = [Point(x: 0, y: 0), Point(x: far, y: 0)]
    let away = [Point(x: 0, y: 0), Point(x: 0, y: far)]
    // They are clear of each other within a step of their common begin.
    #expect(PartingPoint.distance(along: straight, from: away) <= 2 * far / 4096)
    let short = [Point(x: 0, y: 0), Point(x: 20, y: 0)]
    let turn = [Point(x: 0, y: 0), Point(x: 10, y: 0), Point(x: 10, y: 10)]
    // Beyond x = 12.5 the point is 2.5 m from the turn; points are taken every 0.25 m.
    #expect(PartingPoint.distance(along: short, from: turn) == 12.5)
  }
}
