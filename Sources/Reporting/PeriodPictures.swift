internal import SignalOptimization
public import TrafficModel
public import TrafficSimulation

/// The pictures of a period, each in a language.
public struct PeriodPictures: Sendable {
  let figures: PeriodFigures
  let title: String
  /// By plan.
  let labels: [String]
  let words: PictureWords

  /// - Parameters:
  ///   - title: of the scenario and the period.
  ///   - labels: what to call the plans; nil for "existing" and "proposed".
  public init(
    _ figures: PeriodFigures, title: String, labels: [String]? = nil, language: ReportLanguage = .english
  ) {
    self.figures = figures
    self.title = title
    words = language.pictureWords
    self.labels = labels ?? [words.existing, words.proposed]
  }

  /// How many arterials there are to draw.
  public var arterialCount: Int { figures.arterials.count }

  /// The time-space diagram of an arterial under plan `plan`.
  public func timeSpace(arterial: Int = 0, plan: Int) -> Picture {
    timeSpace(arterial: arterial, plan: plan, identifier: nil)
  }

  func timeSpace(arterial: Int, plan: Int, identifier: String?) -> Picture {
    let progression = figures.arterials[arterial][plan]
    let names = progression.signals.map { figures.network[$0.controller].name }
    let ends = words.timeSpaceTitle(names[0], names[names.count - 1])
    return TimeSpaceDiagram(
      title: "\(ends), \(labels[plan])", progression: progression, names: names, window: figures.window,
      trajectories: figures.observations[plan].first?.trajectories ?? [], words: words,
      identifier: identifier
    ).picture
  }

  /// The stages of a controller under plan `plan`; nil where it has no programme.
  public func stages(_ controller: ControllerID, plan: Int) -> Picture? {
    figures.plans[plan][controller].map { program in
      let cycles = figures.plans.compactMap { $0[controller]?.cycle }
      return StageDiagram(
        title: words.stagesTitle(figures.network[controller].name, labels[plan]),
        controller: figures.network[controller], program: program, span: cycles.max() ?? program.cycle,
        words: words
      ).picture
    }
  }

  /// The network with its links coloured by their degree of saturation, or by their queues, under plan `plan`.
  ///
  /// - Parameter played: the plans' runs.
  public func map(_ played: [PlanComparison.Entry], plan: Int, byQueues: Bool = false) -> Picture {
    map(played, plan: plan, byQueues: byQueues, address: nil)
  }

  func map(
    _ played: [PlanComparison.Entry], plan: Int, byQueues: Bool = false, address: ((ControllerID) -> String)?
  ) -> Picture {
    NetworkMap(
      title: address == nil ? words.mapTitle(title, labels[plan]) : title, network: figures.network,
      conditions: played.indices.map { figures.conditions($0, played: played[$0]) }, plan: plan,
      measure: byQueues ? .storage : .saturation, words: words, address: address
    ).picture
  }

  /// Queued vehicles over time under each plan.
  public var queues: Picture {
    LinePlot(
      title: "\(words.queuesTitle), \(title)",
      xLabel: words.minutesAfter(ClockTime.text(figures.demand.begin)),
      yLabel: words.queuedVehicles,
      series: figures.plans.indices.map { plan in
        LinePlot.Series(
          name: labels[plan], points: figures.queues(plan).map { .init(x: $0.minute, y: $0.vehicles) })
      }
    ).picture
  }
}
