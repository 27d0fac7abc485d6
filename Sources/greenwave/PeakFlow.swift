internal import ArgumentParser
internal import Foundation
internal import NetworkFormats
internal import Reporting
internal import SignalOptimization
internal import TrafficModel

/// `greenwave peak`
struct PeakFlow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "peak",
    abstract: "What the greens of a peak could do at best when queues grow and links fill.",
    discussion: """
      Solves the peak-flow program: slice by slice, with queues, turning, travel times and full links; one set of \
      greens for each controller, at the existing stages and cycles. Prints the time spent in queues, the least that \
      is possible, and what a second of green, or room for queues, would save. No plan is written.

      EXAMPLES
        greenwave peak network.yaml --period am-peak
        greenwave peak network.yaml --queue-limit A.W=20
        greenwave peak network.yaml --write-lp peak.lp
      """)

  @OptionGroup var input: ScenarioInput

  @Option(help: "The period. (default: the first)")
  var period: String?

  @Flag(help: "Most vehicles out of the network at the end, instead of least time spent in queues.")
  var throughput = false

  @Option(help: ArgumentHelp("Length of the slices, from 30 to 3600.", valueName: "seconds"))
  var slice = 300.0

  @OptionGroup var roads: RoadConditions

  @Option(help: ArgumentHelp("Stop when value and bound differ by this share.", valueName: "share"))
  var gap = 0.01

  @Option(
    name: .customLong("write-lp"),
    help: ArgumentHelp("A file for the whole linear program, which is then not solved.", valueName: "file"))
  var linearProgram: String?

  @Flag(help: "Print the outcome as JSON.")
  var json = false

  func validate() throws {
    guard (30...3600).contains(slice) else {
      throw ValidationError("--slice must be from 30 to 3600 seconds.")
    }
    guard (0...1).contains(gap) else { throw ValidationError("--gap must be from 0 to 1.") }
  }

  func run() throws {
    let read = try roads.limited(try input.read())
    let disrupted = try roads.disrupted(read, in: try read.period(named: period))
    let (loaded, period) = (disrupted.loaded, disrupted.period)
    var options = PeakFlowOptions()
    options.objective = throughput ? .throughput : .timeSpent
    options.sliceLength = slice
    let problem = PeakFlowProblem(
      network: loaded.network, demand: period.demand, plan: period.existingPlan, options: options)
    if let linearProgram {
      try OutputFiles.write([
        OutputFile(path: linearProgram, text: problem.writeLP())
      ])
      return
    }
    let clock = ContinuousClock()
    let begin = clock.now
    let processorBegin = Foundation.clock()
    let plan = problem.solve(PeakFlowSolveOptions(gap: gap))
    let seconds = (clock.now - begin).inSeconds
    let processorSeconds = Double(Foundation.clock() - processorBegin) / Double(CLOCKS_PER_SEC)
    let report = PeakFlowReport(
      network: loaded.network, problem: problem, plan: plan, disruption: disrupted.report)
    try Terminal.show(
      report.text, json: try report.json(seconds: ["wall": seconds, "processor": processorSeconds]),
      isJSON: json)
  }
}
