import Foundation
import Testing

@Suite("Files that are written")
struct OutputFileTests {
  private func scratch() throws -> Scratch {
    let scratch = try Scratch()
    try scratch.write("network.yaml", SmallNetwork.text)
    return scratch
  }

  @Test("a file that is replaced keeps who may read it, a link stays a link, and nothing else is left")
  func replaced() throws {
    let scratch = try scratch()
    let old = try scratch.write("old.yaml", "old")
    #expect(chmod(old, 0o640) == 0)
    try FileManager.default.createSymbolicLink(
      atPath: scratch.file("link.yaml").path, withDestinationPath: "old.yaml")
    let outcome = try Tool.run(
      ["convert", "network.yaml", "link.yaml", "--to", "native"], in: scratch.folder)
    #expect(outcome.code == 0, "\(outcome.messages)")
    let attributes = try FileManager.default.attributesOfItem(atPath: old)
    #expect(attributes[.posixPermissions] as? Int == 0o640)
    #expect(try String(contentsOfFile: old, encoding: .utf8).contains("greenwave-detailed: 1"))
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: scratch.file("link.yaml").path) == "old.yaml")
    #expect(try scratch.contents() == ["link.yaml", "network.yaml", "old.yaml"])
  }

  @Test("where one of several files cannot be written, all are as they were")
  func allOrNone() throws {
    let scratch = try scratch()
    let folder = scratch.file("sumo")
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("network.tll.xml/taken"), withIntermediateDirectories: true)
    try Data("old".utf8).write(to: folder.appendingPathComponent("network.nod.xml"))
    let outcome = try Tool.run(["convert", "network.yaml", "sumo", "--to", "sumo"], in: scratch.folder)
    #expect(outcome.code == 73)
    #expect(try scratch.contents("sumo") == ["network.nod.xml", "network.tll.xml"])
    let kept = try String(contentsOf: folder.appendingPathComponent("network.nod.xml"), encoding: .utf8)
    #expect(kept == "old")
  }

  @Test("a signal in the midst of writing leaves nothing hidden", arguments: [SIGTERM, SIGINT, SIGHUP])
  func ended(signal: Int32) throws {
    let scratch = try scratch()
    try FileManager.default.createDirectory(at: scratch.file("sumo"), withIntermediateDirectories: true)
    // Nobody reads from it, so that the tool waits, with the files before it written.
    let pipe = scratch.file("sumo/network.tll.xml").path
    #expect(mkfifo(pipe, 0o600) == 0)
    let process = Process()
    process.executableURL = Tool.path
    process.arguments = ["convert", "network.yaml", "sumo", "--to", "sumo", "-q"]
    process.currentDirectoryURL = scratch.folder
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    // Threads of tests block signals, and what they start would, too.
    var (none, before) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    try process.run()
    pthread_sigmask(SIG_SETMASK, &before, nil)
    let end = Date(timeIntervalSinceNow: 20)
    while try scratch.contents("sumo").count < 2, Date() < end { usleep(10_000) }
    #expect(try scratch.contents("sumo").contains { $0.hasPrefix(".") }, "the tool has begun to write")
    kill(process.processIdentifier, signal)
    while process.isRunning, Date() < end { usleep(10_000) }
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal && process.terminationStatus == signal)
    #expect(try scratch.contents("sumo") == ["network.tll.xml"])
  }

  @Test("names of inputs and outputs order a terminal nothing, on both streams")
  func names() throws {
    let scratch = try Scratch()
    let name = "a\u{1b}[31mb"
    try scratch.write(
      "\(name).yaml", SmallNetwork.text.replacing("name: 新华路口", with: "name: " + "\"x\\e[2Jyy\""))
    let right = try Tool.run(["check", "\(name).yaml"], in: scratch.folder)
    #expect(right.code == 0, "\(right.messages)")
    #expect(right.output.contains("x\u{241b}[2Jyy"))
    let wrong = try Tool.run(["check", "\(name)"], in: scratch.folder)
    #expect(wrong.code == 65)
    for text in [right.output, right.messages, wrong.output, wrong.messages] {
      #expect(!text.unicodeScalars.contains { $0 == "\u{1b}" || $0 == "\u{9b}" }, "\(text)")
    }
  }
}
