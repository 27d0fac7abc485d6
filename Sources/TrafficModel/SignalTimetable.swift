/// Programmes that a controller runs one after the other.
public struct TimetablePiece: Hashable, Sendable {
  /// Absolute s: from then on the programme runs, up to the begin of the next piece.
  public var begin: Double
  /// The programme; its offset says where its cycle stands.
  public var program: SignalProgram
  /// Whether it leads from one programme to the next, and is shown once.
  public var isTransition: Bool
}

/// A change that some controller cannot make.
public struct ImpossibleChange: Error, Hashable, Sendable {
  /// The controllers and their changes, each in one sentence without a full stop.
  public var reasons: [String]
}

/// What every controller of a network runs at every time: a plan, or the plans of a schedule and the transitions
/// between them.
public struct SignalTimetable: Hashable, Sendable {
  /// By controller index: pieces in order of time; the first begins before everything.
  public let pieces: [[TimetablePiece]]

  /// One plan at all times.
  ///
  /// - Precondition: the plan has a programme for each controller.
  public init(_ plan: TimingPlan) {
    pieces = plan.programs.map { program in
      guard let program else { preconditionFailure("the plan has no programme for a controller") }
      return [TimetablePiece(begin: -.infinity, program: program, isTransition: false)]
    }
  }

  /// The plans of a schedule over `period`, with the transitions between them.
  ///
  /// At a time of the schedule each controller begins its transition, or as soon as it is in step after the one
  /// before; a plan whose time is over by then is passed over.
  /// - Parameters:
  ///   - schedule: one of the set's.
  ///   - period: absolute s; the plan of its begin runs before it, the one of its end after it.
  /// - Precondition: the plans have a programme for each controller.
  /// - Throws: `ImpossibleChange` when a controller has no legal way from one programme to the next.
  public init(
    _ set: PlanSet, _ schedule: DaySchedule, over period: Range<Double>, on network: Network
  ) throws(ImpossibleChange) {
    let changes = schedule.changes(in: period)
    let first = set.plans[schedule.plan(at: period.lowerBound)]
    var pieces = SignalTimetable(first).pieces
    var failures: [String] = []
    for (index, controller) in network.controllers.enumerated() {
      var free = period.lowerBound
      for (number, change) in changes.enumerated() {
        if number + 1 < changes.count, changes[number + 1].begin <= free { continue }
        guard let next = set.plans[change.plan].programs[index] else {
          preconditionFailure("the plan has no programme for '\(controller.name)'")
        }
        let last = pieces[index][pieces[index].count - 1].program
        guard !last.runs(like: next) else { continue }
        guard
          let transition = PlanTransition(from: last, to: next, of: controller, at: max(free, change.begin))
        else {
          failures.append(
            "controller '\(controller.name)' has no legal way to the plan '\(set.plans[change.plan].name)'")
          continue
        }
        if !transition.intervals.isEmpty {
          let once = SignalProgram(
            controller: last.controller, name: "to \(next.name)", offset: transition.begin,
            intervals: transition.intervals)
          pieces[index].append(
            TimetablePiece(begin: transition.begin, program: once, isTransition: true))
        }
        pieces[index].append(TimetablePiece(begin: transition.end, program: next, isTransition: false))
        free = transition.end
      }
    }
    guard failures.isEmpty else { throw ImpossibleChange(reasons: failures) }
    self.pieces = pieces
  }

  /// How controller number `controller` responds to traffic; nil where the clock decides what it shows. Who changes plans
  /// runs the pictures of those that respond.
  public func actuation(ofController controller: Int) -> StageActuation? {
    pieces[controller].count == 1 ? pieces[controller][0].program.actuation : nil
  }

  /// What controller number `controller` shows at absolute time `time`, where the clock decides that.
  public func states(ofController controller: Int, at time: Double) -> [SignalState] {
    let pieces = pieces[controller]
    return (pieces.last { $0.begin <= time } ?? pieces[0]).program.states(at: time)
  }
}
