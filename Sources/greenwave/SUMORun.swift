internal import Foundation
internal import NetworkFormats
internal import TrafficModel
internal import TrafficSimulation

/// Plays plans of a SUMO scenario in SUMO itself.
///
/// Steps of 1 s, no teleports, fixed seeds; who never arrived or never departed counts up to the period's end.
struct SUMORun {
  let installation: SUMOInstallation
  let files: SUMOConfiguration
  let period: Range<Double>

  /// Plays every plan with every seed, as many at a time as there are processors.
  ///
  /// - Parameter plans: each with the text of its additional file; nil for the programmes that the scenario has.
  /// - Throws: `Failure.sumo` with what SUMO complained of.
  func comparison(of plans: [(plan: TimingPlan, text: String?)], seeds: [UInt64]) async throws
    -> PlanComparison
  {
    let jobs = plans.indices.flatMap { plan in seeds.map { (plan, $0) } }
    let workers = max(1, ProcessInfo.processInfo.activeProcessorCount)
    let texts = plans.map(\.text)
    var found = [Measures](repeating: Measures(), count: jobs.count)
    try await withThrowingTaskGroup(of: [(Int, Measures)].self) { group in
      for worker in 0..<workers {
        group.addTask {
          try stride(from: worker, to: jobs.count, by: workers).map { job in
            (job, try play(texts[jobs[job].0], seed: jobs[job].1))
          }
        }
      }
      for try await part in group {
        for (job, measures) in part { found[job] = measures }
      }
    }
    let entries = plans.indices.map { plan in
      PlanComparison.Entry(
        plan: plans[plan].plan, runs: Array(found[plan * seeds.count..<(plan + 1) * seeds.count]))
    }
    return PlanComparison(seeds: seeds, entries: entries)
  }

  /// One run, in a folder that is gone afterwards.
  private func play(_ plan: String?, seed: UInt64) throws -> Measures {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("greenwave-\(UUID().uuidString)")
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw Failure.cannotWrite(path: folder.path, reason: OutputFiles.reason(error))
    }
    defer { try? FileManager.default.removeItem(at: folder) }
    guard files.matrices.isEmpty else {
      throw Failure.sumo(
        "SUMO does not read matrices of traffic between zones: \(files.matrices.joined(separator: ", "))",
        notes: ["'greenwave convert INPUT FOLDER --to sumo' writes their vehicles"])
    }
    let trips = folder.appendingPathComponent("trips.xml").path
    var additionals = files.additionals
    if let plan {
      // SUMO runs the programme that it loads last.
      let path = folder.appendingPathComponent("plan.add.xml").path
      try OutputFiles.write([OutputFile(path: path, text: plan)])
      additionals.append(path)
    }
    var arguments = [
      "-n", files.network, "-b", "\(period.lowerBound)", "-e", "\(period.upperBound)", "--step-length", "1",
      "--seed", "\(seed)", "--time-to-teleport", "-1", "--no-step-log", "--no-warnings",
      "--tripinfo-output", trips, "--tripinfo-output.write-unfinished",
      "--tripinfo-output.write-undeparted",
    ]
    if !files.routes.isEmpty { arguments += ["-r", files.routes.joined(separator: ",")] }
    if files.usesJunctions { arguments.append("--junction-taz") }
    if files.scale != 1 { arguments += ["--scale", "\(files.scale)"] }
    if !additionals.isEmpty { arguments += ["-a", additionals.joined(separator: ",")] }
    let outcome = try ExternalProgram.run(installation.program, arguments) {
      Failure.sumo($0, notes: [])
    }
    guard outcome.code == 0 else {
      let words = outcome.messages.split(whereSeparator: \.isNewline).suffix(Self.mostLines).map(String.init)
      throw Failure.sumo("SUMO \(installation.version) ended with code \(outcome.code)", notes: words)
    }
    return Measures(try SUMOTripInfo(path: trips))
  }

  private static let mostLines = 10
}

extension Measures {
  /// What SUMO measured of a whole network.
  init(_ trips: SUMOTripInfo) {
    self.init()
    demand = trips.demand
    served = trips.served
    waitingOutside = trips.waitingOutside
    totalDelay = trips.totalDelay
    travelTime = trips.travelTime
    stops = trips.stops
  }
}
