import NetworkFormats
import Testing
import TrafficModel

@Suite("UTDF files as people write them")
struct UTDFAsPeopleWriteTests {
  @Test("a file that names no neighbours is no network")
  func noNeighbours() {
    let text = UTDFFixture.text().split(separator: "\n", omittingEmptySubsequences: false).map {
      line -> String in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      guard let record = fields.first, ["Up ID", "Up Node", "Dest Node"].contains(record) else {
        return String(line)
      }
      return ([record, fields[1]] + fields.dropFirst(2).map { _ in "" }).joined(separator: ",")
    }.joined(separator: "\n")
    let failure = #expect(throws: InputFailure.self) { _ = try UTDFReader.read(text: text, file: "town.csv") }
    let errors = failure?.diagnostics.filter { $0.severity == .error } ?? []
    #expect(
      errors.map(\.message) == [
        "no road leads anywhere: neither links nor lanes name the nodes that they come from and go to"
      ])
    #expect(errors.allSatisfy { $0.location.line != nil && $0.location.column != nil })
  }
}
