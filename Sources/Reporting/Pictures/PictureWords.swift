/// What pictures say, in one language.
struct PictureWords: Sendable {
  var green: String
  var permissiveGreen: String
  var yellow: String
  var redYellow: String
  var otherSignal: String
  var red: String
  var neverGreen: String
  /// Axis of a time-space diagram.
  var timeOfDay: String
  var outbound: String
  var inbound: String
  /// Of a signal: cycle and offset, s.
  var cycleAndOffset: @Sendable (_ cycle: String, _ offset: String) -> String
  /// Of an arterial: its bands' widths, s, and their shares of the cycle.
  var bandwidth: @Sendable (_ outbound: String, _ inbound: String) -> String
  var cyclesDiffer: String
  var noBand: String
  /// Name of the control that moves a signal's offset.
  var offsetOf: @Sendable (_ signal: String) -> String
  /// Legend of the map.
  var saturation: String
  var storage: String
  var noTraffic: String
  /// Of a link: its longest queue as a share of the storage.
  var queue: @Sendable (String) -> String
  var queuedVehicles: String
  var minutesAfter: @Sendable (_ begin: String) -> String
  var queuesTitle: String
  var existing: String
  var proposed: String
  var timeSpaceTitle: @Sendable (_ first: String, _ last: String) -> String
  var stagesTitle: @Sendable (_ junction: String, _ plan: String) -> String
  var mapTitle: @Sendable (_ network: String, _ plan: String) -> String
  /// Axes, diagonal and note of the throughput curve.
  var demandPerHour: String
  var servedPerHour: String
  var allServed: String
  var throughputNote: String
  /// Of a plan: the multiple of the demand up to which it keeps up, or at or below which it does not.
  var keepsUp: @Sendable (_ scale: String) -> String
  var breaksDownAt: @Sendable (_ scale: String) -> String
  var breaksDownBelow: @Sendable (_ scale: String) -> String
  /// Axis of a day's traffic.
  var vehiclesAtSignals: String
  /// Of the ways to cut a day.
  var cuttingTitle: String
  var mostPlans: String
  var delayByPrograms: String
  var leastDelay: @Sendable (_ slices: Int) -> String

  static let english = PictureWords(
    green: "green", permissiveGreen: "green, yields", yellow: "yellow", redYellow: "red and yellow",
    otherSignal: "other", red: "red", neverGreen: "never green", timeOfDay: "time of day",
    outbound: "outbound", inbound: "inbound",
    cycleAndOffset: { "cycle \($0) s, offset \($1) s" },
    bandwidth: { "bands: outbound \($0), inbound \($1)" },
    cyclesDiffer: "cycles differ: no band comes back every cycle", noBand: "none",
    offsetOf: { "offset of \($0)" }, saturation: "degree of saturation v/c of the fullest lane",
    storage: "longest queue, share of the lane's storage",
    noTraffic: "no signal or no traffic", queue: { "queue \($0) of storage" },
    queuedVehicles: "queued vehicles, with those outside",
    minutesAfter: { "minutes after \($0)" }, queuesTitle: "Queues in the whole network",
    existing: "existing", proposed: "proposed",
    timeSpaceTitle: { "\($0) to \($1)" }, stagesTitle: { "\($0), \($1)" }, mapTitle: { "\($0), \($1)" },
    demandPerHour: "demand, veh/h", servedPerHour: "served, veh/h", allServed: "all demand served",
    throughputNote:
      "Circles: where a plan breaks down. Upright: its reserve capacity μ, by the linear program.",
    keepsUp: { "keeps up to \($0)" }, breaksDownAt: { "breaks down at \($0)" },
    breaksDownBelow: { "breaks down below \($0)" },
    vehiclesAtSignals: "vehicles at all signals, veh/h",
    cuttingTitle: "Delay by how often the plan may change", mostPlans: "periods at most",
    delayByPrograms: "delay by the split programs, veh·h",
    leastDelay: { "a plan for each of \($0) slices" })

  static let chinese = PictureWords(
    green: "绿灯", permissiveGreen: "绿灯（让行）", yellow: "黄灯", redYellow: "红黄灯", otherSignal: "其他",
    red: "红灯", neverGreen: "无绿灯", timeOfDay: "时刻", outbound: "上行", inbound: "下行",
    cycleAndOffset: { "周期 \($0) s，相位差 \($1) s" },
    bandwidth: { "绿波带宽：上行 \($0)，下行 \($1)" },
    cyclesDiffer: "各路口周期不同，没有逐周期重复的绿波带", noBand: "无",
    offsetOf: { "\($0) 的相位差" }, saturation: "饱和度 v/c（最不利车道）", storage: "最大排队占车道蓄车长度的比例",
    noTraffic: "无信号灯或无车流", queue: { "排队占蓄车长度 \($0)" }, queuedVehicles: "排队车辆数（含路网外等候）",
    minutesAfter: { "\($0) 之后的分钟数" }, queuesTitle: "全路网排队", existing: "现状", proposed: "建议方案",
    timeSpaceTitle: { "\($0) 至 \($1)" }, stagesTitle: { "\($0)，\($1)" }, mapTitle: { "\($0)，\($1)" },
    demandPerHour: "交通需求，辆/h", servedPerHour: "通过量，辆/h", allServed: "需求全部通过",
    throughputNote: "圆圈：方案开始失效处。竖线：线性规划给出的储备通行能力 μ。",
    keepsUp: { "\($0) 倍需求内均可满足" }, breaksDownAt: { "\($0) 倍需求时失效" },
    breaksDownBelow: { "低于 \($0) 倍需求即失效" },
    vehiclesAtSignals: "全部信号路口流量，辆/h",
    cuttingTitle: "延误与时段数", mostPlans: "时段数上限", delayByPrograms: "绿信比规划的延误，辆·h",
    leastDelay: { "\($0) 个时间片各用一个方案" })
}
