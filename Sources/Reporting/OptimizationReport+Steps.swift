internal import SignalOptimization
internal import TrafficModel
internal import TrafficSimulation

extension OptimizationReport {
  /// What each step of the work came to; empty where there was nothing to do.
  var stepLines: [String] {
    guard result.steps.count > 1, let first = result.steps.first else { return [] }
    guard first.seeds < result.comparison.seeds.count else { return stepTable(.english).lines }
    // The sign was open, and only the comparison was played on.
    return stepTable(.english).lines + ["Steps over the first \(first.seeds) of the seeds."]
  }

  func stepTable(_ words: PageWords) -> Table {
    let first = result.steps.first
    var columns: [TableColumn<OptimizationStep>] = [
      .text(Title("step", words.certificate.step)) { Cell(name(of: $0, words)) },
      .number(Measure.totalDelayHours.title(words)) {
        .number($0.totalDelay.hours.mean, decimals: Measure.totalDelayHours.decimals)
      },
    ]
    if presentControl.isPlayed {
      columns.append(
        .estimate(Title("change", words.change)) { step in
          guard let first, step != first, first.totalDelay.mean > 0 else { return "" }
          return .change(
            step.difference.times(100 / first.totalDelay.mean),
            isMoreBetter: Measure.totalDelayHours.isMoreBetter)
        })
    }
    return Table(words.measures.totalDelay, columns: columns, rows: result.steps)
  }

  private func name(of step: OptimizationStep, _ words: PageWords) -> String {
    step == result.steps.first && !presentControl.isPlayed ? words.standIn : words.certificate.step(step.kind)
  }

  /// The steps for programs.
  var stepsJSON: [JSONObject] {
    result.steps.map { step in
      let change = presentControl.isPlayed ? step.difference.hours : nil
      return [
        "name": name(of: step, .english), "totalDelayHours": step.totalDelay.hours.mean,
        "changeHours": change?.mean, "changeHalfWidthHours": change?.halfWidth,
      ]
    }
  }
}
