import Reporting
import Testing

@testable import SignalOptimization

@Suite("Words of a review")
struct ReviewWordsTests {
  @Test(
    "A finding says what it is of, what was found and what was expected, and the rule",
    arguments: [
      (
        ReviewFinding(place: "A", names: ["E.T", "W.T"], matter: .yellow(3, needed: 4.2, speed: 60)),
        "E.T, W.T: yellow of 3 s, 4.2 s at 60 km/h (yellow, ITE 2020)"
      ),
      (
        ReviewFinding(
          place: "B.W", matter: .balance(arriving: 300.4, from: "A", leaving: 450, to: "B", geh: 7.7)),
        "300 veh/h are counted into it at 'A', 450 veh/h out of it at 'B' (GEH of 7.7, at most 5)"
      ),
      (
        ReviewFinding(place: "A.E", matter: .queue(lane: 3, isPocket: true, queue: 27.2, length: 20)),
        "the queue on lane 3 from the kerb is 27 m long, the pocket 20 m (q r / (1 − y), Webster)"
      ),
      (
        ReviewFinding(
          place: "A.E", matter: .clearance(4, needed: 9.3, walkingSpeed: 1.07, length: 10)),
        "4 s to clear it, 9.3 s asked for at 1.07 m/s (crossing of 10 m, MUTCD 4E)"
      ),
    ])
  func words(finding: ReviewFinding, words: String) {
    #expect(finding.words(.ite) == words)
  }

  @Test("A figure too large to be a whole number does not trap")
  func large() {
    let finding = ReviewFinding(
      place: "", matter: .balance(arriving: 1e30, from: "A", leaving: 0, to: "B", geh: 1e30))
    #expect(finding.words(.gb).contains("1e+30"))
  }
}
