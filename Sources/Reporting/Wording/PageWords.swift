/// What reports say in both languages, in the one of them.
struct PageWords: Spoken {
  static let english = PageWords(language: .english)

  let language: ReportLanguage
  func report(_ scenario: String, _ period: String) -> String {
    say("\(scenario), \(period)", "\(scenario)，\(period)")
  }
  func subtitle(_ signals: Int, _ begin: String, _ end: String, _ seeds: Int) -> String {
    say(
      "\(signals) \(signals == 1 ? "signal" : "signals"), \(begin) to \(end), mean of \(seeds) \(seeds == 1 ? "simulation" : "simulations")",
      "信号控制路口 \(signals) 个，\(begin) 至 \(end)，\(seeds) 次仿真的平均值")
  }
  var sections: Sections { Sections(language: language) }
  var skip: String { say("Skip to the figures", "跳到主要内容") }
  var theme: String { say("Light or dark", "浅色/深色") }
  var print: String { say("Print", "打印") }
  var existing: String { say("existing", "现状") }
  var standIn: String { say("stand-in", "替代方案") }
  var proposed: String { say("proposed", "建议方案") }
  var bestFound: String { say("best found", "已找到的最好方案") }
  var change: String { say("change", "变化") }
  var verdict: Verdict { Verdict(language: language) }
  var load: Load { Load(language: language) }
  var presentControl: PresentControl { PresentControl(language: language) }
  var measures: Measures { Measures(language: language) }
  /// Above the rows of each group of measures; none where measures are not grouped.
  var groups: [MeasureGroup: String] {
    language == .english ? [:] : [.safety: "安全保障", .efficiency: "效率提升", .priority: "优先通行", .balance: "均衡调控"]
  }
  var map: MapControls { MapControls(language: language) }
  var timeSpace: TimeSpace { TimeSpace(language: language) }
  var throughput: Throughput { Throughput(language: language) }
  var day: Day { Day(language: language) }
  var retiming: Retiming { Retiming(language: language) }
  var junctions: Junctions { Junctions(language: language) }
  var certificate: Certificate { Certificate(language: language) }
  var provenance: Provenance { Provenance(language: language) }
  var interval: String { say("95 % confidence", "95 % 置信区间") }
}

extension PageWords {
  struct Sections: Spoken {
    let language: ReportLanguage
    var summary: String { say("Before and after", "实施前后对比") }
    var map: String { say("Network map", "路网图") }
    var arterials: String { say("Time-space diagrams", "干线时距图") }
    var queues: String { say("Queues over time", "排队变化") }
    var throughput: String { say("As demand grows", "需求增长时的通过量") }
    var junctions: String { say("Junctions", "各路口") }
    var certificate: String { say("What is proven, and what binds", "最优性证明与瓶颈") }
    var provenance: String { say("How the figures were obtained", "数据来源") }
    var day: String { say("The schedule of the day", "全天方案时间表") }
    var cutting: String { say("How the day is cut", "时段划分") }
    var contents: String { say("Contents", "目录") }
  }
  struct Verdict: Spoken {
    let language: ReportLanguage
    var better: String {
      say("The proposed plan is better than the existing one with 95 % confidence.", "建议方案优于现状方案，置信度 95 %。")
    }
    var unsteady: String {
      say(
        "Keep your plan: the best plan found is quicker on average, but on its bad days, at this demand or above it, it is worse than yours.",
        "建议保留现状方案：已找到的最好方案平均更快，但在不利的日子（现状或更大的需求）比现状方案差。")
    }
    var keep: String {
      say(
        "Keep your plan: no plan was found that beats the existing one with 95 % confidence.",
        "建议保留现状方案：没有找到以 95 % 置信度优于现状的方案。")
    }
    var waves: String {
      say(
        "The proposed plan has the widest green waves; what it does to delay stands below.",
        "建议方案的绿波带最宽；它对延误的影响见下表。")
    }
    func reserve(_ existing: String, _ proposed: String) -> String {
      say(
        "Signals can carry \(existing) times this demand now, \(proposed) times with the other plan.",
        "现状信号能承担当前需求的 \(existing) 倍，另一方案为 \(proposed) 倍。")
    }
  }
  /// What an engineer asks before signing.
  struct Load: Spoken {
    let language: ReportLanguage
    var caption: String { say("Under more traffic", "需求增长时") }
    var scale: String { say("demand, times", "需求倍数") }
    var delay: String { say("delay, s per vehicle", "车均延误，s") }
    var lockUps: String { say("runs that lock up", "锁死的仿真次数") }
    func keepsUp(_ scale: String) -> String {
      say("keeps up with \(scale) times this demand, the most that was tried", "在已试的最大需求（\(scale) 倍）下仍能疏散")
    }
    func fallsBehind(_ scale: String) -> String {
      say("falls behind at \(scale) times this demand", "需求达 \(scale) 倍时不能疏散")
    }
    func fallsBehindBelow(_ scale: String) -> String {
      say("falls behind at \(scale) times this demand or before", "需求在 \(scale) 倍以内已不能疏散")
    }
    func limits(_ existing: String, _ proposed: String) -> String {
      say("The existing plan \(existing); the other \(proposed).", "现状方案\(existing)；另一方案\(proposed)。")
    }
    func loss(_ movement: String, _ now: String, _ new: String) -> String {
      say("\(movement) from \(now) to \(new) s per vehicle", "\(movement) 由 \(now) 增至 \(new) s/辆")
    }
    func losses(_ names: String) -> String {
      say(
        "Some wait longer than they should, as under every steady plan found that gains: \(names).",
        "以下流向的等待超过限值（已找到的稳定改善方案都如此）：\(names)。")
    }
    func more(_ count: Int) -> String { say(" and \(count) more", " 等另外 \(count) 个") }
    func slowed(_ count: Int, _ all: Int, _ toF: Int) -> String {
      say(
        "\(count) of \(all) movements wait over 5 % longer, \(toF) of them fall to level of service F.",
        "\(all) 个流向中有 \(count) 个的延误增加超过 5 %，其中 \(toF) 个降为 F 级。")
    }
    var asAsked: String {
      say(
        "This is the plan with the cycle asked for; it is not better than the existing one with 95 % confidence.",
        "这是按指定周期给出的方案；没有以 95 % 置信度优于现状。")
    }
    func inSUMO(_ version: String, _ seeds: Int, _ now: String, _ new: String, _ change: String) -> String {
      say(
        "In SUMO \(version), \(seeds) seeds, the existing plan has \(now) s per vehicle, the one found \(new) (\(change)).",
        "SUMO \(version) 仿真 \(seeds) 次：现状方案车均延误 \(now) s，已找到的方案 \(new) s（\(change)）。")
    }
    var holds: String { say("It holds in both.", "两种仿真结论一致。") }
    var doesNotHold: String {
      say("It does not hold there: it is not proposed.", "在 SUMO 中不成立，因此不建议采用。")
    }
    var stages: String { say("Stages that change", "相位的变化") }
    var removed: String { say("gone", "取消") }
    var added: String { say("new", "新增") }
    var order: String { say("order", "顺序") }
    var reordered: String { say("another", "改变") }
  }
  /// What runs today and was not played.
  struct PresentControl: Spoken {
    let language: ReportLanguage
    func played(_ count: Int, _ all: Int, _ kinds: String) -> String {
      say(
        "\(count) of \(all) \(all == 1 ? "signal" : "signals") \(count == 1 ? "responds" : "respond") to traffic (\(kinds)) today, and \(count == 1 ? "was" : "were") played so.",
        "\(all) 个信号中有 \(count) 个现随交通变化（\(kinds)），已按其响应方式仿真。")
    }
    func responding(_ count: Int, _ all: Int, _ kinds: String) -> String {
      say(
        "Today's control was not played here: \(count) of \(all) \(all == 1 ? "signal" : "signals") \(count == 1 ? "responds" : "respond") to traffic (\(kinds)). 'stand-in' is their phases in turn, at their usual durations: no baseline, so no gain is claimed against it.",
        "未仿真现行控制：\(all) 个信号中有 \(count) 个随交通变化（\(kinds)）。“替代方案”按各相位的通常时长依次放行，不能作为现状，因此不声称任何改善。")
    }
    func accepted(_ names: String, _ reason: String) -> String {
      say(
        "Planned on your word though not understood: \(names) (\(reason)); yellow and all-red are kept.",
        "未能理解其现行控制，按您的要求制定方案：\(names)（\(reason)）；黄灯和全红不变。")
    }
    func notFound(_ names: String, _ reason: String) -> String {
      say(
        "No plan was found for \(names) (\(reason)): it keeps what it has.",
        "未找到 \(names) 的方案（\(reason)）：保留现行控制。")
    }
    func notPlanned(_ names: String, _ reason: String, _ accepted: String) -> String {
      say(
        "No plan for \(names): \(reason). It keeps what it has; --accept-doubtful \(accepted) plans it all the same.",
        "未为 \(names) 制定方案：\(reason)。保留现行控制；使用 --accept-doubtful \(accepted) 仍可制定。")
    }
    func inSUMO(
      _ version: String, _ seeds: Int, _ now: String, _ new: String, _ change: String, _ verdict: String
    ) -> String {
      say(
        "In SUMO \(version), \(seeds) seeds, what runs today has \(now) s per vehicle, the plan found \(new) (\(change)): \(verdict).",
        "SUMO \(version) 仿真 \(seeds) 次：现行控制车均延误 \(now) s，已找到的方案 \(new) s（\(change)）：\(verdict)。")
    }
    var better: String {
      say("the proposed plan is better than what runs today with 95 % confidence", "建议方案优于现行控制，置信度 95 %")
    }
    var worse: String {
      say("keep what runs today: the plan found is worse", "建议保留现行控制：已找到的方案较差")
    }
    var uncertain: String {
      say(
        "keep what runs today: it is not certain that the plan found is better",
        "建议保留现行控制：不能确定已找到的方案更好")
    }
    func notCompared(_ command: String?) -> String {
      guard let command else {
        return say(
          "The plan was not compared with what runs today: nothing here can play that.",
          "方案未与现行控制比较：此处无法仿真现行控制。")
      }
      return say(
        "The plan was not compared with what runs today. Where SUMO is installed, this does it: \(command)",
        "方案未与现行控制比较。安装 SUMO 后可用此命令比较：\(command)")
    }
  }
  struct Measures: Spoken {
    let language: ReportLanguage
    var measure: String { say("measure", "指标") }
    var demand: String { say("demand, veh", "交通需求，辆") }
    var served: String { say("served, veh/h", "通过量，辆/h") }
    var servedVehicles: String { say("served, veh", "通过量，辆") }
    var allStops: String { say("stops", "停车次数") }
    var unserved: String { say("unserved at the end, veh", "时段末未通过，辆") }
    var totalDelay: String { say("total delay, veh·h", "总延误，辆·h") }
    var delayPerVehicle: String { say("delay per vehicle, s", "车均延误，s") }
    var stops: String { say("stops per vehicle", "车均停车次数") }
    var reserve: String { say("reserve capacity μ", "储备通行能力 μ") }
    var reserveLong: String {
      say("reserve capacity μ: the factor by which all demand can grow", "储备通行能力 μ：全部需求可增长的倍数")
    }
    var fullestLane: String { say("fullest lane, % of storage", "最长排队占车道蓄车长度，%") }
    var spillback: String { say("spillback, s over all links", "排队溢出时间（各路段合计），s") }
    var pedestrianDelay: String { say("delay per pedestrian, s", "行人平均延误，s") }
    var longestPedestrianWait: String { say("longest wait of a pedestrian, s", "行人最长等待，s") }
    var violations: String { say("safety rules broken", "违反安全规则，处") }
    var worstSaturation: String { say("highest degree of saturation v/c", "最大饱和度 v/c") }
  }
  struct Provenance: Spoken {
    let language: ReportLanguage
    var intro: String {
      say(
        "Both plans were played on the same vehicles, seed by seed, by Greenwave's simulator; no seed was used to choose the plan. ± is the 95 % confidence interval. The same input gives the same figures on every machine.",
        "两个方案用相同的车辆逐个随机种子仿真；选择方案时未使用这些种子。± 为 95 % 置信区间。相同的输入在任何机器上得到相同的结果。")
    }
    var version: String { say("Greenwave", "Greenwave") }
    var seeds: String { say("seeds", "随机种子") }
    var inputs: String { say("Inputs", "输入文件") }
    var file: String { say("file", "文件") }
    var bytes: String { say("bytes", "字节") }
    var checksum: String { say("SHA-256", "SHA-256") }
    var text: String { say("The report as text", "文本报告（英文）") }
    func observed(_ seeds: Int) -> String {
      say(
        "Queues over time and queue percentiles are of \(seeds) of these runs, trajectories of the first.",
        "排队变化和排队百分位数取自其中 \(seeds) 次仿真，车辆轨迹取自第一次。")
    }
    var limits: String {
      say(
        "Fixed-time plans. Pedestrians do not hold up turning vehicles, and there are no cyclists and no buses at stops. Delay is that of the simulator.",
        "定时控制方案。行人不阻挡转弯车辆；未考虑自行车和公交停靠。延误为仿真值。")
    }
  }
}

/// The goals that GA/T 527.2 groups the measures of signal control by.
enum MeasureGroup: CaseIterable {
  case safety, efficiency, priority, balance
}
