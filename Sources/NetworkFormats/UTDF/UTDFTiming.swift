internal import NetworkBuilding
internal import TrafficModel

/// A phase of a ring-barrier controller.
struct UTDFPhase {
  var number: Int
  var barrier: Int
  var ring: Int
  /// Order within ring and barrier.
  var position: Int
  var minimumGreen: Double
  /// Green, yellow and all-red together, s.
  var split: Double
  var yellow: Double
  var allRed: Double
  /// s; nil where it has no pedestrians.
  var walk: Double?
  var dontWalk: Double
  /// Absolute second of the cycle at which it turns green.
  var begin = 0.0
  var place: TextPlace

  /// s of green.
  var green: Double { split - yellow - allRed }
}

/// The event of the reference phases that an offset is the time of.
enum UTDFReference: Int {
  /// The last of them turns green (TS1).
  case lastGreen
  /// The first of them turns yellow.
  case yellow
  /// The first of them has ended its all-red.
  case red
  /// The first of them turns green (TS2).
  case firstGreen
  /// The first flashing don't walk begins.
  case flashingDontWalk

  /// Seconds from a phase's begin to the event.
  func delay(in phase: UTDFPhase) -> Double {
    switch self {
    case .lastGreen, .firstGreen: 0
    case .yellow: phase.green
    case .red: phase.split
    case .flashingDontWalk: phase.walk == nil ? phase.green : max(0, phase.green - phase.dontWalk)
    }
  }

  /// The second of the event in a cycle.
  func time(of phases: [UTDFPhase], cycle: Double) -> Double? {
    guard let first = phases.first else { return nil }
    let anchor = first.begin + delay(in: first)
    // Reference phases run beside each other: the one less than half a cycle behind is later.
    let distances = phases.map { phase -> Double in
      let distance = (phase.begin + delay(in: phase) - anchor).wrapped(in: cycle)
      return distance > cycle / 2 ? distance - cycle : distance
    }
    let chosen = self == .lastGreen ? distances.max() : distances.min()
    return (anchor + (chosen ?? 0)).wrapped(in: cycle)
  }
}

/// When the phases of a controller are green.
struct UTDFTiming {
  /// Node whose rows describe the controller.
  var node: UTDFNodeID
  /// Nodes that it runs.
  var members: [UTDFNodeID]
  var cycle = 0.0
  /// With their begins, in order of number.
  var phases: [UTDFPhase] = []
  /// The event that the offset is the time of; nil where the file names none that is known.
  private(set) var reference: UTDFReference?
  /// Numbers of the reference phases that the file names.
  private(set) var referenceNumbers: [Int] = []
  var place: TextPlace

  /// Tenths of a second are rounded twice in exported files.
  private static let slack = 0.16

  func phase(_ number: Int) -> UTDFPhase? { phases.first { $0.number == number } }

  /// Reads the timing of a controller; nil, with errors in the log, when there is none to be had.
  init?(node: UTDFNodeID, _ file: UTDFFile, settings: UTDFSettings, _ log: inout DiagnosticLog) {
    let plans = file[.timeplans]
    self.node = node
    place =
      plans.row("cyclelength", node)?.place ?? file[.phases].row("brp", node)?.place
      ?? TextPlace(line: 1, column: 1)
    func data(_ record: String) -> Located<String>? {
      plans[record.lowercased().filter { $0 != " " }, node, "DATA"]
    }
    func whole(_ record: String, _ range: ClosedRange<Int>, _ log: inout DiagnosticLog) -> Int? {
      UTDFNumber.whole(data(record), record, range, &log)
    }
    members = [node]
    for number in 0...7 {
      let record = "Node \(number)"
      guard let other = UTDFNodeID.read(data(record), record, &log) else { continue }
      if !members.contains(other) { members.append(other) }
    }
    let written = UTDFNumber.value(data("Cycle Length"), "Cycle Length", .utdfCycle, &log)
    phases = Self.phases(of: node, file, settings: settings, cycle: written, &log)
    // Two phases are packed as hundreds and units.
    if let packed = whole("Reference Phase", 0...9999, &log) {
      referenceNumbers = [packed / 100, packed % 100]
    }
    let kind = whole("Referenced To", 0...99, &log) ?? 0
    reference = UTDFReference(rawValue: kind)
    let offset = UTDFNumber.value(data("Offset"), "Offset", .utdfCycleTime, &log) ?? 0
    guard !phases.isEmpty else { return nil }
    if reference == nil {
      log.warning(
        "'Referenced To' is 0 to 4, not \(kind): first green is assumed",
        at: data("Referenced To")?.place ?? place)
    }
    let references = referencePhases
    cycle = written ?? 0
    let total = arrange(cycle: written, references: references.map(\.number), &log)
    if takeBegins(file, cycle: written, isComplete: total, &log) {
      let shown = (reference ?? .firstGreen).time(
        of: references.compactMap { phase($0.number) }, cycle: cycle)
      let offsetLine = plans.row("offset", node)?.place.line ?? 0
      let beginLine = file[.phases].row("start", node)?.place.line ?? 0
      guard let shown, plans.row("offset", node) != nil else { return }
      let difference = (offset - shown).wrapped(in: cycle)
      guard min(difference, cycle - difference) > Self.slack else { return }
      if offsetLine > beginLine {
        shift(by: difference)
      } else {
        log.warning(
          "the offset is \(plainNumber(offset)) s, the phases' Start and End make it \(plainNumber((shown * 10).rounded() / 10)) s, which counts",
          at: plans["offset", node, "DATA"]?.place ?? place)
      }
    } else if let local = (reference ?? .firstGreen).time(
      of: references.compactMap { phase($0.number) }, cycle: cycle)
    {
      shift(by: offset - local)
    }
  }

  private mutating func shift(by seconds: Double) {
    for index in phases.indices { phases[index].begin = (phases[index].begin + seconds).wrapped(in: cycle) }
  }

  /// The phases that are named; where none is, the first of the first barrier.
  private var referencePhases: [UTDFPhase] {
    let named = referenceNumbers.compactMap { phase($0) }
    if !named.isEmpty { return named }
    let first = phases.map { ($0.barrier, $0.ring, $0.position, $0.number) }.min { $0 < $1 }
    return first.flatMap { phase($0.3) }.map { [$0] } ?? []
  }

  /// s; a shorter green is none.
  private static let shortestGreen = 0.1
  /// s, with yellow and all-red.
  private static let longestSplit = 1000.0

  private static func phases(
    of node: UTDFNodeID, _ file: UTDFFile, settings: UTDFSettings, cycle: Double?, _ log: inout DiagnosticLog
  ) -> [UTDFPhase] {
    let table = file[.phases]
    var found: [UTDFPhase] = []
    for column in table.columns {
      guard let number = Int(column.dropFirst()), number > 0, column == "D\(number)" else { continue }
      func value(
        _ record: String, in rule: NumberRule = .phaseTime, _ log: inout DiagnosticLog
      ) -> Double? {
        UTDFNumber.value(table[record.lowercased(), node, column], record, rule, &log)
      }
      var green = value("MaxGreen", &log)
      let yellow = value("Yellow", &log) ?? settings.yellow
      let allRed = value("AllRed", &log) ?? settings.allRed
      if green == nil, let begin = value("Start", in: .utdfCycleTime, &log),
        let end = value("End", in: .utdfCycleTime, &log), let cycle
      {
        green = (end - begin).wrapped(in: cycle) - yellow - allRed
      }
      guard let green else { continue }
      let field = table["maxgreen", node, column] ?? table["brp", node, column]
      let place = field?.place ?? TextPlace(line: 1, column: 1)
      let split = green + yellow + allRed
      guard green >= shortestGreen, split <= longestSplit else {
        if green < 0 {
          log.error("phase \(number) has a green of \(plainNumber(green)) s", at: place)
        } else if green < shortestGreen {
          log.warning("phase \(number) has no green, it is not read", at: place)
        } else {
          log.error(
            "phase \(number) lasts \(plainNumber(split)) s, which is longer than any cycle (\(plainNumber(longestSplit)) s)",
            at: place)
        }
        continue
      }
      let told = UTDFNumber.whole(table["brp", node, column], "BRP", UTDFNumber.codes, &log)
      guard let code = brp(of: number, told, at: place, &log) else { continue }
      found.append(
        UTDFPhase(
          number: number, barrier: code.barrier, ring: code.ring, position: code.position,
          minimumGreen: value("MinGreen", &log) ?? min(green, 4), split: split,
          yellow: yellow, allRed: allRed, walk: value("Walk", &log).flatMap { $0 > 0 ? $0 : nil },
          dontWalk: value("DontWalk", &log) ?? 0, place: place))
    }
    return found.sorted { $0.number < $1.number }
  }

  /// Barrier, ring and position; where the file has none, those of the usual dual ring.
  private static func brp(
    of number: Int, _ code: Int?, at place: TextPlace, _ log: inout DiagnosticLog
  ) -> (barrier: Int, ring: Int, position: Int)? {
    if let code {
      if code >= 111, code <= 999, code / 10 % 10 > 0, code % 10 > 0 {
        return (code / 100, code / 10 % 10, code % 10)
      }
      log.error("BRP is barrier, ring and position, a digit each, not \(code)", at: place)
      return nil
    }
    guard (1...8).contains(number) else {
      log.error("phase \(number) has no BRP", at: place)
      return nil
    }
    let usual = [111, 112, 211, 212, 121, 122, 221, 222][number - 1]
    return (usual / 100, usual / 10 % 10, usual % 10)
  }

  /// Lets the phases of each ring follow each other from second 0, the rings waiting for each other at the barriers.
  ///
  /// - Returns: whether the splits alone make the rings meet and fill the cycle.
  private mutating func arrange(
    cycle written: Double?, references: [Int], _ log: inout DiagnosticLog
  ) -> Bool {
    var isComplete = true
    var time = 0.0
    let barriers = Set(phases.map(\.barrier)).sorted()
    func length(_ barrier: Int) -> Double {
      Dictionary(grouping: phases.filter { $0.barrier == barrier }, by: \.ring).values
        .map { $0.reduce(0) { $0 + $1.split } }.max() ?? 0
    }
    let sum = barriers.reduce(0) { $0 + length($1) }
    cycle = max(written ?? sum, sum)
    var spare = cycle - sum
    if abs(sum - (written ?? sum)) > Self.slack { isComplete = false }
    let waiting = phases.first { references.contains($0.number) }?.barrier ?? barriers.last
    for barrier in barriers {
      let rest = barrier == waiting ? spare : 0
      if barrier == waiting { spare = 0 }
      let end = time + length(barrier) + rest
      for ring in Set(phases.filter { $0.barrier == barrier }.map(\.ring)).sorted() {
        let members = phases.indices.filter { phases[$0].barrier == barrier && phases[$0].ring == ring }
          .sorted { (phases[$0].position, $0) < (phases[$1].position, $1) }
        var begin = time
        for index in members {
          phases[index].begin = begin
          begin += phases[index].split
        }
        guard end - begin > 1e-9, let last = members.last else { continue }
        if end - begin - rest > Self.slack { isComplete = false }
        // The rest goes to a reference phase, where this ring has one here: it waits for the others with its green.
        let taker = members.first { references.contains(phases[$0].number) } ?? last
        phases[taker].split += end - begin
        for index in members where phases[index].begin > phases[taker].begin {
          phases[index].begin += end - begin
        }
      }
      time = end
    }
    needsWord = isComplete ? nil : (sum, written)
    return isComplete
  }

  /// Sum of the splits and the cycle, where they do not fit.
  private var needsWord: (sum: Double, cycle: Double?)?

  /// Takes over the begins and ends that the file gives, where they agree with the splits or the splits do not fit.
  ///
  /// - Returns: whether it did.
  private mutating func takeBegins(
    _ file: UTDFFile, cycle written: Double?, isComplete: Bool, _ log: inout DiagnosticLog
  ) -> Bool {
    let table = file[.phases]
    var times: [(begin: Double, split: Double)] = []
    for phase in phases {
      let column = "D\(phase.number)"
      guard let begin = UTDFNumber.value(table["start", node, column], "Start", .utdfCycleTime, &log),
        let end = UTDFNumber.value(table["end", node, column], "End", .utdfCycleTime, &log), let written
      else { break }
      let split = (end - begin).wrapped(in: written)
      times.append((begin.wrapped(in: written), split == 0 ? written : split))
    }
    let isGiven = times.count == phases.count
    let agrees = isGiven && zip(phases, times).allSatisfy { abs($0.split - $1.split) <= Self.slack }
    let fits = isGiven && zip(phases, times).allSatisfy { $1.split > $0.yellow + $0.allRed }
    guard let written, agrees || (!isComplete && fits) else {
      if isGiven {
        log.warning(
          "Start and End do not agree with the splits (MaxGreen + Yellow + AllRed), which count",
          at: table.row("start", node)?.place ?? place)
      }
      if let (sum, cycle) = needsWord {
        log.warning(
          "the splits of controller \(node) add up to \(plainNumber((sum * 10).rounded() / 10)) s\(cycle.map { ", its cycle is \(plainNumber($0)) s" } ?? "") or its rings do not meet at the barriers: phases wait with their green",
          at: place)
      }
      return false
    }
    cycle = written
    for (index, time) in times.enumerated() {
      phases[index].begin = time.begin
      phases[index].split = time.split
    }
    return true
  }
}
