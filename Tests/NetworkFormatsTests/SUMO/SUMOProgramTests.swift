import Foundation
import NetworkBuilding
import Testing
import TrafficModel

@testable import NetworkFormats

@Suite("Programmes of SUMO")
struct SUMOProgramTests {
  /// The only programme of a text, and what is said of it.
  private func program(
    _ text: String, begin: Double = 0, isPlan: Bool = false
  ) throws -> (program: SUMOProgram?, messages: [String]) {
    try SUMOFixture.withFile("<additional>\n\(text)\n</additional>", name: "a.add.xml") { path in
      var log = DiagnosticLog(InputFile(path))
      var found: SUMOProgram?
      try XMLFile.read(InputFile(path), roots: SUMOReader.roots) {
        found = SUMOProgram($0, begin: begin, isPlan: isPlan, log: &log)
      }
      return (found, log.diagnostics.map(\.message))
    }
  }

  /// The states shown from `begin` on, each with the time from which it is shown.
  private func changes(_ program: SUMOProgram, from begin: Int, to end: Int) -> [(Int, String)] {
    let model = SignalProgram(
      controller: ControllerID(0), name: "", offset: program.offset, intervals: program.intervals)
    var found: [(Int, String)] = []
    for time in begin..<end {
      let shown = model.states(at: Double(time)).map(\.rawValue).joined()
      if found.last?.1 != shown { found.append((time, shown)) }
    }
    return found
  }

  // MARK: Jumps

  /// The first group that is green, or yellow, as `0` and `y0`.
  private func short(_ state: String) -> String {
    if let green = state.firstIndex(of: "G") { return "\(state.distance(from: state.startIndex, to: green))" }
    return state.firstIndex(of: "y").map { "y\(state.distance(from: state.startIndex, to: $0))" } ?? ""
  }

  /// What SUMO 1.28 shows (its `SaveTLSStates`).
  @Test(
    "jumps are followed from the phase that SUMO begins in",
    arguments: [
      (0, 0, [3: "0"], "0 0, 30 y0, 33 4, 83 y4, 86 0, 116 y0, 119 4, 169 y4, 172 0"),
      (0, 3600, [3: "0"], "3612 0, 3642 y0, 3645 4, 3695 y4, 3698 0, 3728 y0, 3731 4"),
      (20, 3650, [3: "0"], "3650 0, 3662 y0, 3665 4, 3715 y4, 3718 0, 3748 y0, 3751 4"),
      (-15, 3600, [3: "0"], "3600 0, 3627 y0, 3630 4, 3680 y4, 3683 0, 3713 y0, 3716 4"),
      (0, 0, [1: "2", 3: "2 4"], "33 4, 83 y4, 86 4, 136 y4, 139 4, 189 y4, 192 4"),
      (20, 0, [1: "2", 3: "2 4"], "53 4, 103 y4, 106 4, 156 y4, 159 4"),
      (0, 3650, [5: "2"], "3650 4, 3695 y4, 3698 8, 3738 y8, 3741 4, 3791 y4, 3794 8"),
      (-15, 0, [5: "2"], "18 4, 68 y4, 71 8, 111 y8, 114 4, 164 y4, 167 8"),
    ] as [(Int, Int, [Int: String], String)])
  func jumps(offset: Int, begin: Int, next: [Int: String], shown: String) throws {
    let states = [
      "GGGgrrrrGGGgrrrr", "yyyyrrrryyyyrrrr", "rrrrGGGgrrrrGGGg", "rrrryyyyrrrryyyy", "rrrrrrrrGGGgrrrr",
      "rrrrrrrryyyyrrrr",
    ]
    let phases = zip([30, 3, 50, 3, 40, 3], states).enumerated().map { index, phase in
      "<phase duration='\(phase.0)' state='\(phase.1)'\(next[index].map { " next='\($0)'" } ?? "")/>"
    }
    let read = try program(
      "<tlLogic id='c' offset='\(offset)'>\(phases.joined())</tlLogic>", begin: Double(begin))
    let found = try #require(read.program)
    #expect(read.messages.isEmpty)
    #expect(found.control == .fixedTime)
    let expected = shown.split(separator: ", ").map(String.init)
    let first = try #require(expected.first?.split(separator: " ").first.flatMap { Int($0) })
    let changes = changes(found, from: first, to: first + 300).map { "\($0.0) \(short($0.1))" }
    #expect(Array(changes.prefix(expected.count)) == expected)
  }

  @Test("a jump to nowhere is an error")
  func jumpToNowhere() throws {
    let phases = "<phase duration='9' state='G' next='2'/><phase duration='9' state='r' next='x'/>"
    let read = try program("<tlLogic id='c'>\(phases)</tlLogic>")
    #expect(read.program == nil)
    #expect(read.messages == ["signal 'c': 'next' must be numbers of phases, not 'x'"])
    let other = try program(
      "<tlLogic id='c'><phase duration='9' state='G' next='2'/><phase duration='9' state='r'/></tlLogic>")
    #expect(other.program == nil)
    #expect(other.messages == ["signal 'c': a phase jumps to number 2, they go from 0 to 1"])
  }

  // MARK: What is not fixed

  @Test(
    "a programme that detectors prolong is told apart, with its usual phases",
    arguments: ["actuated", "delay_based"])
  func responding(kind: String) throws {
    let read = try program(
      """
      <tlLogic id='c' type='\(kind)'><phase minDur='5' maxDur='40' state='Gr'/><phase duration='3' state='yr'/>
      <phase duration='42' minDur='5' maxDur='50' state='rG'/><phase minDur='3' state='ry'/></tlLogic>
      """)
    let found = try #require(read.program)
    let isPlayed = kind == "actuated"
    #expect(found.control == (isPlayed ? .actuated(kind: kind) : .responding(kind: kind)))
    #expect(found.intervals.map(\.duration) == [40, 3, 42, 3])
    #expect(read.messages.count == (isPlayed ? 0 : 1))
    #expect(read.messages.allSatisfy { $0.contains("is not played") })
  }

  @Test("what an actuated programme says is taken over, with SUMO's defaults for the rest")
  func actuated() throws {
    let found = try #require(
      try program(
        """
        <tlLogic id='c' type='actuated' offset='7'><param key='max-gap' value='2.5'/><param key='coordinated' value='true'/>
        <param key='jam-threshold:a_0' value='20'/><param key='a_1' value='NO_DETECTOR'/><param key='note' value='x'/>
        <phase duration='30' minDur='5' state='Gr' next='1 2' earliestEnd='10' latestEnd='50'/>
        <phase duration='3' state='yr'/><phase duration='20' minDur='6' maxDur='40' state='rG'/></tlLogic>
        """
      ).program?.actuation)
    #expect(found.phases.map(\.minimum) == [5, 3, 6])
    #expect(found.phases.map(\.maximum) == [2_147_483, 3, 40])
    #expect(found.phases.map(\.usual) == [30, 3, 20])
    #expect(found.phases.map(\.next) == [[1, 2], [2], [0]])
    #expect(found.phases[0].earliestEnd == 10 && found.phases[0].latestEnd == 50)
    #expect(
      (found.maxGap, found.detectorGap, found.passingTime, found.inactiveThreshold) == (2.5, 2, 1.9, 180))
    #expect(found.offset == 7 && found.isCoordinated && found.cycleTime == nil)
    #expect(found.number("jam-threshold", ofLane: "a_0") == 20)
    #expect(found.lanesWithout == ["a_1"])
  }

  @Test(
    "what an actuated programme asks for beyond that is not played, and the reason is told",
    arguments: [
      ("<param key='linkMaxDur:0' value='9'/>", "", "'linkMaxDur:0'"),
      ("<param key='vTypes' value='bus'/>", "", "'vTypes'"),
      ("", " earlyTarget='x'", "'earlyTarget' in its phases"),
      ("", " maxDur='-1'", "conditions for 'maxDur' in its phases"),
      ("", " minDur='0'", "a phase that may last 0 s"),
      ("", " minDur='9' maxDur='8'", "a phase that lasts from 9 to 8 s"),
    ])
  func notPlayed(parameter: String, attribute: String, reason: String) throws {
    let read = try program(
      "<tlLogic id='c' type='actuated'>\(parameter)<phase duration='9' state='Gr'\(attribute)/><phase duration='3' state='yr'/></tlLogic>"
    )
    #expect(read.program?.control == .responding(kind: "actuated"))
    #expect(read.program?.actuation == nil)
    #expect(
      read.messages == [
        "signal 'c': the actuated programme '' is not played (\(reason)): its phases' usual durations stand for it"
      ])
  }

  @Test("settings of an actuated programme that are no numbers are errors, all at once")
  func noNumbers() throws {
    let read = try program(
      "<tlLogic id='c' type='actuated'><param key='max-gap' value='much'/><phase duration='9' minDur='few' state='Gr'/></tlLogic>"
    )
    #expect(
      read.messages.filter { !$0.contains("is not played") } == [
        "'max-gap' must be a finite number, not 'much'", "'minDur' must be a finite number, not 'few'",
      ])
  }

  @Test(
    "what is not understood is doubtful, and says why",
    arguments: [
      (
        "<tlLogic id='c' type='sotl_phase'><phase duration='9' state='G'/></tlLogic>",
        "a programme of the type 'sotl_phase' is not played"
      ),
      (
        "<tlLogic id='c'><phase duration='9' state='G' yellow='4' red='2'/></tlLogic>",
        "'red', 'yellow' in its phases are not understood"
      ),
      (
        "<tlLogic id='c'><phase duration='9' state='G' vehext='2'/></tlLogic>",
        "'vehext' in its phases is not understood"
      ),
    ])
  func doubtful(text: String, reason: String) throws {
    let read = try program(text)
    #expect(read.program?.control == .doubtful(reason: reason))
    #expect(read.messages.count == 1)
    #expect(read.program?.yellow == (text.contains("yellow='4'") ? 4 : nil))
    #expect(read.program?.allRed == (text.contains("red='2'") ? 2 : nil))
  }

  @Test("a plan has static programmes only", arguments: ["actuated", "NEMA", "unheard-of"])
  func plans(kind: String) throws {
    let read = try program(
      "<tlLogic id='c' type='\(kind)'><phase duration='9' state='G'/></tlLogic>", isPlan: true)
    #expect(read.program == nil && read.messages.count == 1)
  }

  @Test("offsets beyond thirty years are a mistake", arguments: ["1e30", "-1e300", "1e10"])
  func offsets(offset: String) throws {
    let read = try program("<tlLogic id='c' offset='\(offset)'><phase duration='9' state='G'/></tlLogic>")
    #expect(read.program == nil)
    #expect(read.messages == ["signal 'c': an offset is at most 1000000000 s, not '\(offset)'"])
  }

  // MARK: Rings

  private static let greens = [
    1: "rrrGrrrrrrrrrrrr", 2: "rrrrrrrrGGGrrrrr", 3: "rrrrrrrGrrrrrrrr", 4: "rrrrrrrrrrrrGGGr",
    5: "rrrrrrrrrrrGrrrr", 6: "GGGrrrrrrrrrrrrr", 7: "rrrrrrrrrrrrrrrG", 8: "rrrrGGGrrrrrrrrr",
  ]

  private func nema(
    ring1: String, ring2: String, barriers: (String, String), kind: String = "TS2", offset: Int,
    cycle: Int = 88
  ) -> String {
    let lengths = [1: 10, 2: 30, 3: 12, 4: 20, 5: 15, 6: 25, 7: 16, 8: 16]
    let parameters = [
      ("total-cycle-length", "\(cycle)"), ("ring1", ring1), ("ring2", ring2), ("barrierPhases", barriers.0),
      ("barrier2Phases", barriers.1), ("coordinate-mode", "true"), ("controllerType", kind),
    ].map { "<param key='\($0.0)' value='\($0.1)'/>" }
    let phases = (1...8).map {
      "<phase duration='99' minDur='5' maxDur='\(lengths[$0] ?? 0)' yellow='3' red='1' name='\($0)' state='\(Self.greens[$0] ?? "")'/>"
    }
    return
      "<tlLogic id='c' type='NEMA' offset='\(offset)'>\(parameters.joined())\(phases.joined())</tlLogic>"
  }

  /// What SUMO 1.28 shows with a maximum recall of every phase, once it is in step with its cycle.
  @Test("rings show what SUMO shows when every phase is called and lasts as long as it may")
  func rings() throws {
    let read = try program(nema(ring1: "3,4,1,2", ring2: "7,8,5,6", barriers: ("4,8", "2,6"), offset: 10))
    let found = try #require(read.program)
    #expect(found.control == .doubtful(reason: "a programme of the type 'NEMA' is not played"))
    #expect((found.yellow, found.allRed) == (3, 1))
    #expect(found.intervals.reduce(0) { $0 + $1.duration } == 88)
    let shown = changes(found, from: 362, to: 455).map { "\($0.0) \($0.1)" }
    #expect(
      shown == [
        "362 rrrrrrrrGGGGrrrr", "363 rrrrrrrrGGGyrrrr", "366 rrrrrrrrGGGrrrrr", "367 GGGrrrrrGGGrrrrr",
        "392 yyyrrrrryyyrrrrr", "395 rrrrrrrrrrrrrrrr", "396 rrrrrrrGrrrrrrrG", "408 rrrrrrryrrrrrrrG",
        "411 rrrrrrrrrrrrrrrG", "412 rrrrrrrrrrrrGGGy", "415 rrrrrrrrrrrrGGGr", "416 rrrrGGGrrrrrGGGr",
        "432 rrrryyyrrrrryyyr", "435 rrrrrrrrrrrrrrrr", "436 rrrGrrrrrrrGrrrr", "446 rrryrrrrrrrGrrrr",
        "449 rrrrrrrrrrrGrrrr", "450 rrrrrrrrGGGGrrrr", "451 rrrrrrrrGGGyrrrr", "454 rrrrrrrrGGGrrrrr",
      ])
  }

  /// When the first phases after the barrier of the uncoordinated ones begin, in SUMO 1.28.
  @Test(
    "offsets are counted as SUMO counts them",
    arguments: [
      ("3,4,1,2", "7,8,5,6", "4,8", "2,6", "TS2", 10, 396),
      ("3,4,2,1", "7,8,5,6", "4,8", "1,6", "TS2", 25, 406),
      ("4,3,1,2", "7,8,6,5", "3,8", "2,5", "TS2", 0, 386),
      ("3,4,1,2", "7,8,5,6", "4,8", "2,6", "Type170", 10, 450),
      ("3,4,2,1", "7,8,5,6", "4,8", "1,6", "Type170", 25, 377),
      ("4,3,1,2", "7,8,6,5", "3,8", "2,5", "Type170", 0, 440),
    ] as [(String, String, String, String, String, Int, Int)])
  func offsetsOfRings(
    ring1: String, ring2: String, first: String, second: String, kind: String, offset: Int, begin: Int
  ) throws {
    let read = try program(
      nema(ring1: ring1, ring2: ring2, barriers: (first, second), kind: kind, offset: offset))
    let found = try #require(read.program)
    let seventh = changes(found, from: begin - 2, to: begin + 2)
    #expect(seventh.last?.0 == begin)
    #expect(seventh.last?.1.hasSuffix("G") == true && seventh.first?.1.hasSuffix("r") == true)
  }

  @Test("two phases on each side of the barriers, absent ones named 0")
  func absentPhases() throws {
    let states = [2: "GGGgrrrrrrrrrrrr", 4: "rrrrGGGgrrrrrrrr", 6: "rrrrrrrrGGGgrrrr", 8: "rrrrrrrrrrrrGGGg"]
    let phases = [2, 4, 6, 8].map {
      "<phase duration='1' minDur='6' maxDur='\($0 % 4 == 2 ? 50 : 30)' yellow='3' red='2' name='\($0)' state='\(states[$0] ?? "")'/>"
    }
    let parameters = [
      ("ring1", "0,2,0,4"), ("ring2", "0,6,0,8"), ("barrierPhases", "2,6"), ("barrier2Phases", "4,8"),
      ("total-cycle-length", "90"),
    ].map { "<param key='\($0.0)' value='\($0.1)'/>" }
    let read = try program(
      "<tlLogic id='c' type='NEMA' offset='10'>\(parameters.joined())\(phases.joined())</tlLogic>")
    let found = try #require(read.program)
    #expect(
      changes(found, from: 100, to: 190).map { "\($0.0) \($0.1)" } == [
        "100 rrrrGGGgrrrrGGGg", "130 rrrryyyyrrrryyyy", "133 rrrrrrrrrrrrrrrr", "135 GGGgrrrrGGGgrrrr",
        "185 yyyyrrrryyyyrrrr", "188 rrrrrrrrrrrrrrrr",
      ])
  }

  @Test("damaged rings end in a programme with yellow and red all the same, never in a trap")
  func damagedRings() throws {
    let whole = nema(ring1: "3,4,1,2", ring2: "7,8,5,6", barriers: ("4,8", "2,6"), offset: 10)
    let damages = [
      ("3,4,1,2", ""), ("7,8,5,6", "9,9"), ("'4,8'", "''"), ("'2,6'", "'x'"), ("'88'", "'1e30'"),
      ("'88'", "'-5'"),
      ("'88'", "'nan'"), ("value='3,4,1,2'", ""), ("ring1", "ring9"), ("ring", "rung"),
    ]
    for (text, other) in damages {
      let read = try program(whole.replacingOccurrences(of: text, with: other))
      let found = try #require(read.program)
      #expect(!found.intervals.isEmpty)
      #expect(found.intervals.allSatisfy { $0.duration > 0 && $0.duration.isFinite })
      let model = SignalProgram(
        controller: ControllerID(0), name: "", offset: found.offset, intervals: found.intervals)
      for group in 0..<16 {
        for run in model.runs(ofGroup: group, where: \.isGreen) where run.count < model.intervals.count {
          let next = model.intervals[(run.first + run.count) % model.intervals.count]
          #expect(next.states[group] == .yellow, "\(text) → \(other), group \(group)")
        }
      }
    }
  }
}
