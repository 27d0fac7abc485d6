internal import SignalOptimization

extension PageWords {
  /// Measures are grouped by the four goals of GA/T 527.2.
  static let chinese = PageWords(
    report: { "\($0)，\($1)" },
    subtitle: { "信号控制路口 \($0) 个，\($1) 至 \($2)，\($3) 次仿真的平均值" },
    sections: Sections(
      summary: "实施前后对比", map: "路网图", arterials: "干线时距图", queues: "排队变化", throughput: "需求增长时的通过量",
      junctions: "各路口", certificate: "最优性证明与瓶颈", provenance: "数据来源", day: "全天方案时间表", cutting: "时段划分",
      contents: "目录"),
    skip: "跳到主要内容", theme: "浅色/深色", print: "打印", existing: "现状", standIn: "替代方案", proposed: "建议方案",
    bestFound: "已找到的最好方案",
    change: "变化",
    verdict: Verdict(
      better: "建议方案优于现状方案，置信度 95 %。",
      keep: "建议保留现状方案：没有找到以 95 % 置信度优于现状的方案。",
      waves: "建议方案的绿波带最宽；它对延误的影响见下表。",
      responding: {
        "未仿真现行控制：\($1) 个信号中有 \($0) 个随交通变化（\($2)）。“替代方案”按各相位的通常时长依次放行，不能作为现状，因此不声称任何改善。"
      },
      notPlanned: { "未为 \($0) 制定方案：\($1)。保留现行控制。" },
      accepted: { "未能理解其现行控制，按您的要求制定方案：\($0)（\($1)）。" },
      inSUMO: { "SUMO \($0) 仿真 \($1) 次：现行控制车均延误 \($2) s，已找到的方案 \($3) s（\($4)）。" },
      betterInSUMO: "建议方案优于现行控制，置信度 95 %。", notBetterInSUMO: "建议保留现行控制：不能确定已找到的方案更好。",
      notCompared: { command in "方案未与现行控制比较。" + (command.map { "安装 SUMO 后可用此命令比较：\($0)" } ?? "") },
      reserve: { "现状信号能承担当前需求的 \($0) 倍，另一方案为 \($1) 倍。" }),
    measures: Measures(
      measure: "指标", demand: "交通需求，辆", served: "通过量，辆/h", unserved: "时段末未通过，辆",
      totalDelay: "总延误，辆·h", delayPerVehicle: "车均延误，s", level: "服务水平（HCM）", stops: "车均停车次数",
      reserve: "储备通行能力 μ", reserveLong: "储备通行能力 μ：全部需求可增长的倍数", fullestLane: "最长排队占车道蓄车长度，%",
      spillback: "排队溢出时间（各路段合计），s", pedestrianDelay: "行人平均延误，s", longestPedestrianWait: "行人最长等待，s",
      violations: "违反安全规则，处", worstSaturation: "最大饱和度 v/c"),
    groups: [.safety: "安全保障", .efficiency: "效率提升", .priority: "优先通行", .balance: "均衡调控"],
    map: MapControls(
      hint: "点击路口可查看该路口；指向路段可查看数值。下表列出相同数据。", colourBy: "着色依据", saturation: "饱和度",
      queue: "排队与蓄车长度之比", plan: "方案", table: "全部路口", cycle: "周期，s", delayHours: "延误，辆·h",
      served: "通过量，辆/h", worstSaturation: "最大 v/c", laneFull: "最满车道，%", junction: "路口", now: "现状",
      new: "方案"),
    timeSpace: TimeSpace(
      hint:
        "横轴为时间，纵轴为距离。在绿波带内行驶的车辆一路绿灯。细线为仿真车辆轨迹。左右拖动某个路口，或用 Tab 键选中后按方向键，即可调整相位差，绿波带随之重新计算。车辆轨迹按原方案仿真，不随之变化。",
      reset: "恢复相位差", plan: "方案", none: "没有两个相邻路口之间存在双向车流。",
      longestRoad: { "\($0) 个路口，\($1) m，上行自由流行程时间 \($2) s" }),
    throughput: Throughput(
      intro: { "全部需求按同一倍数增长；各方案面对相同的车辆；除 1 倍外每个倍数仿真 \($0) 次。* 表示该方案已无法满足需求：剩余车辆超过需求的 2 %，且超出随机波动。" },
      table: "需求增长时的通过量", scale: "倍数", demand: "需求，辆/h", served: { "通过量，辆/h，\($0)" }),
    day: Day(
      better: { "与现状方案相比，时间表使全天延误变化 \($0)。" },
      notBetter: { "不能确定时间表优于现状方案：全天延误变化 \($0)。" },
      againstSingle: { "与全天最好的单一方案相比为 \($0)。" },
      moreSeeds: { "全天为 \($0) 次仿真的平均值：\($1) 次不足以判断两者优劣。" }, plans: "全天",
      bestSingle: { "最好的单一方案：\($0)" }, schedule: "时间表", served: "通过量，辆",
      hint: "上图：全部信号路口的流量，车辆每经过一个路口计一次。下图：各时段运行的方案。", periods: "各时段（单独仿真）", period: "时段",
      plan: "方案", vehicles: "车辆数", delay: { "车均延误，s，\($0)" }, kept: "现状方案：没有确定更好的方案",
      cycles: "各方案的周期与相位差，s", cycleAndOffset: "周期 / 相位差",
      transitions: { "新方案开始后平均 \($0) s、最多 \($1) s 信号过渡完毕。" }, noTransitions: "没有信号更换方案。",
      cutting: { "时段越多，方案越贴合交通，但每次更换方案都有代价：按 \($0) 辆·h 计。延误按绿信比规划的公式计算。" },
      intro:
        "现状方案、最好的单一方案和时间表（含过渡）用相同的车辆逐个随机种子仿真；选择方案时未使用这些种子。± 为 95 % 置信区间。相同的输入在任何机器上得到相同的结果。"),
    retiming: Retiming(
      age: { old, ageing, all in "\(all) 个路口中，运行方案在 \(old) 个路口已过时，在 \(ageing) 个路口开始老化。" },
      upToDate: "运行方案在所有路口都适用。",
      saved: { adjusted, saved, now, change in
        "调整其中 \(adjusted) 个路口，每小时 \(now) 辆·h 的延误可减少 \(saved) 辆·h（\(change)）。"
      }, notSimulated: "本页延误均按新流量用绿信比规划的公式计算，未经仿真：greenwave benchmark 可对两个方案仿真。",
      subtitle: { "按 \($1) 至 \($2) 的流量调整信号控制路口 \($0) 个" }, running: "运行方案", adjusted: "调整方案",
      table: "全部路口（按改善大小排序）", delay: "延误，辆·h/h", best: "最优", step: "最大调整，s", greens: "运行绿灯",
      ages: [.upToDate: "适用", .ageing: "老化", .outOfDate: "过时"],
      outcomes: [.adjusted: "", .kept: "", .frozen: "锁定", .idle: "无车流"],
      heldBack: { "*：受最大调整 \($0) s 的限制。最优：相同周期下不限调整幅度的最好绿灯。" },
      intro: "相位、相序和周期不变；绿灯和相位差在运行方案的基础上调整。相同的输入在任何机器上得到相同的结果。"),
    junctions: Junctions(
      choose: "路口", previous: "上一个", next: "下一个", movements: "各流向", movement: "流向", flow: "流量，辆/h",
      saturationFlow: "饱和流量，辆/h", saturation: "v/c", delay: "延误，s/辆", level: "服务水平",
      queue: "95 % 排队，辆", price: "每秒绿灯的价值", priceUnit: "辆·h/h", pedestrians: "行人", crossing: "人行横道",
      perHour: "人/h", walk: "绿灯，s", clearance: "清空所需，s", meanWait: "平均等待，s", longestWait: "最长等待，s",
      binding: "瓶颈", noBinding: "无瓶颈：增加绿灯不会改善任何流向。", turns: ("左转", "直行", "右转", "掉头"),
      notes:
        "v/c：该流向最不利车道的流量与通行能力之比。延误：停车线前路段上的仿真值。服务水平：按《道路通行能力手册》（HCM）。95 % 排队：95 % 的周期内，该流向最长车道的排队不超过此值。每秒绿灯的价值：该车道绿灯每增加 1 s，每小时延误的变化（负值为减少）。",
      cycleChange: { "周期 \($0) s → \($1) s" }),
    certificate: Certificate(
      intro: { "各路口在其周期和相序下，绿灯时间\($0)（已证明）。该界限针对延误公式，不针对仿真。" },
      optimal: "0 %", best: "为理论最优", near: { "与理论最优值之差不超过 \($0)" }, none: "没有进行优化，因此没有可证明的结论。",
      junction: "路口", cycle: "周期，s", value: "目标值",
      bound: "下界", gap: "差距", reserve: "μ", binds: "瓶颈（按价值排序）", price: "每秒的价值", step: "步骤",
      stepName: { step in
        switch step {
        case .existing: "现状方案"
        case .cyclesAndSplits: "周期与绿信比"
        case .stages: "相位相序"
        case .stagesCyclesAndSplits: "相位、周期与绿信比"
        case .fullLinkGreens: "满溢路段绿灯"
        case .groupsAndOffsets: "协调分组与相位差"
        case .refinement: "精细调整"
        case .splitsAtOneCycle: "统一周期下的绿信比"
        case .greenWaves: "绿波"
        }
      }, offsets: "协调控制的路口", members: "路口", reason: "原因",
      lane: { "\($0) 自路缘起第 \($1) 车道（\($2)）" }, cycleLength: "周期长度",
      minimumGreen: { "\($0) 的最小绿灯" }, walk: { "\($0) 的行人绿灯" },
      intergreen: { "\($0) 至 \($1) 的绿灯间隔" }, split: { "相位 \($0) 的最短绿灯" },
      lead: { "\($0) 先于 \($1) 的行人提前绿灯" }, shortestStage: "最短阶段", objective: "目标"),
    provenance: Provenance(
      intro: "两个方案用相同的车辆逐个随机种子仿真；选择方案时未使用这些种子。± 为 95 % 置信区间。相同的输入在任何机器上得到相同的结果。",
      version: "Greenwave", seeds: "随机种子", inputs: "输入文件", file: "文件", bytes: "字节", checksum: "SHA-256",
      text: "文本报告（英文）",
      observed: { "排队变化和排队百分位数取自其中 \($0) 次仿真，车辆轨迹取自第一次。" },
      limits: "定时控制方案。行人不阻挡转弯车辆；未考虑自行车和公交停靠。延误为仿真值。"),
    interval: "95 % 置信区间")
}
