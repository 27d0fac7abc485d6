internal import SignalOptimization
internal import TrafficModel

/// What is said of links and junctions, and of what is proven of them.
extension PageWords {
  struct MapControls: Spoken {
    let language: ReportLanguage
    var hint: String {
      say(
        "A junction leads to its own page; links have their values when pointed at. The table below has the same figures.",
        "点击路口可查看该路口；指向路段可查看数值。下表列出相同数据。")
    }
    var colourBy: String { say("Colour by", "着色依据") }
    var saturation: String { say("degree of saturation", "饱和度") }
    var queue: String { say("queue against storage", "排队与蓄车长度之比") }
    var plan: String { say("Plan", "方案") }
    var table: String { say("All junctions", "全部路口") }
    var cycle: String { say("cycle, s", "周期，s") }
    var delayHours: String { say("delay, veh·h", "延误，辆·h") }
    var served: String { say("served, veh/h", "通过量，辆/h") }
    var worstSaturation: String { say("highest v/c", "最大 v/c") }
    var laneFull: String { say("fullest lane, %", "最满车道，%") }
    var junction: String { say("junction", "路口") }
    var now: String { say("now", "现状") }
    var new: String { say("new", "方案") }
  }
  struct TimeSpace: Spoken {
    let language: ReportLanguage
    var hint: String {
      say(
        "Time runs to the right, distance upwards. Who drives within a band meets only green. Thin lines are simulated vehicles. Drag a signal to the left or right, or go to it with Tab and use the arrow keys, to move its offset: the bands follow. The lines of the vehicles do not, they were driven under the plan as it is.",
        "横轴为时间，纵轴为距离。在绿波带内行驶的车辆一路绿灯。细线为仿真车辆轨迹。左右拖动某个路口，或用 Tab 键选中后按方向键，即可调整相位差，绿波带随之重新计算。车辆轨迹按原方案仿真，不随之变化。")
    }
    var reset: String { say("Put offsets back", "恢复相位差") }
    var plan: String { say("Plan", "方案") }
    var none: String {
      say("There are no two neighbouring signals with traffic from each to the other.", "没有两个相邻路口之间存在双向车流。")
    }
    func longestRoad(_ signals: Int, _ metres: String, _ seconds: String) -> String {
      say(
        "\(signals) signals, \(metres) m, \(seconds) s at free flow outbound",
        "\(signals) 个路口，\(metres) m，上行自由流行程时间 \(seconds) s")
    }
  }
  struct Throughput: Spoken {
    let language: ReportLanguage
    func intro(_ seeds: Int) -> String {
      say(
        "All demand grows by the same factor; every plan met the same vehicles, in \(seeds) \(seeds == 1 ? "simulation" : "simulations") for each factor but 1. At * the plan no longer keeps up: more than chance and 2 % of the demand is left over.",
        "全部需求按同一倍数增长；各方案面对相同的车辆；除 1 倍外每个倍数仿真 \(seeds) 次。* 表示该方案已无法满足需求：剩余车辆超过需求的 2 %，且超出随机波动。")
    }
    var table: String { say("Vehicles served as demand grows", "需求增长时的通过量") }
    var scale: String { say("factor", "倍数") }
    var demand: String { say("demand, veh/h", "需求，辆/h") }
    func served(_ plan: String) -> String { say("served, veh/h, \(plan)", "通过量，辆/h，\(plan)") }
  }
  struct Junctions: Spoken {
    let language: ReportLanguage
    var choose: String { say("Junction", "路口") }
    var previous: String { say("Previous", "上一个") }
    var next: String { say("Next", "下一个") }
    var movements: String { say("Movements", "各流向") }
    var movement: String { say("movement", "流向") }
    var flow: String { say("flow, veh/h", "流量，辆/h") }
    var saturationFlow: String { say("saturation flow, veh/h", "饱和流量，辆/h") }
    var saturation: String { say("v/c", "v/c") }
    var delay: String { say("delay, s/veh", "延误，s/辆") }
    var level: String { say("LOS", "服务水平") }
    var queue: String { say("queue P95, veh", "95 % 排队，辆") }
    var price: String { say("price of a second", "每秒绿灯的价值") }
    var priceUnit: String { say("veh·h per h", "辆·h/h") }
    var vehiclesPerHour: String { say("veh/h", "辆/h") }
    var pedestrians: String { say("Pedestrians", "行人") }
    var crossing: String { say("crossing", "人行横道") }
    var perHour: String { say("per hour", "人/h") }
    var walk: String { say("walk, s", "绿灯，s") }
    var clearance: String { say("clearance needed, s", "清空所需，s") }
    var meanWait: String { say("mean wait, s", "平均等待，s") }
    var longestWait: String { say("longest wait, s", "最长等待，s") }
    var binding: String { say("What binds", "瓶颈") }
    var noBinding: String {
      say("Nothing binds: more green would not help any movement.", "无瓶颈：增加绿灯不会改善任何流向。")
    }
    func turn(_ turn: Turn) -> String {
      switch turn {
      case .left: say("left", "左转")
      case .through: say("through", "直行")
      case .right: say("right", "右转")
      case .uTurn: say("U-turn", "掉头")
      }
    }
    var notes: String {
      say(
        "v/c: flow over capacity of the movement's fullest lane. Delay: simulated, on the link before the stop line. LOS: Highway Capacity Manual. Queue P95: in 95 % of the cycles the queue of the movement's longest lane was not longer. Price: by how much one more second of green of its lane lowers (-) or raises (+) delay, per hour.",
        "v/c：该流向最不利车道的流量与通行能力之比。延误：停车线前路段上的仿真值。服务水平：按《道路通行能力手册》（HCM）。95 % 排队：95 % 的周期内，该流向最长车道的排队不超过此值。每秒绿灯的价值：该车道绿灯每增加 1 s，每小时延误的变化（负值为减少）。"
      )
    }
    func cycleChange(_ existing: String, _ proposed: String) -> String {
      say("Cycle \(existing) s → \(proposed) s", "周期 \(existing) s → \(proposed) s")
    }
  }
  struct Certificate: Spoken {
    let language: ReportLanguage
    func intro(_ quality: String) -> String {
      say(
        "The green times are \(quality), proven at each junction for its cycle and stages. The bound is of the formulas for delay, not of the simulation.",
        "各路口在其周期和相序下，绿灯时间\(quality)（已证明）。该界限针对延误公式，不针对仿真。")
    }
    var optimal: String { say("0 %", "0 %") }
    var best: String { say("the best possible", "为理论最优") }
    func near(_ gap: String) -> String { say("within \(gap) of the best possible", "与理论最优值之差不超过 \(gap)") }
    var none: String { say("Nothing was optimized, so nothing is proven.", "没有进行优化，因此没有可证明的结论。") }
    var junction: String { say("junction", "路口") }
    var cycle: String { say("cycle, s", "周期，s") }
    var value: String { say("objective", "目标值") }
    var bound: String { say("bound", "下界") }
    var gap: String { say("gap", "差距") }
    var reserve: String { say("μ", "μ") }
    var binds: String { say("what binds, dearest first", "瓶颈（按价值排序）") }
    var price: String { say("price of a second", "每秒的价值") }
    var step: String { say("step", "步骤") }
    func step(_ step: OptimizationStep.Kind) -> String {
      switch step {
      case .existing: say("existing plan", "现状方案")
      case .cyclesAndSplits: say("cycles and splits", "周期与绿信比")
      case .stages: say("stages", "相位相序")
      case .stagesCyclesAndSplits: say("stages, cycles and splits", "相位、周期与绿信比")
      case .fullLinkGreens: say("greens for full links", "满溢路段绿灯")
      case .groupsAndOffsets: say("groups and offsets", "协调分组与相位差")
      case .refinement: say("refinement", "精细调整")
      case .splitsAtOneCycle: say("splits at one cycle", "统一周期下的绿信比")
      case .greenWaves: say("green waves", "绿波")
      }
    }
    var offsets: String { say("Signals that run together", "协调控制的路口") }
    var members: String { say("signals", "路口") }
    var reason: String { say("why", "原因") }
    func lane(_ link: String, _ lane: Int, _ turns: String) -> String {
      say("\(link) lane \(lane) from the kerb (\(turns))", "\(link) 自路缘起第 \(lane) 车道（\(turns)）")
    }
    var cycleLength: String { say("cycle length", "周期长度") }
    func minimumGreen(_ group: String) -> String {
      say("minimum green of group '\(group)'", "\(group) 的最小绿灯")
    }
    func walk(_ group: String) -> String { say("walk of group '\(group)'", "\(group) 的行人绿灯") }
    func intergreen(_ from: String, _ to: String) -> String {
      say("intergreen from '\(from)' to '\(to)'", "\(from) 至 \(to) 的绿灯间隔")
    }
    func split(_ phase: Int) -> String { say("minimum split of phase \(phase)", "相位 \(phase) 的最短绿灯") }
    func lead(_ walkers: String, _ vehicles: String) -> String {
      say("lead of \(walkers) over \(vehicles)", "\(walkers) 先于 \(vehicles) 的行人提前绿灯")
    }
    var shortestStage: String { say("shortest stage", "最短阶段") }
    var objective: String { say("objective", "目标") }
  }
}
