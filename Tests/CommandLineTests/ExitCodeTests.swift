import Foundation
import Testing

@Suite("Wrong use and wrong input")
struct ExitCodeTests {
  /// Arguments, of which NETWORK, FOLDER and others stand for paths, with the exit code and part of the message.
  struct Case: CustomTestStringConvertible, Sendable {
    var arguments: String
    var code: Int32
    var message: String
    var testDescription: String { arguments }

    init(_ arguments: String, _ code: Int32, _ message: String) {
      self.arguments = arguments
      self.code = code
      self.message = message
    }
  }

  private static let cases = [
    Case("optimise NETWORK", 64, "2 unexpected arguments: 'optimise'"),
    Case("optimize", 64, "Missing expected argument"),
    Case("optimize NETWORK --fast", 64, "Unknown option '--fast'"),
    Case("optimize NETWORK --objective speed", 64, "'speed' is invalid"),
    Case("optimize NETWORK --cycle nan", 64, "'nan' is invalid"),
    Case("optimize NETWORK --cycle -5", 64, "--cycle"),
    Case("optimize NETWORK --cycle 1e300", 64, "'1e300' is invalid"),
    Case("optimize NETWORK --max-change inf", 64, "--max-change must be from 0 to 3600 seconds"),
    Case("optimize NETWORK --stages some", 64, "'some' is invalid"),
    Case("optimize NETWORK --cycles 90:60", 64, "'90:60' is invalid"),
    Case("optimize NETWORK --max-loss much", 64, "'much' is invalid"),
    Case("optimize NETWORK --min-green 61", 64, "--min-green must be from 0 to 60 seconds"),
    Case("optimize NETWORK --time=-1", 64, "--time must be from 0 to 86400 seconds"),
    Case("optimize NETWORK --time nan", 64, "--time must be from 0 to 86400 seconds"),
    Case("optimize NETWORK --time soon", 64, "'soon' is invalid"),
    Case(
      "optimize NETWORK --period am-paek", 64, "unknown period 'am-paek'\n  note: did you mean 'am-peak'?"),
    Case("optimize NETWORK --freeze 新花", 64, "unknown controller '新花'\n  note: did you mean '新华'?"),
    Case(
      "optimize NETWORK --freeze Times-Square", 64, "unknown controller 'Times-Square'\n  note: known are 新华"),
    Case("optimize NETWORK -o=", 64, "A folder must have a name"),
    Case("simulate NETWORK --seeds 0", 64, "--seeds must be from 1 to 1000"),
    Case("benchmark NETWORK", 64, "Missing expected argument '--plan"),
    Case("export NETWORK --plan PLAN --format pdf", 64, "'pdf' is invalid"),
    Case("convert NETWORK", 64, "Missing expected argument '<output>'"),
    Case(
      "convert NETWORK city.docx", 64, "does not tell the format\n  note: say it with --to; known are native"),
    Case("convert NETWORK NETWORK", 64, "'network.yaml' is the input"),
    Case("convert NETWORK out.yaml --to visio", 64, "'visio' is invalid"),
    Case("generate grid --rows 0 --columns 4", 64, "--rows must be from 1 to 100"),
    Case("generate grid --rows 4 --columns 4 --seed -1", 64, "--seed"),

    Case("check MISSING.yaml", 65, "MISSING.yaml: error: there is no such file"),
    Case("check NETWROK", 65, "there is no such file\n  note: did you mean 'network.yaml'?"),
    Case("check FOLDER", 65, "the folder holds no network of a known kind"),
    Case("check TEXT", 65, "this is not a kind of file that describes a network"),
    Case("check EMPTY", 65, "error: "),
    Case("check BROKEN.yaml", 65, "BROKEN.yaml:3:1: error: the YAML is not well-formed"),
    Case("check BROKEN.net.xml --routes TEXT", 65, "BROKEN.net.xml"),
    Case("check BROKEN.net.xml", 65, "a SUMO network has no demand of its own"),
    Case("check BROKEN.gz", 65, "the gzip data ends too soon"),
    Case("check NETWORK --routes TEXT", 65, "route files go with a SUMO network"),
    Case("convert MISSING.yaml out.yaml", 65, "MISSING.yaml: error: there is no such file"),
    Case("check NETWORK --plan MISSING.csv", 65, "MISSING.csv: error: there is no such file"),
    Case("export NETWORK --plan TEXT --format json", 65, "unknown column"),
    Case("optimize NETWORK --plan NETWORK", 65, "error: "),

    Case("optimize NETWORK --cycle 15", 1, "it must be in 40 … 180 s"),
    Case("check NETWORK --plan UNSAFE", 1, "violation"),
    Case("export NETWORK --plan UNSAFE --format csv", 1, "a plan that is not legal is not written"),

    Case("optimize NETWORK -o TEXT/out", 73, "is not a folder"),
    Case("optimize NETWORK -o TEXT", 73, "is not a folder"),
    Case("export NETWORK --plan PLAN --format csv -o FOLDER", 73, "it is a folder"),
    Case("export NETWORK --plan PLAN --format csv -o TEXT/plan.csv", 73, "is not a folder"),
    Case("export NETWORK --plan PLAN --format csv -o MISSING/plan.csv", 73, "cannot be written"),
    Case("generate grid --rows 1 --columns 1 -o MISSING/grid.yaml", 73, "cannot be written"),
    Case("convert NETWORK MISSING/out.yaml", 73, "cannot be written"),
    Case("convert NETWORK FOLDER --to native", 73, "it is a folder"),
  ]

  @Test(
    "What is wrong is told, with the documented exit code, and nothing is printed or left", arguments: cases)
  func failures(example: Case) throws {
    let scratch = try Scratch()
    try scratch.write("network.yaml", SmallNetwork.text)
    try scratch.write("TEXT", "once,upon,a,time\n1,2,3,4\n")
    try scratch.write("EMPTY", "")
    try scratch.write("BROKEN.yaml", "greenwave: 1\nname: [unfinished\n")
    try scratch.write("BROKEN.net.xml", "<net><edge id=\"a\"")
    try Data([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]).write(to: scratch.file("BROKEN.gz"))
    try FileManager.default.createDirectory(at: scratch.file("FOLDER"), withIntermediateDirectories: true)
    if example.arguments.contains("PLAN") { try scratch.write("PLAN", Self.plan.get()) }
    if example.arguments.contains("UNSAFE") { try scratch.write("UNSAFE", Self.shortened(Self.plan.get())) }
    let before = try scratch.contents()
    let arguments = example.arguments.split(separator: " ").map { word -> String in
      word == "NETWORK" ? "network.yaml" : word == "NETWROK" ? "netwrok.yaml" : String(word)
    }
    let outcome = try Tool.run(arguments, in: scratch.folder)
    #expect(outcome.code == example.code, "\(outcome.messages)")
    #expect(outcome.messages.contains(example.message), "\(outcome.messages)")
    if !example.arguments.hasPrefix("check NETWORK --plan UNSAFE") { #expect(outcome.output == "") }
    #expect(try scratch.contents() == before)
  }

  @Test("Results that nobody can take are an error, not a trap")
  func fullDevice() throws {
    let scratch = try Scratch()
    try scratch.write("network.yaml", SmallNetwork.text)
    let outcome = try Tool.run(["check", "network.yaml"], in: scratch.folder, output: "/dev/full")
    #expect(outcome.code == 73)
    #expect(outcome.messages.hasPrefix("error: 'standard output' cannot be written"))
  }

  /// A legal plan, made once: it takes a while.
  private static let plan = Result {
    let scratch = try Scratch()
    try scratch.write("network.yaml", SmallNetwork.text)
    let optimized = try Tool.run(
      ["optimize", "network.yaml", "--cycle", "existing", "--time", "0", "-o", "."], in: scratch.folder)
    try #require(optimized.code == 0)
    return try String(contentsOf: scratch.file("plan.csv"), encoding: .utf8)
  }

  /// The plan with its first interval cut to a second.
  private static func shortened(_ plan: String) throws -> String {
    var lines = plan.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let header = lines[0].map { String($0).replacing("\u{FEFF}", with: "") }
    let duration = try #require(header.firstIndex(of: "duration_s"))
    let cycle = try #require(header.firstIndex(of: "cycle_s"))
    lines[1][duration] = "1"
    // The cycle would no longer be the sum; the column may be left out.
    return lines.map { line in
      line.indices.filter { $0 != cycle }.map { String(line[$0]) }.joined(separator: ",")
    }.joined(separator: "\n")
  }
}
