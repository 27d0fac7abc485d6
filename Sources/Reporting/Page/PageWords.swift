internal import SignalOptimization

/// What the page of a report says, in one language. A language that lacks a word does not compile.
struct PageWords: Sendable {
  var report: @Sendable (_ scenario: String, _ period: String) -> String
  var subtitle: @Sendable (_ signals: Int, _ begin: String, _ end: String, _ seeds: Int) -> String
  var sections: Sections
  var skip: String
  var theme: String
  var print: String
  var existing: String
  var standIn: String
  var proposed: String
  var bestFound: String
  var change: String
  var verdict: Verdict
  var measures: Measures
  /// Above the rows of each group of measures; none where measures are not grouped.
  var groups: [MeasureGroup: String]
  var map: MapControls
  var timeSpace: TimeSpace
  var throughput: Throughput
  var day: Day
  var retiming: Retiming
  var junctions: Junctions
  var certificate: Certificate
  var provenance: Provenance
  var interval: String

  struct Sections: Sendable {
    var summary: String
    var map: String
    var arterials: String
    var queues: String
    var throughput: String
    var junctions: String
    var certificate: String
    var provenance: String
    var day: String
    var cutting: String
    var contents: String
  }
  struct Verdict: Sendable {
    var better: String
    var keep: String
    var waves: String
    var responding: @Sendable (_ count: Int, _ all: Int, _ kinds: String) -> String
    var notPlanned: @Sendable (_ names: String, _ reason: String) -> String
    var accepted: @Sendable (_ names: String, _ reason: String) -> String
    var inSUMO:
      @Sendable (_ version: String, _ seeds: Int, _ now: String, _ new: String, _ change: String) -> String
    var betterInSUMO: String
    var notBetterInSUMO: String
    var notCompared: @Sendable (_ command: String?) -> String
    var reserve: @Sendable (_ existing: String, _ proposed: String) -> String
  }
  struct Measures: Sendable {
    var measure: String
    var demand: String
    var served: String
    var unserved: String
    var totalDelay: String
    var delayPerVehicle: String
    var level: String
    var stops: String
    var reserve: String
    var reserveLong: String
    var fullestLane: String
    var spillback: String
    var pedestrianDelay: String
    var longestPedestrianWait: String
    var violations: String
    var worstSaturation: String
  }
  struct MapControls: Sendable {
    var hint: String
    var colourBy: String
    var saturation: String
    var queue: String
    var plan: String
    var table: String
    var cycle: String
    var delayHours: String
    var served: String
    var worstSaturation: String
    var laneFull: String
    var junction: String
    var now: String
    var new: String
  }
  struct TimeSpace: Sendable {
    var hint: String
    var reset: String
    var plan: String
    var none: String
    var longestRoad: @Sendable (_ signals: Int, _ metres: String, _ seconds: String) -> String
  }
  struct Throughput: Sendable {
    var intro: @Sendable (_ seeds: Int) -> String
    var table: String
    var scale: String
    var demand: String
    var served: @Sendable (_ plan: String) -> String
  }
  struct Day: Sendable {
    var better: @Sendable (_ change: String) -> String
    var notBetter: @Sendable (_ change: String) -> String
    var againstSingle: @Sendable (_ change: String) -> String
    var moreSeeds: @Sendable (_ day: Int, _ periods: Int) -> String
    var plans: String
    var bestSingle: @Sendable (_ plan: String) -> String
    var schedule: String
    var served: String
    var hint: String
    var periods: String
    var period: String
    var plan: String
    var vehicles: String
    var delay: @Sendable (_ plan: String) -> String
    var kept: String
    var cycles: String
    var cycleAndOffset: String
    var transitions: @Sendable (_ mean: String, _ longest: String) -> String
    var noTransitions: String
    var cutting: @Sendable (_ changeCost: String) -> String
    var intro: String
  }
  struct Retiming: Sendable {
    var age: @Sendable (_ old: Int, _ ageing: Int, _ all: Int) -> String
    var upToDate: String
    var saved: @Sendable (_ adjusted: Int, _ saved: String, _ now: String, _ change: String) -> String
    var notSimulated: String
    var subtitle: @Sendable (_ signals: Int, _ begin: String, _ end: String) -> String
    var running: String
    var adjusted: String
    var table: String
    var delay: String
    var best: String
    var step: String
    var greens: String
    var ages: [JunctionRetiming.Age: String]
    var outcomes: [JunctionRetiming.Outcome: String]
    var heldBack: @Sendable (_ limit: String) -> String
    var intro: String
  }
  struct Junctions: Sendable {
    var choose: String
    var previous: String
    var next: String
    var movements: String
    var movement: String
    var flow: String
    var saturationFlow: String
    var saturation: String
    var delay: String
    var level: String
    var queue: String
    var price: String
    var priceUnit: String
    var pedestrians: String
    var crossing: String
    var perHour: String
    var walk: String
    var clearance: String
    var meanWait: String
    var longestWait: String
    var binding: String
    var noBinding: String
    var turns: (left: String, through: String, right: String, uTurn: String)
    var notes: String
    var cycleChange: @Sendable (_ existing: String, _ proposed: String) -> String
  }
  struct Certificate: Sendable {
    var intro: @Sendable (_ quality: String) -> String
    var optimal: String
    var best: String
    var near: @Sendable (_ gap: String) -> String
    var none: String
    var junction: String
    var cycle: String
    var value: String
    var bound: String
    var gap: String
    var reserve: String
    var binds: String
    var price: String
    var step: String
    var stepName: @Sendable (OptimizationStep.Kind) -> String
    var offsets: String
    var members: String
    var reason: String
    var lane: @Sendable (_ link: String, _ lane: Int, _ turns: String) -> String
    var cycleLength: String
    var minimumGreen: @Sendable (_ group: String) -> String
    var walk: @Sendable (_ group: String) -> String
    var intergreen: @Sendable (_ from: String, _ to: String) -> String
    var split: @Sendable (_ phase: Int) -> String
    /// Pedestrians before vehicles that yield to them.
    var lead: @Sendable (_ walkers: String, _ vehicles: String) -> String
    var shortestStage: String
    var objective: String
  }
  struct Provenance: Sendable {
    var intro: String
    var version: String
    var seeds: String
    var inputs: String
    var file: String
    var bytes: String
    var checksum: String
    var text: String
    var observed: @Sendable (_ seeds: Int) -> String
    var limits: String
  }
}

extension PageWords {
  /// A choice of plan for what shows one at a time.
  func planButtons(_ group: String, _ labels: [String], shown: Int) -> String {
    let buttons = labels.enumerated().map { index, label in
      "<button type=\"button\" data-choice=\"\(index)\" aria-pressed=\"\(index == shown)\">\(escaped(label))</button>"
    }
    return
      "<div class=\"choice\" role=\"group\" data-group=\"\(group)\" aria-label=\"\(escaped(timeSpace.plan))\"><span>\(escaped(timeSpace.plan))</span>\(buttons.joined())</div>"
  }
}

/// The goals that GA/T 527.2 groups the measures of signal control by.
enum MeasureGroup: CaseIterable {
  case safety, efficiency, priority, balance
}
