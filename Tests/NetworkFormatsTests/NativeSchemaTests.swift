import Foundation
import NetworkBuilding
import Testing

@testable import NetworkFormats

@Suite("Native files: the JSON Schema")
struct NativeSchemaTests {
  let schema: JSONSchema

  init() throws { schema = try JSONSchema(contentsOf: Native.documentation + "network.schema.json") }

  private func problems(_ text: String) throws -> [String] {
    var log = DiagnosticLog(file: "text", text: text)
    let root = try #require(YAMLText.root(of: text, &log))
    return try schema.problems(SchemaValue(root))
  }

  @Test("every shipped network and every valid fixture keeps to it", arguments: try Native.validFiles())
  func accepts(path: String) throws {
    #expect(try problems(InputFile(path).text()) == [])
  }

  @Test("a generated grid keeps to it")
  func grid() throws {
    #expect(try problems(GridNetwork.yaml(rows: 2, columns: 3, seed: 7)) == [])
  }

  @Test("the guide's example keeps to it and is read without warnings")
  func example() throws {
    let guide = try InputFile(Native.documentation + "NetworkFormat.md").text()
    let example = try #require(
      guide.components(separatedBy: "```yaml\n").dropFirst().first?.components(separatedBy: "```").first)
    #expect(try problems(example) == [])
    #expect(try NativeReader.read(text: example, file: "example").warnings == [])
  }

  @Test("it knows every key that the reader knows, and no other", arguments: Self.keys)
  func sameKeys(definition: String, keys: [String]) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: Native.documentation + "network.schema.json"))
    let root = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let definitions = try #require(root["$defs"] as? [String: [String: Any]])
    let properties = definition.isEmpty ? root["properties"] : definitions[definition]?["properties"]
    let known = try #require(properties as? [String: Any])
    #expect(known.keys.sorted() == keys.sorted())
  }

  static let keys: [(String, [String])] = [
    ("", NetworkDraft.keys), ("settings", DraftSettings.junctionKeys), ("junction", JunctionDraft.keys),
    ("approach", ApproachDraft.keys), ("road", RoadDraft.keys), ("plan", PlanDraft.keys),
    ("controller", ControllerDraft.keys), ("period", PeriodDraft.keys), ("route", RouteDraft.keys),
    ("day", PeriodDraft.dayKeys),
  ]

  @Test("it refuses every fixture whose mistake is one of structure", arguments: try Native.structuralFiles())
  func refuses(path: String) throws {
    #expect(try problems(InputFile(path).text()) != [])
  }
}
