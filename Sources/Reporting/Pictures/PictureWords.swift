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
    timeSpaceTitle: { "\($0) to \($1)" }, stagesTitle: { "\($0), \($1)" }, mapTitle: { "\($0), \($1)" })

  static let chinese = PictureWords(
    green: "绿灯", permissiveGreen: "绿灯（让行）", yellow: "黄灯", redYellow: "红黄灯", otherSignal: "其他",
    red: "红灯", neverGreen: "无绿灯", timeOfDay: "时刻", outbound: "上行", inbound: "下行",
    cycleAndOffset: { "周期 \($0) s，相位差 \($1) s" },
    bandwidth: { "绿波带宽：上行 \($0)，下行 \($1)" },
    cyclesDiffer: "各路口周期不同，没有逐周期重复的绿波带", noBand: "无",
    offsetOf: { "\($0) 的相位差" }, saturation: "饱和度 v/c（最不利车道）", storage: "最大排队占车道蓄车长度的比例",
    noTraffic: "无信号灯或无车流", queue: { "排队占蓄车长度 \($0)" }, queuedVehicles: "排队车辆数（含路网外等候）",
    minutesAfter: { "\($0) 之后的分钟数" }, queuesTitle: "全路网排队", existing: "现状", proposed: "建议方案",
    timeSpaceTitle: { "\($0) 至 \($1)" }, stagesTitle: { "\($0)，\($1)" }, mapTitle: { "\($0)，\($1)" })
}
