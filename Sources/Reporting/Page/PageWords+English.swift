internal import SignalOptimization

extension PageWords {
  static let english = PageWords(
    report: { "\($0), \($1)" },
    subtitle: {
      "\($0) \($0 == 1 ? "signal" : "signals"), \($1) to \($2), mean of \($3) \($3 == 1 ? "simulation" : "simulations")"
    },
    sections: Sections(
      summary: "Before and after", map: "Network map", arterials: "Time-space diagrams",
      queues: "Queues over time", throughput: "As demand grows",
      junctions: "Junctions", certificate: "What is proven, and what binds",
      provenance: "How the figures were obtained", day: "The schedule of the day",
      cutting: "How the day is cut",
      contents: "Contents"),
    skip: "Skip to the figures", theme: "Light or dark", print: "Print", existing: "existing",
    standIn: "stand-in", proposed: "proposed",
    bestFound: "best found", change: "change",
    verdict: Verdict(
      better: "The proposed plan is better than the existing one with 95 % confidence.",
      keep: "Keep your plan: no plan was found that beats the existing one with 95 % confidence.",
      waves: "The proposed plan has the widest green waves; what it does to delay stands below.",
      responding: {
        "Today's control was not played: \($0) of \($1) signals respond to traffic (\($2)). The stand-in is their phases in turn, each as long as it usually lasts: no baseline, so no gain is claimed against it."
      },
      notPlanned: { "No plan for \($0): \($1). What is there stays." },
      accepted: { "Planned on your word though not understood: \($0) (\($1))." },
      inSUMO: {
        "In SUMO \($0), \($1) seeds: what runs today has \($2) s per vehicle, the plan found \($3) (\($4))."
      },
      betterInSUMO: "The proposed plan is better than what runs today with 95 % confidence.",
      notBetterInSUMO: "Keep what runs today: it is not certain that the plan found is better.",
      notCompared: { command in
        "The plan was not compared with what runs today."
          + (command.map { " Where SUMO is installed, this does it: \($0)" } ?? "")
      },
      reserve: { "Signals can carry \($0) times this demand now, \($1) times with the other plan." }),
    measures: Measures(
      measure: "measure", demand: "demand, veh", served: "served, veh/h",
      unserved: "unserved at the end, veh",
      totalDelay: "total delay, veh·h", delayPerVehicle: "delay per vehicle, s",
      level: "level of service (HCM)",
      stops: "stops per vehicle", reserve: "reserve capacity μ",
      reserveLong: "reserve capacity μ: the factor by which all demand can grow",
      fullestLane: "fullest lane, % of storage", spillback: "spillback, s over all links",
      pedestrianDelay: "delay per pedestrian, s", longestPedestrianWait: "longest wait of a pedestrian, s",
      violations: "safety rules broken", worstSaturation: "highest degree of saturation v/c"),
    groups: [:],
    map: MapControls(
      hint:
        "A junction leads to its own page; links have their values when pointed at. The table below has the same figures.",
      colourBy: "Colour by", saturation: "degree of saturation", queue: "queue against storage", plan: "Plan",
      table: "All junctions", cycle: "cycle, s", delayHours: "delay, veh·h", served: "served, veh/h",
      worstSaturation: "highest v/c", laneFull: "fullest lane, %", junction: "junction", now: "now",
      new: "new"),
    timeSpace: TimeSpace(
      hint:
        "Time runs to the right, distance upwards. Who drives within a band meets only green. Thin lines are simulated vehicles. Drag a signal to the left or right, or go to it with Tab and use the arrow keys, to move its offset: the bands follow. The lines of the vehicles do not, they were driven under the plan as it is.",
      reset: "Put offsets back", plan: "Plan",
      none: "There are no two neighbouring signals with traffic from each to the other.",
      longestRoad: { "\($0) signals, \($1) m, \($2) s at free flow outbound" }),
    throughput: Throughput(
      intro: {
        "All demand grows by the same factor; every plan met the same vehicles, in \($0) \($0 == 1 ? "simulation" : "simulations") for each factor but 1. At * the plan no longer keeps up: more than chance and 2 % of the demand is left over."
      },
      table: "Vehicles served as demand grows", scale: "factor", demand: "demand, veh/h",
      served: { "served, veh/h, \($0)" }),
    day: Day(
      better: { "The schedule changes the day's delay by \($0) against the existing plan." },
      notBetter: {
        "It is not certain that the schedule is better than the existing plan: it changes the day's delay by \($0)."
      },
      againstSingle: { "Against the best single plan for the whole day it is \($0)." },
      moreSeeds: {
        "The whole day is the mean of \($0) simulations: \($1) left open which of the two is better."
      },
      plans: "The whole day", bestSingle: { "best single plan: \($0)" }, schedule: "schedule",
      served: "served, veh",
      hint:
        "Above: vehicles at all signals, each counted at every signal that it passes. Below: which plan runs when.",
      periods: "The periods, each played alone", period: "period", plan: "plan", vehicles: "vehicles",
      delay: { "s per vehicle, \($0)" },
      kept: "existing plan: none was better with certainty", cycles: "Cycle and offset of each plan, s",
      cycleAndOffset: "cycle / offset",
      transitions: { "Signals are in step with a new plan \($0) s after it begins, \($1) s at most." },
      noTransitions: "No signal changes its plan.",
      cutting: {
        "With more periods each plan suits its traffic better, but every change of plan costs: it counted as \($0) veh·h. Delay is that of the split programs' formulas."
      },
      intro:
        "The existing plan, the best single plan and the schedule with its transitions were played on the same vehicles, seed by seed, by Greenwave's simulator; no seed was used to choose the plans. ± is the 95 % confidence interval. The same input gives the same figures on every machine."
    ),
    retiming: Retiming(
      age: { old, ageing, all in
        "The running plan is out of date at \(old) and ageing at \(ageing) of \(all) \(all == 1 ? "signal" : "signals")."
      }, upToDate: "The running plan is up to date at all signals.",
      saved: { adjusted, saved, now, change in
        "Re-timing \(adjusted) of them takes \(saved) of \(now) veh·h of delay per hour away (\(change))."
      },
      notSimulated:
        "All delay here is that of the split programs' formulas under the fresh counts, not simulated: 'greenwave benchmark' plays both plans.",
      subtitle: {
        "\($0) \($0 == 1 ? "signal" : "signals") re-timed for \($1) to \($2)"
      }, running: "running", adjusted: "adjusted", table: "All junctions, those that gain most first",
      delay: "delay, veh·h/h", best: "best", step: "largest step, s", greens: "running greens",
      ages: [.upToDate: "up to date", .ageing: "ageing", .outOfDate: "out of date"],
      outcomes: [.adjusted: "", .kept: "", .frozen: "frozen", .idle: "no traffic"],
      heldBack: {
        "*: held back by changes of at most \($0) s. Best: with the best greens at the same cycle, however much they change."
      },
      intro:
        "Stages, their order and the cycles stay; greens and offsets are adjusted from the running ones on. The same input gives the same figures on every machine."
    ),
    junctions: Junctions(
      choose: "Junction", previous: "Previous", next: "Next", movements: "Movements", movement: "movement",
      flow: "flow, veh/h", saturationFlow: "saturation flow, veh/h", saturation: "v/c", delay: "delay, s/veh",
      level: "LOS", queue: "queue P95, veh", price: "price of a second", priceUnit: "veh·h per h",
      pedestrians: "Pedestrians", crossing: "crossing", perHour: "per hour", walk: "walk, s",
      clearance: "clearance needed, s", meanWait: "mean wait, s", longestWait: "longest wait, s",
      binding: "What binds", noBinding: "Nothing binds: more green would not help any movement.",
      turns: ("left", "through", "right", "U-turn"),
      notes:
        "v/c: flow over capacity of the movement's fullest lane. Delay: simulated, on the link before the stop line. LOS: Highway Capacity Manual. Queue P95: in 95 % of the cycles the queue of the movement's longest lane was not longer. Price: by how much one more second of green of its lane lowers (-) or raises (+) delay, per hour.",
      cycleChange: { "Cycle \($0) s → \($1) s" }),
    certificate: Certificate(
      intro: {
        "The green times are \($0), proven at each junction for its cycle and stages. The bound is of the formulas for delay, not of the simulation."
      },
      optimal: "0 %", best: "the best possible", near: { "within \($0) of the best possible" },
      none: "Nothing was optimized, so nothing is proven.", junction: "junction",
      cycle: "cycle, s",
      value: "objective", bound: "bound", gap: "gap", reserve: "μ", binds: "what binds, dearest first",
      price: "price of a second", step: "step", stepName: { $0.name }, offsets: "Signals that run together",
      members: "signals", reason: "why",
      lane: { "\($0) lane \($1) from the kerb (\($2))" }, cycleLength: "cycle length",
      minimumGreen: { "minimum green of \($0)" }, walk: { "walk of \($0)" },
      intergreen: { "intergreen from \($0) to \($1)" }, split: { "minimum split of phase \($0)" },
      lead: { "lead of \($0) over \($1)" }, shortestStage: "shortest stage",
      objective: "objective"),
    provenance: Provenance(
      intro:
        "Both plans were played on the same vehicles, seed by seed, by Greenwave's simulator; no seed was used to choose the plan. ± is the 95 % confidence interval. The same input gives the same figures on every machine.",
      version: "Greenwave", seeds: "seeds", inputs: "Inputs", file: "file", bytes: "bytes",
      checksum: "SHA-256",
      text: "The report as text",
      observed: {
        "Queues over time and queue percentiles are of \($0) of these runs, trajectories of the first."
      },
      limits:
        "Fixed-time plans. Pedestrians do not hold up turning vehicles, and there are no cyclists and no buses at stops. Delay is that of the simulator."
    ),
    interval: "95 % confidence")
}
