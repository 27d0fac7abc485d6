internal import SignalOptimization

/// What is said of days, and of plans that age.
extension PageWords {
  struct Day: Spoken {
    let language: ReportLanguage
    func better(_ change: String) -> String {
      say(
        "The schedule changes the day's delay by \(change) against the existing plan.",
        "与现状方案相比，时间表使全天延误变化 \(change)。")
    }
    func notBetter(_ change: String) -> String {
      say(
        "It is not certain that the schedule is better than the existing plan: it changes the day's delay by \(change).",
        "不能确定时间表优于现状方案：全天延误变化 \(change)。")
    }
    func againstSingle(_ change: String) -> String {
      say("Against the best single plan for the whole day it is \(change).", "与全天最好的单一方案相比为 \(change)。")
    }
    func moreSeeds(_ day: Int, _ periods: Int) -> String {
      say(
        "The whole day is the mean of \(day) simulations: \(periods) left open which of the two is better.",
        "全天为 \(day) 次仿真的平均值：\(periods) 次不足以判断两者优劣。")
    }
    var plans: String { say("The whole day", "全天") }
    func bestSingle(_ plan: String) -> String { say("best single plan: \(plan)", "最好的单一方案：\(plan)") }
    var schedule: String { say("schedule", "时间表") }
    var hint: String {
      say(
        "Above: vehicles at all signals, each counted at every signal that it passes. Below: which plan runs when.",
        "上图：全部信号路口的流量，车辆每经过一个路口计一次。下图：各时段运行的方案。")
    }
    var periods: String { say("The periods, each played alone", "各时段（单独仿真）") }
    var period: String { say("period", "时段") }
    var plan: String { say("plan", "方案") }
    var vehicles: String { say("vehicles", "车辆数") }
    func delay(_ plan: String) -> String { say("s per vehicle, \(plan)", "车均延误，s，\(plan)") }
    var kept: String { say("existing plan: none was better with certainty", "现状方案：没有确定更好的方案") }
    var cycles: String { say("Cycle and offset of each plan, s", "各方案的周期与相位差，s") }
    var cycleAndOffset: String { say("cycle / offset", "周期 / 相位差") }
    func transitions(_ mean: String, _ longest: String) -> String {
      say(
        "Signals are in step with a new plan \(mean) s after it begins, \(longest) s at most.",
        "新方案开始后平均 \(mean) s、最多 \(longest) s 信号过渡完毕。")
    }
    var noTransitions: String { say("No signal changes its plan.", "没有信号更换方案。") }
    func cutting(_ changeCost: String) -> String {
      say(
        "With more periods each plan suits its traffic better, but every change of plan costs: it counted as \(changeCost) veh·h. Delay is that of the split programs' formulas.",
        "时段越多，方案越贴合交通，但每次更换方案都有代价：按 \(changeCost) 辆·h 计。延误按绿信比规划的公式计算。")
    }
    var intro: String {
      say(
        "The existing plan, the best single plan and the schedule with its transitions were played on the same vehicles, seed by seed, by Greenwave's simulator; no seed was used to choose the plans. ± is the 95 % confidence interval. The same input gives the same figures on every machine.",
        "现状方案、最好的单一方案和时间表（含过渡）用相同的车辆逐个随机种子仿真；选择方案时未使用这些种子。± 为 95 % 置信区间。相同的输入在任何机器上得到相同的结果。")
    }
  }
  struct Retiming: Spoken {
    let language: ReportLanguage
    func age(_ old: Int, _ ageing: Int, _ all: Int) -> String {
      say(
        "The running plan is out of date at \(old) and ageing at \(ageing) of \(all) \(all == 1 ? "signal" : "signals").",
        "\(all) 个路口中，运行方案在 \(old) 个路口已过时，在 \(ageing) 个路口开始老化。")
    }
    var upToDate: String { say("The running plan is up to date at all signals.", "运行方案在所有路口都适用。") }
    func saved(_ adjusted: Int, _ saved: String, _ now: String, _ change: String) -> String {
      say(
        "Re-timing \(adjusted) of them takes \(saved) of \(now) veh·h of delay per hour away (\(change)), by the split programs: not simulated.",
        "调整其中 \(adjusted) 个路口，每小时 \(now) 辆·h 的延误可减少 \(saved) 辆·h（\(change)）。")
    }
    var noTraffic: String { say("There is no traffic at signals.", "信号路口没有车流。") }
    var notSimulated: String {
      say(
        "All delay here is that of the split programs' formulas under the fresh counts, not simulated: 'greenwave benchmark' plays both plans.",
        "本页延误均按新流量用绿信比规划的公式计算，未经仿真：greenwave benchmark 可对两个方案仿真。")
    }
    func subtitle(_ signals: Int, _ begin: String, _ end: String) -> String {
      say(
        "\(signals) \(signals == 1 ? "signal" : "signals") re-timed for \(begin) to \(end)",
        "按 \(begin) 至 \(end) 的流量调整信号控制路口 \(signals) 个")
    }
    var running: String { say("running", "运行方案") }
    var adjusted: String { say("adjusted", "调整方案") }
    var table: String { say("All junctions, those that gain most first", "全部路口（按改善大小排序）") }
    var delay: String { say("delay, veh·h/h", "延误，辆·h/h") }
    var best: String { say("best", "最优") }
    var step: String { say("largest step, s", "最大调整，s") }
    var greens: String { say("running greens", "运行绿灯") }
    var ages: [JunctionRetiming.Age: String] {
      language == .english
        ? [.upToDate: "up to date", .ageing: "ageing", .outOfDate: "out of date"]
        : [.upToDate: "适用", .ageing: "老化", .outOfDate: "过时"]
    }
    var outcomes: [JunctionRetiming.Outcome: String] {
      language == .english
        ? [.adjusted: "", .kept: "", .frozen: "frozen", .idle: "no traffic"]
        : [.adjusted: "", .kept: "", .frozen: "锁定", .idle: "无车流"]
    }
    func heldBack(_ limit: String) -> String {
      say(
        "*: held back by changes of at most \(limit) s. Best: with the best greens at the same cycle, however much they change.",
        "*：受最大调整 \(limit) s 的限制。最优：相同周期下不限调整幅度的最好绿灯。")
    }
    var intro: String {
      say(
        "Stages, their order and the cycles stay; greens and offsets are adjusted from the running ones on. The same input gives the same figures on every machine.",
        "相位、相序和周期不变；绿灯和相位差在运行方案的基础上调整。相同的输入在任何机器上得到相同的结果。")
    }
  }
}
