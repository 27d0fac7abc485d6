internal import TrafficModel

/// What the sheet of a junction says.
extension PageWords {
  var sheet: Sheet { Sheet(language: language) }

  struct Sheet: Spoken {
    let language: ReportLanguage

    // MARK: Head

    func title(_ junction: String) -> String { say("\(junction): signal timing", "\(junction)：信号配时表") }
    func subtitle(_ network: String, _ period: String, _ begin: String, _ end: String) -> String {
      say("\(network), \(period), \(begin) to \(end)", "\(network)，\(period)，\(begin) 至 \(end)")
    }
    func controller(_ name: String) -> String { say("Controller \(name)", "信号机 \(name)") }
    func controllers(_ name: String, rings: Int) -> String {
      say("Controller \(name), \(rings) rings", "信号机 \(name)，\(rings) 环")
    }
    func plan(_ label: String, _ program: String, _ cycle: String, _ offset: String, _ reference: String)
      -> String
    {
      say(
        "\(label): programme \(program), cycle \(cycle) s, offset \(offset) s to the \(reference)",
        "\(label)：方案 \(program)，周期 \(cycle) s，相位差 \(offset) s（至\(reference)）")
    }
    func toYellow(_ seconds: String) -> String {
      say("to its begin of yellow \(seconds) s", "至其黄灯开始 \(seconds) s")
    }
    func beginOfGreen(_ groups: String) -> String { say("begin of green of \(groups)", "\(groups) 绿灯开始") }
    func beginOfPhases(_ phases: String) -> String {
      say("begin of green of phase \(phases)", "相位 \(phases) 绿灯开始")
    }
    var beginOfProgram: String { say("begin of interval 1", "第 1 步开始") }
    var now: String { say("now", "现状") }
    var new: String { say("new", "新方案") }
    var leftHand: String { say("Traffic keeps to the left.", "车辆靠左行驶。") }
    func legs(_ names: String) -> String { say("Legs: \(names).", "进口：\(names)。") }
    func standsFor(_ kind: String) -> String {
      say(
        "What runs today responds to traffic (\(kind)); \"now\" is its phases one after another.",
        "现行控制随交通变化（\(kind)）；“现状”为其各相位依次放行。")
    }
    func doubtful(_ reason: String) -> String {
      say("What runs today was not understood: \(reason).", "未能理解现行控制：\(reason)。")
    }

    // MARK: Names

    func leg(_ compass: String) -> String {
      let chinese = [
        "N": "北", "NE": "东北", "E": "东", "SE": "东南", "S": "南", "SW": "西南", "W": "西", "NW": "西北",
      ]
      return say(compass, chinese[compass] ?? compass)
    }
    /// In movement names and beside volumes.
    func letter(_ turn: Turn) -> String {
      switch turn {
      case .uTurn: say("U", "掉")
      case .left: say("L", "左")
      case .through: say("T", "直")
      case .right: say("R", "右")
      }
    }
    func movement(_ leg: String, _ turns: String) -> String { say("\(leg).\(turns)", "\(leg)\(turns)") }
    var walkers: String { say("P", "人行") }

    // MARK: Pictures

    var lanes: String { say("Lanes and volumes, veh/h", "车道与流量（辆/h）") }
    var stages: String { say("Stages", "放行阶段") }
    var rings: String { say("Rings and barriers", "双环结构") }

    // MARK: Phases

    var groups: String { say("Signal groups, s", "信号灯组，s") }
    var phases: String { say("Phases, s", "相位，s") }
    var number: String { say("no.", "编号") }
    var group: String { say("group", "灯组") }
    var serves: String { say("serves", "流向") }
    var permitted: String { say("permissive", "让行流向") }
    var signal: String { say("signal", "信号") }
    func signal(_ state: SignalState, isWalk: Bool) -> String {
      if isWalk { return say("walk", "行人绿灯") }
      switch state {
      case .protectedGreen: return say("protected", "保护")
      case .permissiveGreen: return say("permissive", "让行")
      case .stopThenGo: return say("stop, then go", "停后通行")
      case .blinking: return say("blinking", "闪光")
      default: return say("off", "关闭")
      }
    }
    var ring: String { say("ring", "环") }
    var minimum: String { say("minimum", "最小绿灯") }
    var walk: String { say("walk", "行人绿灯") }
    var dontWalk: String { say("flashing don't walk", "绿闪") }
    var from: String { say("from", "开始") }
    var green: String { say("green", "绿灯") }
    var redYellow: String { say("red-yellow", "红黄") }
    var yellow: String { say("yellow", "黄灯") }
    var allRed: String { say("all-red", "全红") }
    var split: String { say("split", "绿信比时长") }
    var forceOff: String { say("force-off", "强制结束") }
    var order: String { say("lead/lag", "前置/后置") }
    var lead: String { say("lead", "前置") }
    var lag: String { say("lag", "后置") }
    var always: String { say("always", "常绿") }
    var omitted: String { say("left out", "不放行") }

    // MARK: Other tables

    var intergreens: String { say("Intergreen times, s", "绿灯间隔，s") }
    var ending: String { say("ends ↓, begins →", "结束 ↓ 开始 →") }
    var measures: String { say("Lane groups", "车道组") }
    var laneGroup: String { say("lane group", "车道组") }
    var volume: String { say("volume, veh/h", "流量，辆/h") }
    var saturationFlow: String { say("sat. flow, veh/h", "饱和流量，辆/h") }
    var pocket: String { say("pocket, m", "展宽段，m") }
    var saturation: String { say("v/c", "v/c") }
    var delay: String { say("delay, s", "延误，s") }
    var level: String { say("LOS", "服务水平") }
    var queue50: String { say("Q50, m", "Q50，m") }
    var queue95: String { say("Q95, m", "Q95，m") }
    var people: String { say("People on foot", "行人") }
    var crossing: String { say("crossing", "人行横道") }
    var perHour: String { say("per hour", "人/h") }
    var length: String { say("length, m", "长度，m") }
    var needed: String { say("clearance needed, s", "清空所需，s") }
    var given: String { say("given, s", "实有，s") }
    var walkSeconds: String { say("walk, s", "绿灯，s") }
    var meanWait: String { say("mean wait, s", "平均等待，s") }

    // MARK: Sentences

    func gains(_ names: String) -> String { say("Gain: \(names).", "改善：\(names)。") }
    func loses(_ names: String) -> String { say("Lose: \(names).", "恶化：\(names)。") }
    func change(_ name: String, _ now: String, _ new: String) -> String {
      say("\(name) \(now) → \(new)", "\(name) \(now) → \(new)")
    }
    func gainsOf(_ measure: String) -> String { say("\(measure), now → new", "\(measure)，现状 → 新方案") }
    var noChange: String { say("Nobody gains or loses noticeably.", "各流向无明显变化。") }
    func critical(_ name: String, _ saturation: String) -> String {
      say("Fullest: \(name), v/c \(saturation).", "最饱和：\(name)，v/c \(saturation)。")
    }
    func timeNote(_ reference: String) -> String {
      say(
        "Times in s. Offsets are from midnight, modulo the cycle; begins and force-offs are from the \(reference). Force-offs are fixed.",
        "时间单位为 s。相位差自零时起按周期取余；开始与强制结束时刻均自\(reference)起算，强制结束为固定方式。")
    }
    var allRedNote: String {
      say(
        "All-red: red after the yellow before what conflicts may start. A walk's clearance runs on through yellow and red; needed is length over walking speed.",
        "全红：黄灯之后至冲突流向放行之前的红灯。行人清空可延续至黄灯和红灯；清空所需为长度除以步速。")
    }
    var arrowNote: String {
      say(
        "Solid arrows have the right of way, dashed ones wait for gaps, blue dotted lines are walked; second figure: change to the next stage.",
        "实线箭头为保护放行，虚线为让行，蓝色点线为行人放行；“+”后为过渡时间。")
    }
    var ringNote: String {
      say(
        "* coordinated. Solid arrows have the right of way, dashed ones wait for gaps, blue dotted lines are walked. A split is green, yellow and all-red.",
        "* 为协调相位。实线箭头为保护放行，虚线为让行，蓝色点线为行人放行。相位时长含绿灯、黄灯、全红。")
    }
    func waiting(_ phases: String) -> String {
      say(
        "Longer than in the plan, to wait for the other rings at the barrier: phase \(phases).",
        "为等待其他环至屏障而长于方案：相位 \(phases)。")
    }
    func junctionDelay(_ delay: String, _ level: String) -> String {
      say(
        "Junction: delay \(delay) s per vehicle, level of service \(level).",
        "路口：车均延误 \(delay) s，服务水平 \(level)。")
    }
    /// Reasons are told in English alone.
    func notCovered(_ group: String, _ reason: String?) -> String {
      say("\(group) has no figures: \(reason ?? "the manual does not cover it").", "\(group) 无指标：该手册不适用。")
    }
    func andMore(_ count: Int) -> String { say(" and \(count) more", " 等另外 \(count) 个") }
    var manualNote: String {
      say(
        "Volumes: mean of the period. v/c, control delay, level of service (LOS) and back of queue per lane, in half and in 95 % of the cycles: Highway Capacity Manual, chapters 19 and 31.",
        "流量为时段平均值；v/c、控制延误、服务水平、每车道排队长度（50 % 与 95 % 周期）按《道路通行能力手册》（HCM）第 19、31 章。")
    }
    var loadNote: String {
      say(
        "Volumes: mean of the period. v/c: volume over capacity, as the split programs reckon it.",
        "流量为时段平均值；v/c 为流量与通行能力之比（按绿信比规划的模型）。")
    }
  }
}
