internal import SignalOptimization
internal import TrafficModel

extension OptimizationReport: SummarizedReport {
  func summary(_ seconds: [String: Double]) -> JSONObject {
    let isPlayed = presentControl.isPlayed
    let queues = oversaturation
    return [
      "scenario": scenario, "period": period, "seeds": result.comparison.seeds, "isStopped": isStopped,
      "isImprovement": isPlayed ? result.isImprovement : presentControl.isImprovement,
      "existingControl": presentControl.json,
      "existing": plans.existing.json(reserveCapacity: reserves.existing),
      "proposed": plans.proposed.json(reserveCapacity: reserves.proposed),
      // No gain is claimed against what only stands for what runs.
      "change": isPlayed ? plans.proposed.json(changeFrom: plans.existing) : nil,
      "disruption": disruption?.json, "robust": robustJSON,
      "spillback": plans.map(queues.spillbackJSON).json,
      "queueLimits": queues.limited.isEmpty ? nil : plans.map(queues.limitsJSON).json, "steps": stepsJSON,
      "stages": stagesJSON, "loads": loadsJSON, "losses": lossesJSON,
      "judge": judgeJSON,
      "junctions": junctions.map { junction in
        junction.figures.map(\.json).json
          .with(["name": junction.name])
      }, "bandwidth": bandwidthJSON, "certificate": certificateJSON, "seconds": seconds,
    ]
  }
}
