import Foundation
import TestSupport
import Testing
import TrafficModel

@testable import Reporting
@testable import SignalOptimization

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Time-space diagrams")
struct TimeSpaceDiagramTests {
  /// A band as the picture has it: when it passes each signal.
  private struct Band {
    var direction: String
    var width: Double
    var times: [Double]
  }

  private func document(_ progression: Progression, network: Network) throws -> XMLDocument {
    let names = progression.signals.map { network[$0.controller].name }
    let svg = TimeSpaceDiagram(
      title: "路口 <&>", progression: progression, names: names, window: 27_000..<27_400, trajectories: [],
      words: .english, identifier: nil
    ).picture.svg
    return try XMLDocument(data: Data(svg.utf8))
  }

  private func bands(_ document: XMLDocument) throws -> [Band] {
    try document.nodes(forXPath: "//*[local-name()='polygon']").compactMap { node in
      func data(_ name: String) throws -> String {
        try #require(try node.nodes(forXPath: "@data-\(name)").first?.stringValue)
      }
      return Band(
        direction: try data("direction"), width: try #require(Double(try data("width"))),
        times: try data("times").split(separator: " ").compactMap { Double($0) })
    }
  }

  /// Whether the traffic of a direction has green at a signal, by the plan alone.
  private func isGreen(
    _ progression: Progression, _ direction: String, signal index: Int, at time: Double, plan: TimingPlan,
    network: Network
  ) throws -> Bool {
    let count = progression.signals.count
    let controller = progression.signals[index].controller
    // The link that comes to the signal, and the one that goes on where another signal follows.
    let (into, onward): (LinkID?, LinkID?) =
      direction == "outbound"
      ? (
        index > 0 ? progression.outbound[index - 1].links.last : progression.approach(.outbound).link,
        index < count - 1 ? progression.outbound[index].links.first : nil
      )
      : (
        index < count - 1 ? progression.inbound[index].links.last : progression.approach(.inbound).link,
        index > 0 ? progression.inbound[index - 1].links.first : nil
      )
    let program = try #require(plan[controller])
    let movements = network.movementsFromLink[try #require(into).index].filter {
      onward == nil || network[$0].to == onward
    }
    let states = program.states(at: time)
    return movements.contains { movement in
      network[movement].connections.contains { connection in
        guard let signal = network[connection].signal, signal.controller == controller else { return false }
        return states[signal.group].isGreen
      }
    }
  }

  private func isGreen(
    _ signal: Progression.Signal, _ direction: Progression.Direction, at time: Double
  ) -> Bool {
    let position = (time - signal.offset).truncatingRemainder(dividingBy: signal.cycle)
    return signal.greens(direction).contains { green in
      [0, signal.cycle].contains {
        (green.begin..<green.begin + green.length).contains(
          (position < 0 ? position + signal.cycle : position) + $0)
      }
    }
  }

  /// The existing plan; with one cycle for all; and so with other offsets.
  private func plans(_ scenario: Scenario) -> [TimingPlan] {
    let existing = scenario.periods[0].existingPlan
    var plan = existing
    let cycle = plan.programs.compactMap { $0?.cycle }.max() ?? 0
    for index in plan.programs.indices {
      guard let program = plan.programs[index], let stage = program.stages.first else { continue }
      plan.programs[index]?.intervals[stage].duration += cycle - program.cycle
    }
    var random = LinearCongruential(seed: 7)
    let shifted = (0..<6).map { _ in
      var shifted = plan
      for index in shifted.programs.indices {
        shifted.programs[index]?.offset = Double(random.below(100))
      }
      return shifted
    }
    return [existing, plan] + shifted
  }

  @Test(
    "Every band lies in every green of the plan, and every green on the whole way is in a band",
    arguments: ShippedNetworks.names)
  func bandsAreGreen(name: String) throws {
    let scenario = try ShippedNetworks.scenario(name)
    let (network, demand) = (scenario.network, scenario.periods[0].demand)
    let arterials = Progression.arterials(of: network, demand: demand)
    #expect(arterials.isEmpty == (network.controllers.count == 1))
    var checked = 0
    for (arterial, plan) in arterials.prefix(3).flatMap({ arterial in plans(scenario).map { (arterial, $0) } }
    ) {
      let progression = try #require(Progression(arterial, plan: plan, network: network, demand: demand))
      let found = try bands(try document(progression, network: network))
      guard let cycle = progression.cycle else {
        #expect(found.isEmpty)
        continue
      }
      for band in found {
        #expect(band.times.count == arterial.count)
        for (index, time) in band.times.enumerated() {
          for share in [0.02, 0.35, 0.65, 0.98] {
            #expect(
              try isGreen(
                progression, band.direction, signal: index, at: time + share * band.width, plan: plan,
                network: network), "\(name), \(band)")
          }
        }
        checked += 1
      }
      // And the other way round: who departs between whole seconds and meets only green is in a band.
      for direction in Progression.Direction.allCases {
        let bands = progression.bands(direction, least: 0)
        let last = direction == .outbound ? arterial.count - 1 : 0
        for departure in stride(from: 0.5, to: cycle, by: 1) {
          let isFree = try arterial.indices.allSatisfy { index in
            let time = departure + progression.time(to: index, direction)
            // Where the arterial ends traffic parts; its main movement counts.
            guard index != last else { return isGreen(progression.signals[index], direction, at: time) }
            return try isGreen(
              progression, direction.rawValue, signal: index, at: time, plan: plan, network: network)
          }
          let isInBand = bands.contains { band in
            [0, cycle].contains { (band.begin..<band.begin + band.width).contains(departure + $0) }
          }
          #expect(isFree == isInBand, "\(name), \(direction), \(departure) s")
        }
      }
    }
    if network.controllers.count > 1 { #expect(checked > 10) }
  }

  @Test("Signals a whole number of cycles apart have a band as wide as their green, in both directions")
  func closedForm() throws {
    // Two signals, greens of 30 s of 60 s, 60 s and 60 s apart: bands of 30 s; with the second one 10 s later, of 20 s
    // both ways: the outbound one meets it early, the inbound one late.
    func signal(_ index: Int, offset: Double) -> Progression.Signal {
      Progression.Signal(
        controller: ControllerID(index), offset: offset, cycle: 60, position: 600 * Double(index),
        outbound: [.init(begin: 0, length: 30)], inbound: [.init(begin: 0, length: 30)])
    }
    let road = Progression.Road(time: 60, length: 600, links: [], linkLengths: [])
    for (offset, width) in [(0.0, 30.0), (10, 20), (30, 0), (50, 20)] {
      let progression = Progression(
        signals: [signal(0, offset: 0), signal(1, offset: offset)], outbound: [road], inbound: [road],
        approaches: [])
      for direction in Progression.Direction.allCases {
        #expect(abs(progression.bandwidth(direction) - width) < 1e-9)
      }
    }
  }

  @Test("A signal with half the cycle is green twice, and one that is always green binds nothing")
  func halfCycles() throws {
    let road = Progression.Road(time: 40, length: 600, links: [], linkLengths: [])
    func progression(_ second: Progression.Signal) -> Progression {
      let first = Progression.Signal(
        controller: ControllerID(0), offset: 5, cycle: 80, position: 0,
        outbound: [.init(begin: 0, length: 50)], inbound: [.init(begin: 0, length: 50)])
      return Progression(
        signals: [first, second], outbound: [road], inbound: [road], approaches: [])
    }
    // Green from 5 to 55 at the first; the second is green from 45 to 65 and 85 to 105, 40 s later: 5 to 25 and 45 to 65.
    let half = progression(
      .init(
        controller: ControllerID(1), offset: 5, cycle: 40, position: 600,
        outbound: [.init(begin: 0, length: 20)], inbound: [.init(begin: 0, length: 20)]))
    #expect(half.cycle == 80)
    #expect(half.bands(.outbound).map(\.begin) == [5, 45])
    #expect(half.bands(.outbound).map(\.width) == [20, 10])
    let open = progression(
      .init(
        controller: ControllerID(1), offset: 0, cycle: 40, position: 600,
        outbound: [.init(begin: 0, length: 40)], inbound: [.init(begin: 0, length: 40)]))
    #expect(open.bandwidth(.outbound) == 50)
    // 80 s and 70 s never come together.
    let other = progression(
      .init(
        controller: ControllerID(1), offset: 0, cycle: 70, position: 600,
        outbound: [.init(begin: 0, length: 40)], inbound: [.init(begin: 0, length: 40)]))
    #expect(other.cycle == nil && other.bands(.outbound).isEmpty)
  }

  @Test("Times stand within the picture, also the long ones at its end", arguments: [480.0, 60, 30])
  func times(length: Double) throws {
    let signals = (0..<2).map { index in
      Progression.Signal(
        controller: ControllerID(index), offset: 0, cycle: 60, position: 600 * Double(index),
        outbound: [.init(begin: 0, length: 30)], inbound: [.init(begin: 0, length: 30)])
    }
    let road = Progression.Road(time: 40, length: 600, links: [], linkLengths: [])
    let progression = Progression(
      signals: signals, outbound: [road], inbound: [road], approaches: [(LinkID(0), 200), (LinkID(1), 200)])
    let picture = TimeSpaceDiagram(
      title: "evening", progression: progression, names: ["A", "B"],
      window: 64_800..<64_800 + length, trajectories: [], words: .english, identifier: nil
    ).picture
    let texts = try XMLDocument(data: Data(picture.svg.utf8)).nodes(forXPath: "//*[local-name()='text']")
    let times = try texts.filter { $0.stringValue?.hasPrefix("18:") == true }.map { node -> Double in
      let x = try #require(try node.nodes(forXPath: "@x").first?.stringValue.flatMap(Double.init))
      // Digits are about 7 px wide, and the text stands on its middle.
      return x + 3.5 * Double(node.stringValue?.count ?? 0)
    }
    #expect(times.count > 2)
    #expect(times.allSatisfy { $0 <= picture.width })
  }

  @Test("Lines of vehicles keep their ends and lose no corner that can be seen")
  func simplification() {
    let points = (0...100).map { (x: Double($0), y: $0 < 50 ? 2 * Double($0) : 100) }
    let simple = VehiclePaths.simplified(points)
    #expect(simple.count == 3)
    #expect(simple.first?.x == 0 && simple.last?.x == 100)
    #expect(abs((simple.dropFirst().first?.x ?? 0) - 50) <= 1)
  }

  @Test("Ways written in steps end where they should, however many steps there are")
  func ways() throws {
    let points = (0...500).map { step -> (x: Double, y: Double) in
      let fall = Double(step * (step % 7))
      return (x: 10 + 0.33 * Double(step), y: 80 - 0.27 * fall)
    }
    let words = SVG.way(points).replacing("-", with: " -")
    var here = (x: 0.0, y: 0.0)
    var read: [(x: Double, y: Double)] = []
    let numbers = words.split { " Ml".contains($0) }.map { Double($0) }
    for place in stride(from: 0, to: numbers.count, by: 2) {
      here.x += try #require(numbers[place])
      here.y += try #require(numbers[place + 1])
      read.append(here)
    }
    #expect(read.count == points.count)
    #expect(zip(read, points).allSatisfy { abs($0.x - $1.x) < 0.0501 && abs($0.y - $1.y) < 0.0501 })
    #expect(SVG.way([]).isEmpty)
  }
}
