/// What pictures say, in one language.
struct PictureWords: Spoken {
  static let english = PictureWords(language: .english)
  static let chinese = PictureWords(language: .chinese)

  let language: ReportLanguage
  var green: String { say("green", "绿灯") }
  var permissiveGreen: String { say("green, yields", "绿灯（让行）") }
  var yellow: String { say("yellow", "黄灯") }
  var redYellow: String { say("red and yellow", "红黄灯") }
  var otherSignal: String { say("other", "其他") }
  var red: String { say("red", "红灯") }
  var neverGreen: String { say("never green", "无绿灯") }
  /// Axis of a time-space diagram.
  var timeOfDay: String { say("time of day", "时刻") }
  var outbound: String { say("outbound", "上行") }
  var inbound: String { say("inbound", "下行") }
  /// Of a signal: cycle and offset, s.
  func cycleAndOffset(_ cycle: String, _ offset: String) -> String {
    say("cycle \(cycle) s, offset \(offset) s", "周期 \(cycle) s，相位差 \(offset) s")
  }
  /// Of an arterial: its bands' widths, s, and their shares of the cycle.
  func bandwidth(_ outbound: String, _ inbound: String) -> String {
    say("bands: outbound \(outbound), inbound \(inbound)", "绿波带宽：上行 \(outbound)，下行 \(inbound)")
  }
  var cyclesDiffer: String { say("cycles differ: no band comes back every cycle", "各路口周期不同，没有逐周期重复的绿波带") }
  var noBand: String { say("none", "无") }
  /// Name of the control that moves a signal's offset.
  func offsetOf(_ signal: String) -> String { say("offset of \(signal)", "\(signal) 的相位差") }
  /// Legend of the map.
  var saturation: String { say("degree of saturation v/c of the fullest lane", "饱和度 v/c（最不利车道）") }
  var storage: String { say("longest queue, share of the lane's storage", "最大排队占车道蓄车长度的比例") }
  var noTraffic: String { say("no signal or no traffic", "无信号灯或无车流") }
  /// Of a link: its longest queue as a share of the storage.
  func queue(_ value: String) -> String { say("queue \(value) of storage", "排队占蓄车长度 \(value)") }
  var queuedVehicles: String { say("queued vehicles, with those outside", "排队车辆数（含路网外等候）") }
  func minutesAfter(_ begin: String) -> String { say("minutes after \(begin)", "\(begin) 之后的分钟数") }
  var queuesTitle: String { say("Queues in the whole network", "全路网排队") }
  var existing: String { say("existing", "现状") }
  var proposed: String { say("proposed", "建议方案") }
  func timeSpaceTitle(_ first: String, _ last: String) -> String {
    say("\(first) to \(last)", "\(first) 至 \(last)")
  }
  func stagesTitle(_ junction: String, _ plan: String) -> String {
    say("\(junction), \(plan)", "\(junction)，\(plan)")
  }
  func mapTitle(_ network: String, _ plan: String) -> String {
    say("\(network), \(plan)", "\(network)，\(plan)")
  }
  /// Axes, diagonal and note of the throughput curve.
  var demandPerHour: String { say("demand, veh/h", "交通需求，辆/h") }
  var servedPerHour: String { say("served, veh/h", "通过量，辆/h") }
  var allServed: String { say("all demand served", "需求全部通过") }
  var throughputNote: String {
    say(
      "Circles: where a plan breaks down. Upright: its reserve capacity μ, by the linear program.",
      "圆圈：方案开始失效处。竖线：线性规划给出的储备通行能力 μ。")
  }
  /// Of a plan: the multiple of the demand up to which it keeps up, or at or below which it does not.
  func keepsUp(_ scale: String) -> String { say("keeps up to \(scale)", "\(scale) 倍需求内均可满足") }
  func breaksDownAt(_ scale: String) -> String { say("breaks down at \(scale)", "\(scale) 倍需求时失效") }
  func breaksDownBelow(_ scale: String) -> String { say("breaks down below \(scale)", "低于 \(scale) 倍需求即失效") }
  /// Axis of a day's traffic.
  var vehiclesAtSignals: String { say("vehicles at all signals, veh/h", "全部信号路口流量，辆/h") }
  /// Of the ways to cut a day.
  var cuttingTitle: String { say("Delay by how often the plan may change", "延误与时段数") }
  var mostPlans: String { say("periods at most", "时段数上限") }
  var delayByPrograms: String { say("delay by the split programs, veh·h", "绿信比规划的延误，辆·h") }
  func leastDelay(_ slices: Int) -> String {
    say("a plan for each of \(slices) slices", "\(slices) 个时间片各用一个方案")
  }
}
