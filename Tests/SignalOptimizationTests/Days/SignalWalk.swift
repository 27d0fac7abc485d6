import TrafficModel

/// Walks along what a controller shows in steps of half a second and notes every broken rule.
///
/// Knows nothing of how the states came about, and shares no code with what makes or checks them.
struct SignalWalk {
  private(set) var broken: [String] = []

  private static let step = 0.5

  /// - Parameter states: what every group shows at an absolute time.
  init(
    _ controller: SignalController, from begin: Double, to end: Double, states: (Double) -> [SignalState]
  ) {
    let count = controller.groups.count
    // Seconds since the begin of the present green, and since the end of the last; nil where that was not seen.
    var green = [Double?](repeating: nil, count: count)
    var cleared = green
    var yellow = [Double](repeating: 0, count: count)
    var before = states(begin + Self.step / 2)
    let foes = (0..<count).map { group in
      (0..<count).filter { $0 != group && controller.conflicts[$0][group] != .none }
    }
    for number in 1..<Int((end - begin) / Self.step) {
      let time = begin + Double(number) * Self.step
      let now = states(time + Self.step / 2)
      // Groups that change at the same time see each other as they were.
      let clearedBefore = cleared
      for group in 0..<count {
        let (was, shows) = (before[group], now[group])
        let name = controller.groups[group].name
        if shows.isGreen, !was.isGreen {
          for other in foes[group] {
            if before[other].isGreen, now[other].isGreen { continue }
            let since = before[other].isGreen ? 0 : clearedBefore[other]
            if let since, since < controller.intergreens[other][group] - 1e-9 {
              broken.append("\(time): \(name) starts \(since) s after \(controller.groups[other].name)")
            }
            if now[other] == .yellow, !controller.startsDuringYellow[other][group] {
              broken.append("\(time): \(name) starts in the yellow of \(controller.groups[other].name)")
            }
          }
        }
        if was.isGreen, !shows.isGreen {
          if let lasted = green[group], lasted < controller.groups[group].minimumGreen - 1e-9 {
            broken.append("\(time): \(name) was green for \(lasted) s only")
          }
          yellow[group] = 0
          if controller.groups[group].yellow > 0, shows != .yellow {
            broken.append("\(time): \(name) has no yellow")
          }
        }
        if was == .yellow, shows != .yellow, !shows.isGreen,
          cleared[group] != nil, yellow[group] < controller.groups[group].yellow - 1e-9
        {
          broken.append("\(time): \(name) had \(yellow[group]) s of yellow")
        }
        if shows == .yellow { yellow[group] += Self.step }
        green[group] = shows.isGreen ? (was.isGreen ? green[group].map { $0 + Self.step } : Self.step) : nil
        cleared[group] = shows.isGreen ? 0 : cleared[group].map { $0 + Self.step }
        if was.isGreen, !shows.isGreen { cleared[group] = Self.step }
      }
      for a in 0..<count where now[a].isGreen {
        for b in foes[a] where now[b].isGreen {
          let isYielding =
            switch controller.conflicts[a][b] {
            case .none, .accepted: true
            case .exclusive: false
            case .rowYields: now[a] == .permissiveGreen
            case .columnYields: now[b] == .permissiveGreen
            case .eitherYields: now[a] == .permissiveGreen || now[b] == .permissiveGreen
            }
          if !isYielding {
            broken.append(
              "\(time): \(controller.groups[a].name) and \(controller.groups[b].name) are green together")
          }
        }
      }
      before = now
    }
  }
}
