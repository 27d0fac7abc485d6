import Testing
import TrafficModel

@testable import NetworkFormats

@Suite("Plans as tables")
struct PlanCSVTests {
  @Test("A plan is written one row for each interval, readable and plain")
  func text() throws {
    let network = try PlanFixtures.network()
    var plan = PlanFixtures.plan()
    plan.programs[1] = nil
    #expect(
      PlanCSV.text(of: plan, network: network) == """
        plan,controller,program,cycle_s,offset_s,interval,duration_s,stage,states,green_groups
        am-peak,A,day,50,12,1,30.5,1,Ggr,N + S
        am-peak,A,day,50,12,2,3,,yyr,
        am-peak,A,day,50,12,3,2,,rrr,
        am-peak,A,day,50,12,4,10,2,rrG,walk
        am-peak,A,day,50,12,5,4.5,,rrr,

        """)
  }

  @Test("Text beyond ASCII begins with the mark that spreadsheets need")
  func byteOrderMark() throws {
    let network = try PlanFixtures.network()
    let text = PlanCSV.text(of: PlanFixtures.plan(), network: network)
    #expect(text.unicodeScalars.first == "\u{FEFF}")
    #expect(try PlanCSV.read(text, file: "plan.csv", network: network) == PlanFixtures.plan())
  }

  @Test("What is written reads back as the same plan", arguments: 0..<200 as Range<UInt64>)
  func roundTrip(seed: UInt64) throws {
    let network = try PlanFixtures.network()
    let plan = PlanFixtures.randomPlan(seed: seed, network: network)
    let text = PlanCSV.text(of: plan, network: network)
    #expect(try PlanCSV.read(text, file: "plan.csv", network: network) == plan)
  }

  @Test(
    "Spreadsheets' line ends, separators and padding are understood", arguments: ["\n", "\r\n"],
    [",", ";", "\t"])
  func spreadsheets(lineEnd: String, separator: String) throws {
    let network = try PlanFixtures.network()
    let text = PlanCSV.text(of: PlanFixtures.plan(), network: network)
      .split(separator: "\n")
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).joined(separator: separator) }
    let padded = (text + [String(repeating: separator, count: 9), ""]).joined(separator: lineEnd)
    #expect(try PlanCSV.read(padded, file: "plan.csv", network: network) == PlanFixtures.plan())
  }

  @Test("Columns may stand in any order, and the ones that follow from others may be left out")
  func fewColumns() throws {
    let text = """
      States,Duration_s,OFFSET_S,controller
      GGr,20,5,A
      yyr,3,5,A
      rrG,10,5,A
      """
    let plan = try PlanCSV.read(text, file: "out/night.csv", network: PlanFixtures.network())
    #expect(plan.name == "night")
    let program = try #require(plan.programs[0])
    #expect(program.name == "night")
    #expect(program.offset == 5)
    #expect(program.intervals.map(\.duration) == [20, 3, 10])
    #expect(plan.programs.dropFirst().allSatisfy { $0 == nil })
  }

  @Test("Cut off anywhere, or with any character missing, a table never traps")
  func damage() throws {
    let network = try PlanFixtures.network()
    let scalars = Array(PlanCSV.text(of: PlanFixtures.plan(), network: network).unicodeScalars)
    var failures = 0
    for position in scalars.indices {
      for damaged in [scalars[..<position], scalars[..<position] + scalars[(position + 1)...]] {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: damaged)
        do {
          _ = try PlanCSV.read(String(text), file: "plan.csv", network: network)
        } catch {
          failures += 1
          #expect(error.diagnostics.contains { $0.severity == .error })
        }
      }
    }
    // Most damage is noticed; a missing digit of an offset, for one, is not.
    #expect(failures > scalars.count)
  }

  @Test("seconds are written as people write them")
  func numbers() {
    #expect(PlanText.seconds(77.99999999999999) == "78")
    #expect(PlanText.seconds(0.1 + 0.2) == "0.3")
    #expect(PlanText.seconds(-1e-15) == "0")
    #expect(PlanText.seconds(1.0 / 3) == (1.0 / 3).description)
    #expect(PlanText.roundedSeconds(26 / 1.2) == "21.667")
  }
}
