internal import NetworkBuilding
internal import TrafficModel

/// A programme as phases of a controller, and which phases serve each group.
struct UTDFOutputPlan {
  var phases: [UTDFPhase] = []
  var cycle: Double
  /// By group: the phases in which it has the right of way, and the ones in which it waits for gaps.
  var protected: [[Int]]
  var permitted: [[Int]]

  /// One phase after the other in a single ring: each lasts as long as the vehicles' greens stay the same, and ends with
  /// the yellow and all-red that follow.
  init(singleRing program: SignalProgram, of controller: SignalController) {
    let vehicles = controller.groups.indices.filter { controller.groups[$0].kind == .vehicle }
    let walkers = controller.groups.indices.filter { controller.groups[$0].kind == .pedestrian }
    cycle = program.cycle
    protected = controller.groups.map { _ in [] }
    permitted = controller.groups.map { _ in [] }
    let rows = program.intervals
    func greens(_ row: Int) -> [Int] { vehicles.filter { rows[row].states[$0].isGreen } }
    var segments: [(rows: [Int], change: [Int])] = []
    for row in rows.indices {
      if rows[row].isTransition, !segments.isEmpty {
        segments[segments.count - 1].change.append(row)
      } else if let last = segments.last, last.change.isEmpty, greens(last.rows[0]) == greens(row) {
        segments[segments.count - 1].rows.append(row)
      } else {
        segments.append(([row], []))
      }
    }
    var time = program.offset
    for (index, segment) in segments.enumerated() {
      func length(_ rows: [Int]) -> Double { rows.reduce(0) { $0 + program.intervals[$1].duration } }
      let yellow = length(
        segment.change.filter { row in vehicles.contains { rows[row].states[$0] == .yellow } })
      let green = length(segment.rows)
      let split = green + length(segment.change)
      let number = index + 1
      let begin = rows[segment.rows[0]]
      let next = segments[(index + 1) % segments.count].rows[0]
      for group in vehicles where begin.states[group].isGreen {
        if begin.states[group] == .protectedGreen {
          protected[group].append(number)
        } else {
          permitted[group].append(number)
        }
      }
      let walking = walkers.filter { begin.states[$0].isGreen }
      for group in walking { protected[group].append(number) }
      let ending = walking.filter { !rows[next].states[$0].isGreen || segments.count == 1 }
      let walk = (ending.isEmpty ? walking : ending).map { group in
        length(segment.rows.filter { rows[$0].states[group].isGreen })
      }.min()
      let minimum = greens(segment.rows[0]).map { controller.groups[$0].minimumGreen }.max() ?? 1
      phases.append(
        UTDFPhase(
          number: number, barrier: index / 4 + 1, ring: 1, position: index % 4 + 1,
          minimumGreen: min(minimum, green), split: split, yellow: yellow, allRed: split - green - yellow,
          walk: walk == nil ? nil : walking.map { controller.groups[$0].minimumGreen }.max(),
          dontWalk: walk.map { green - $0 } ?? 0, begin: time.wrapped(in: cycle),
          place: TextPlace(line: 1, column: 1)))
      time += split
    }
  }
}
