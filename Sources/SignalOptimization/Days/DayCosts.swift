internal import LinearProgramming
internal import TrafficModel

/// What plans made for parts of a day cost in each of its slices, by the split programs' delay functions.
///
/// The candidates are the plans for the mean flows of single slices, of pairs, of fours and so on up to the whole day: the
/// existing stages, one cycle for all, its splits by linear programs. No simulation is made; queues that one slice
/// leaves to the next are not counted.
struct DayCosts: Sendable {
  /// The slices' bounds: the begin of each, then the end of the last, absolute s.
  let bounds: [Double]
  /// Candidates × slices: delay, veh·s.
  let delay: SliceCosts
  /// Delay, veh·s, if every slice had its best candidate.
  let leastDelay: Double

  /// - Parameter progress: called with the share of the work that is done.
  init(_ problem: PlanningProblem, progress: @Sendable (Double) -> Void) async {
    let flows = problem.flows
    let bounds = flows.sliceBounds
    let count = flows.bySlice.count
    let segments = Self.segments(count)
    let means = segments.map { Self.mean(flows, $0) }
    let lengths = bounds.indices.dropLast().map { bounds[$0 + 1] - bounds[$0] }
    let cycles = Self.cycles(problem.options)
    var stages = [[[Double]]](repeating: [], count: segments.count)
    let controllers = problem.existing.programs.compactMap { program in
      program.map { SlicedController(problem, $0, lengths: lengths) }
    }
    // The cycle first, for the network as a whole: from the parent's, downhill.
    var chosen = [Int](repeating: cycles.count / 2, count: segments.count)
    for (number, segment) in segments.enumerated() {
      let parent = segments[..<number].lastIndex {
        $0.lowerBound <= segment.lowerBound && segment.upperBound <= $0.upperBound
      }
      var known: [Int: [CandidateStages]] = [:]
      var best = parent.map { chosen[$0] } ?? cycles.count / 2
      while true {
        for cycle in [best - 1, best, best + 1] where cycles.indices.contains(cycle) && known[cycle] == nil {
          known[cycle] = await controllers.mapInParallel {
            $0.stages(cycle: cycles[cycle], flows: means[number])
          }
        }
        func total(_ cycle: Int) -> Double { known[cycle]?.reduce(0) { $0 + $1.delay } ?? .infinity }
        let next = [best, best - 1, best + 1].min { total($0) < total($1) } ?? best
        if next == best { break }
        best = next
      }
      chosen[number] = best
      stages[number] = known[best]?.map(\.stages) ?? []
      progress(0.6 * Double(number + 1) / Double(segments.count))
    }
    let settings = stages
    let tables = await controllers.indices.map { (controllers[$0], $0) }.mapInParallel { controller, index in
      controller.delays(of: settings.map { $0[index] }, flows: flows.bySlice)
    }
    progress(1)
    let sums = segments.indices.map { segment in
      (0..<count).map { slice in tables.reduce(0) { $0 + $1[segment][slice] } }
    }
    self.bounds = bounds
    delay = SliceCosts(sums)
    leastDelay = (0..<count).reduce(0) { least, slice in least + (sums.map { $0[slice] }.min() ?? 0) }
  }

  /// Runs of slices that candidates are made for, longer ones first.
  static func segments(_ count: Int) -> [Range<Int>] {
    var length = 1
    while length < count { length *= 2 }
    var found: [Range<Int>] = []
    while length >= 1 {
      for begin in stride(from: 0, to: count, by: length) { found.append(begin..<min(begin + length, count)) }
      length /= 2
    }
    // A shorter last run can be the same at two lengths.
    var seen: Set<Range<Int>> = []
    return found.filter { seen.insert($0).inserted }
  }

  private static func mean(_ flows: MovementFlows, _ slices: Range<Int>) -> [Double] {
    let bounds = flows.sliceBounds
    let duration = bounds[slices.upperBound] - bounds[slices.lowerBound]
    return flows.mean.indices.map { movement in
      slices.reduce(0) { $0 + flows.bySlice[$1][movement] * (bounds[$1 + 1] - bounds[$1]) } / duration
    }
  }

  /// s; nil for a controller's own.
  private static func cycles(_ options: OptimizationOptions) -> [Double?] {
    switch options.cycle {
    case .existing: return [nil]
    case .fixed(let cycle): return [cycle]
    case .best, .common, .perJunction:
      let cycles = options.rules.commonCycles
      return stride(from: 0, to: cycles.count, by: 2).map { cycles[$0] }
    }
  }
}

/// A controller's stages in a candidate plan.
struct CandidateStages: Sendable {
  /// s.
  var stages: [Double]
  /// With the flows that they were made for, veh·s per second.
  var delay: Double
}

/// One controller over a day's slices, with its existing stages.
private struct SlicedController: Sendable {
  let problem: PlanningProblem
  let structure: ProgramStructure
  /// s of each slice.
  let lengths: [Double]

  private var id: ControllerID { structure.program.controller }

  init(_ problem: PlanningProblem, _ program: SignalProgram, lengths: [Double]) {
    self.problem = problem
    self.lengths = lengths
    structure = ProgramStructure(program: program, controller: problem.network[program.controller])
  }

  private var present: [Double] { structure.stages.map { structure.program.intervals[$0].duration } }

  private func model(_ flows: [Double], period: Double) -> ControllerSplits {
    ControllerSplits(
      problem, id, structure: structure,
      demand: ControllerDemand(
        controller: id, network: problem.network, flows: flows, people: problem.flows.people), period: period)
  }

  /// The best stages for some flows at a cycle, or at the nearest that holds the minimums; the existing stages where
  /// nothing may change.
  func stages(cycle: Double?, flows: [Double]) -> CandidateStages {
    let model = model(flows, period: MovementFlows.sliceLength)
    guard !problem.options.frozen.contains(id), model.isAdjustable else {
      return CandidateStages(stages: present, delay: delay(model, of: present))
    }
    let bounds = problem.network[id].cycleBounds
    var wanted = structure.program.cycle
    // What the solver refuses leaves the cycle, or the greens, as they are.
    if let cycle, let shortest = try? model.shortestCycle() {
      wanted = min(bounds.upperBound, max(cycle, bounds.lowerBound, shortest.rounded(.up)))
    }
    guard let found = try? model.splits(cycle: wanted) else {
      return CandidateStages(stages: present, delay: delay(model, of: present))
    }
    return CandidateStages(stages: found.stages, delay: delay(model, of: found.stages))
  }

  /// Delay of each of some settings in each slice, veh·s.
  func delays(of settings: [[Double]], flows: [[Double]]) -> [[Double]] {
    // Many parts of the day have the same greens.
    var known: [[Double]: [Double]] = [:]
    let models = zip(flows, lengths).map { model($0, period: $1) }
    return settings.map { stages in
      if let delays = known[stages] { return delays }
      let delays = zip(models, lengths).map { delay($0, of: stages) * $1 }
      known[stages] = delays
      return delays
    }
  }

  /// veh·s per second.
  private func delay(_ model: ControllerSplits, of stages: [Double]) -> Double {
    let cycle = stages.reduce(structure.lostTime, +)
    return min(Self.highestDelay, model.program(cycle: cycle, stages: stages).delay(stages: stages))
  }

  /// Where a movement has no capacity at all the functions say infinity, which sums could not tell apart.
  private static let highestDelay = 1e6
}
