import Testing
import TrafficModel

@testable import NetworkFormats

@Suite("Plans as JSON")
struct PlanJSONTests {
  @Test("What is written reads back as the same plan", arguments: 0..<200 as Range<UInt64>)
  func roundTrip(seed: UInt64) throws {
    let network = try PlanFixtures.network()
    let plan = PlanFixtures.randomPlan(seed: seed, network: network)
    let text = try PlanJSON.text(of: plan, network: network)
    #expect(try PlanJSON.read(text, file: "plan.json", network: network) == plan)
  }

  @Test("The keys are the documented ones, in a fixed order")
  func keys() throws {
    let network = try PlanFixtures.network()
    var plan = PlanFixtures.plan()
    plan.programs[0] = nil
    plan.programs[1]?.intervals.removeLast(2)
    #expect(
      try PlanJSON.text(of: plan, network: network) == """
        {
          "controllers" : [
            {
              "controller" : "长征路口",
              "cycle" : 23,
              "groups" : [
                "东进口",
                "西进口"
              ],
              "intervals" : [
                {
                  "duration" : 20,
                  "stage" : 1,
                  "states" : "Gr"
                },
                {
                  "duration" : 3,
                  "states" : "yr"
                }
              ],
              "offset" : -0.25,
              "program" : "day"
            }
          ],
          "plan" : "am-peak"
        }

        """)
  }

  @Test("Only what says something new is required")
  func fewKeys() throws {
    let text = """
      {"controllers": [{"controller": "A", "offset": 1.5e1, "intervals": [
        {"duration": 20, "states": "GGr"}, {"duration": 3, "states": "yyr"}]}]}
      """
    let plan = try PlanJSON.read(text, file: "night.json", network: PlanFixtures.network())
    #expect(plan.name == "night")
    #expect(plan.programs[0]?.offset == 15)
    #expect(plan.programs[0]?.cycle == 23)
  }

  @Test("Cut off anywhere, or with any character missing, a document never traps")
  func damage() throws {
    let network = try PlanFixtures.network()
    let scalars = Array(try PlanJSON.text(of: PlanFixtures.plan(), network: network).unicodeScalars)
    var failures = 0
    for position in scalars.indices {
      for damaged in [scalars[..<position], scalars[..<position] + scalars[(position + 1)...]] {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: damaged)
        do {
          _ = try PlanJSON.read(String(text), file: "plan.json", network: network)
        } catch {
          failures += 1
          #expect(error.diagnostics.contains { $0.severity == .error })
        }
      }
    }
    #expect(failures > scalars.count)
  }

  @Test("Escapes mean what RFC 8259 says")
  func escapes() throws {
    var log = DiagnosticLog(file: "x", text: "")
    let node = JSONText.read(#""\"\\\/\b\f\n\r\té\u8DEF😀路""#, log: &log)
    guard case .string(let text)? = node?.value else {
      Issue.record("not a text: \(log.diagnostics)")
      return
    }
    #expect(text == "\"\\/\u{2408}\u{240c}\n\u{240d}\té路\u{1F600}路")
  }

  @Test(
    "What is not JSON is noted where it goes wrong",
    arguments: [
      ("", 1, 1), ("{", 1, 2), ("[1,]", 1, 4), ("{\"a\" 1}", 1, 6), ("nul", 1, 1), ("1 2", 1, 3),
      ("\"a", 1, 1),
      ("\"\\x\"", 1, 3), ("\"\\ud83d\"", 1, 8), ("\"\\udc00\"", 1, 8), ("[\n  tru\n]", 2, 3), ("-", 1, 1),
      ("{\"a\":1,}", 1, 8),
    ])
  func syntax(text: String, line: Int, column: Int) throws {
    var log = DiagnosticLog(file: "x", text: text)
    #expect(JSONText.read(text, log: &log) == nil)
    let found = try #require(log.diagnostics.first)
    #expect(found.location == SourceLocation(file: "x", line: line, column: column))
  }

  @Test("Deep nesting is refused before it exhausts the stack")
  func depth() {
    let text = String(repeating: "[", count: 100_000)
    var log = DiagnosticLog(file: "x", text: text)
    #expect(JSONText.read(text, log: &log) == nil)
    #expect(log.diagnostics.count == 1)
  }
}
