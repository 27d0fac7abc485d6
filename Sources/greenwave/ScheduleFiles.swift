internal import NetworkFormats
internal import SignalOptimization
internal import TrafficModel

/// Makes the files of a day's plans.
struct ScheduleFiles {
  let loaded: LoadedScenario

  /// - Parameter existing: the plan that the day has now.
  /// - Throws: `Failure.noPlan` when a plan is not legal.
  func files(of plan: DayPlan, existing: TimingPlan, folder: String) throws -> [OutputFile] {
    let plans = PlanFiles(loaded: loaded)
    var names = FileNames()
    var files: [OutputFile] = []
    var paths: [String] = []
    // What only stands for something else that runs is in no file.
    let planSet = try PlanSet(
      plans: plan.planSet.plans.map { $0.leavingOutStandIns(of: existing, on: loaded.network) },
      schedules: plan.planSet.schedules)
    for one in planSet.plans {
      let name = "plan-\(names.unique(one.name)).csv"
      paths.append(name)
      files.append(OutputFile(path: "\(folder)/\(name)", text: try plans.table(of: one)))
    }
    files.append(
      OutputFile(path: "\(folder)/schedule.csv", text: ScheduleCSV.text(of: planSet, files: paths)))
    files.append(
      OutputFile(
        path: "\(folder)/schedule.json",
        text: try ScheduleJSON.text(of: planSet, network: loaded.network)))
    if let format = loaded.format as? any ScheduleWriter {
      let untouched = loaded.network.controllersNotPlayed.filter { id in
        planSet.plans.allSatisfy { $0[id] == nil }
      }
      files.append(
        OutputFile(
          path: "\(folder)/schedule\(format.scheduleEnding)",
          text: format.text(
            of: plan.timetable, scenario: loaded.scenario, untouched: Set(untouched), origin: loaded.origin)))
    }
    return files
  }
}

extension LoadedScenario {
  /// The period or day that is to be played: a schedule is played on a day where no period is named.
  func period(_ options: SimulationOptions, hasSchedules: Bool) throws -> Period {
    switch (options.period, options.day) {
    case (_?, _?): throw Failure.usage("--period and --day exclude each other", hint: nil)
    case (let name?, nil): try period(named: name)
    case (nil, let name?): try day(named: name)
    case (nil, nil): hasSchedules ? try day(named: nil) : try period(named: nil)
    }
  }

  /// The schedule in a file over `period`; controllers that its plans leave out keep their existing programme.
  ///
  /// - Throws: `Failure` when the file has several schedules and none of the period's name, or a controller cannot
  ///   change from one plan to the next.
  func schedule(
    _ path: String, period: Period, label: String
  ) throws -> (plan: TimingPlan, timetable: SignalTimetable) {
    let begin = period.demand.begin
    let (read, warnings) = try ScheduleFile.read(
      path, network: network, begin: begin, formats: .tool)
    tell(warnings)
    let plans = read.plans.map { $0.completed(from: period.existingPlan) }
    for plan in plans { warnIfUnsafe(plan, label: "\(label): \(plan.name)") }
    guard
      let schedule = read.schedule(of: period.name) ?? (read.schedules.count == 1 ? read.schedules[0] : nil)
    else {
      let days = read.schedules.map { "'\($0.day)'" }.joined(separator: ", ")
      throw Failure.usage("'\(path)' has no schedule of '\(period.name)'", hint: "it has \(days)")
    }
    do {
      let set = try PlanSet(plans: plans, schedules: read.schedules)
      let timetable = try SignalTimetable(set, schedule, over: begin..<period.demand.end, on: network)
      return (plans[schedule.plan(at: begin)], timetable)
    } catch let error as ImpossibleChange {
      throw Failure.noPlan(error.reasons)
    }
  }
}
