import Foundation
import Testing
import TrafficModel

@testable import NetworkFormats

/// What every format lives up to, whichever it is.
@Suite("Conformance of formats")
struct FormatConformanceTests {
  /// Places of a file that are tried, at most, evenly spread: an input has several files.
  static let places = 30
  /// Numbers of an input that are tried, at most.
  static let numbers = 60

  @Test("there is a sample of each format that networks are read from")
  func samples() throws {
    let formats = FormatRegistry.shipped.networks.map(\.name)
    #expect(Set(try FormatSample.all().map(\.format)) == Set(formats))
  }

  @Test(
    "a sample is read without errors, by the format that it is of, from the files that it has",
    arguments: try FormatSample.all())
  func reads(sample: FormatSample) throws {
    try FormatSample.withFolder { folder in
      let read = try sample.read(in: folder).get()
      #expect(
        Set(read.files.map { $0.path.split(separator: "/").last.map(String.init) })
          == Set(sample.files.map(\.name)))
      for file in read.files {
        let text = sample.files.first { file.path.hasSuffix("/" + $0.name) }?.text ?? ""
        #expect(try file.bytes() == Array(text.utf8))
      }
      let input = InputFiles(sample.main.map { "\(folder)/\($0)" } ?? folder)
      #expect(try FormatRegistry.shipped.format(of: input).name == sample.format)
      #expect(faults(of: .success(read), sample) == [])
    }
  }

  @Test(
    "what a format writes, it reads; once it has been written, nothing changes any more",
    arguments: try FormatSample.all().filter(\.readsWhatItWrites))
  func roundTrip(sample: FormatSample) throws {
    let format = FormatRegistry.shipped.networks.first { $0.name == sample.format }
    let writer = try #require(format as? any NetworkWriter)
    func written(_ scenario: Scenario) throws -> FormatSample {
      let files = try writer.write(scenario, origin: nil).files
      var written = sample
      written.files = files.map { ($0.name.isEmpty ? "town" + writer.outputEndings[0] : $0.name, $0.text) }
      written.main = files[0].name.isEmpty ? written.files[0].name : nil
      return written
    }
    func read(_ sample: FormatSample) throws -> Scenario {
      try FormatSample.withFolder { try sample.read(in: $0).get().scenario }
    }
    // What the sample has beyond what the format writes is gone after the first time, and with it what it stood for.
    var last = try written(read(sample))
    last = try written(read(last))
    let scenario = try read(last)
    let again = try written(scenario)
    let found = differences(try read(again), scenario, sample)
    #expect(found == [])
    let changed = zip(again.files, last.files).filter { $0.text != $1.text }.map(\.0.name)
    #expect(changed == [] || !sample.keepsLengthsOfWays)
  }

  /// What two scenarios differ in, in a word: whole networks are nothing to read.
  private func differences(_ a: Scenario, _ b: Scenario, _ sample: FormatSample) -> [String] {
    func ways(_ network: Network) -> [LaneConnection] {
      network.connections.map { way in
        var way = way
        guard !sample.keepsLengthsOfWays else { return way }
        // Speed and discharge follow from how long and how bent a way is.
        (way.length, way.speed, way.saturationFlow, way.startUpLostTime) = (0, 0, 0, 0)
        (way.waitingPosition, way.partingPosition) = (nil, nil)
        return way
      }
    }
    func meetings(_ network: Network) -> [[ConnectionConflict]] {
      network.conflicts.map { conflicts in
        conflicts.map { conflict in
          var conflict = conflict
          if !sample.keepsLengthsOfWays { (conflict.meeting, conflict.extent) = (nil, nil) }
          return conflict
        }
      }
    }
    let (x, y) = (a.network, b.network)
    let same = [
      ("name", a.name == b.name), ("junctions", x.junctions == y.junctions), ("links", x.links == y.links),
      ("lanes", x.lanes == y.lanes), ("connections", ways(x) == ways(y)),
      ("conflicts", meetings(x) == meetings(y)), ("crossings", x.crossings == y.crossings),
      ("controllers", x.controllers == y.controllers), ("periods", a.periods == b.periods),
      ("days", a.days == b.days),
    ]
    return same.filter { !$0.1 }.map(\.0)
  }

  // MARK: Damage

  @Test(
    "cut off anywhere, without any one character, or without any one line, an input is read or told about",
    arguments: try FormatSample.all())
  func damage(sample: FormatSample) throws {
    try FormatSample.withFolder { folder in
      for (file, (name, text)) in sample.files.enumerated() {
        let scalars = Array(text.unicodeScalars)
        for place in stride(from: 0, to: scalars.count, by: max(1, scalars.count / Self.places)) {
          let cut = sample.changing(file, to: string(scalars[..<place]))
          let outcome = try cut.read(in: folder)
          #expect(faults(of: outcome, cut) == [], "\(name), the first \(place) characters")
          if isIncomplete(cut.files[file].text, name), case .success = outcome {
            Issue.record("\(name) was read, of which only the first \(place) characters are there")
          }
          let short = sample.changing(file, to: string(scalars[..<place] + scalars[(place + 1)...]))
          #expect(faults(of: try short.read(in: folder), short) == [], "\(name) without character \(place)")
        }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for line in stride(from: 0, to: lines.count, by: max(1, lines.count / Self.places)) {
          let rest = (lines[..<line] + lines[(line + 1)...]).joined(separator: "\n")
          let short = sample.changing(file, to: rest)
          #expect(faults(of: try short.read(in: folder), short) == [], "\(name) without line \(line + 1)")
        }
        _ = try sample.read(in: folder)
      }
    }
  }

  private func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  /// Whether a text is a beginning of JSON, or of XML whose root tells whose it is.
  private func isIncomplete(_ cut: String, _ name: String) -> Bool {
    if name.hasSuffix(".json") { return !cut.isEmpty && !cut.hasSuffix("}\n") && !cut.hasSuffix("]\n") }
    guard name.hasSuffix(".xml") || name.hasSuffix(".sumocfg") else { return false }
    guard let root = cut.firstMatch(of: /<([A-Za-z]+)[ >]/) else { return false }
    return !cut.contains("</\(root.1)>")
  }

  @Test(
    "whatever a number is, an input is read or told about, and what is read can be written",
    arguments: try FormatSample.all())
  func numbers(sample: FormatSample) throws {
    let writer = FormatRegistry.shipped.networkWriters.first { $0.name == sample.format }
    let places = sample.files.indices.flatMap { file in
      Self.numbers(in: sample.files[file].text).map { (file: file, range: $0) }
    }
    try FormatSample.withFolder { folder in
      for index in stride(from: 0, to: places.count, by: max(1, places.count / Self.numbers)) {
        let (file, range) = places[index]
        let text = sample.files[file].text
        for value in ["1e30", "-1", "nan"] {
          let changed = sample.changing(file, to: text.replacingCharacters(in: range, with: value))
          let outcome = try changed.read(in: folder)
          let line = text[..<range.lowerBound].count { $0 == "\n" } + 1
          let what: Comment = "\(sample.files[file].name):\(line): \(value) for \(text[range])"
          #expect(faults(of: outcome, changed) == [], what)
          switch outcome {
          case .success(let read): _ = try writer?.write(read.scenario, origin: nil)
          case .failure(let failure):
            #expect(failure.diagnostics.filter { !isPlaced($0) }.map(\.text) == [], what)
          }
        }
        _ = try sample.changing(file, to: text).read(in: folder)
      }
    }
  }

  /// Where numbers stand that are no parts of words.
  static func numbers(in text: String) -> [Range<String.Index>] {
    text.ranges(of: /-?[0-9]+(\.[0-9]+)?/).filter { range in
      let before = range.lowerBound > text.startIndex ? text[text.index(before: range.lowerBound)] : " "
      let after = range.upperBound < text.endIndex ? text[range.upperBound] : " "
      return ![before, after].contains { $0.isLetter || $0.isNumber || $0 == "_" }
    }
  }

  // MARK: Faults

  /// What is wrong with how reading ended: nothing, when it is a scenario of finite numbers, or errors that say where.
  func faults(of outcome: Result<ReadScenario, InputFailure>, _ sample: FormatSample) -> [String] {
    switch outcome {
    case .success(let read): return SoundScenario.faults(of: read.scenario)
    case .failure(let failure):
      let isError = failure.diagnostics.contains { $0.severity == .error }
      return (isError ? [] : ["no error"]) + failure.diagnostics.compactMap { misplaced($0, sample) }
    }
  }

  /// Whether an error has a line, and a column where its text does not stand in XML, which tells the lines of elements.
  private func isPlaced(_ diagnostic: Diagnostic) -> Bool {
    let place = diagnostic.location
    let isXML = place.file.hasSuffix(".xml") || place.file.hasSuffix(".sumocfg")
    return diagnostic.severity == .warning || place.line != nil && (place.column != nil || isXML)
  }

  /// A diagnostic that is of none of the files, or whose caret stands outside its line.
  private func misplaced(_ diagnostic: Diagnostic, _ sample: FormatSample) -> String? {
    let place = diagnostic.location
    let file = sample.files.first { place.file.hasSuffix("/" + $0.name) }
    guard file != nil || place.file.hasSuffix("/town") || place.line == nil else {
      return "no file: \(diagnostic.text)"
    }
    if let line = place.line, let file {
      let count = file.text.unicodeScalars.count { $0 == "\n" } + 1
      guard (1...count).contains(line) else { return "beyond the file: \(diagnostic.text)" }
    }
    if let line = diagnostic.sourceLine, let column = place.column {
      guard (1...line.unicodeScalars.count + 1).contains(column) else {
        return "beyond the line: \(diagnostic.text)"
      }
    }
    return nil
  }
}
