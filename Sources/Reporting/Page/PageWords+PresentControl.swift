internal import TrafficSimulation

extension PageWords {
  /// What runs today and was not played, in this language; empty where the existing plan is what runs.
  func sentences(_ present: PresentControlReport) -> [String] {
    guard !present.isPlayed else { return [] }
    var sentences: [String] = []
    if !present.responding.isEmpty {
      let kinds = Set(present.responding.compactMap(\.kind)).sorted().joined(separator: ", ")
      sentences.append(verdict.responding(present.responding.count, present.total, kinds))
    }
    for controller in present.doubtful {
      let say = controller.isPlanned && controller.isAccepted ? verdict.accepted : verdict.notPlanned
      sentences.append(say(controller.name, controller.reason ?? ""))
    }
    guard let figures = present.sumoFigures, let sumo = present.sumo else {
      return sentences + [verdict.notCompared(present.command)]
    }
    sentences.append(
      verdict.inSUMO(
        sumo.version, sumo.comparison.seeds.count, figures.existing, figures.proposed, figures.change))
    sentences.append(present.isImprovement == true ? verdict.betterInSUMO : verdict.notBetterInSUMO)
    return sentences
  }
}
