internal import TrafficModel

/// Decides what the controllers that respond to traffic show, by what their detectors notice.
///
/// It stands beside `FixedTimeLogic`, which has all others, and shows to the same heads.
struct ActuatedLogic: ~Copyable {
  /// What the detectors of all controllers have noticed; the traffic writes it, second by second.
  var loops: FlatArray<Loop>
  private var controllers: [ActuatedController] = []
  /// By controller here: its number in the network.
  private var numbers: [Int] = []
  /// What each shows to each of its connections, interval after interval; and where the parts of each controller begin.
  private let shown: FlatArray<Aspect>
  private let firstShown: [Int]
  private let signalled: FlatArray<Int32>
  private let firstSignalled: [Int]
  private var isBegun = false
  /// What is shown since this second and was not in the last one.
  private(set) var changes: [Change] = []

  /// That a controller goes on to another interval, or begins with one.
  struct Change {
    /// Its number in the network.
    let controller: Int
    /// Nil in the first second.
    let before: Int?
    let interval: Int
    /// By group.
    let states: [SignalState]
  }

  /// Nobody responds.
  let isEmpty: Bool

  /// - Parameters:
  ///   - begins: by lane: where it begins, m from where positions on it count; and where it ends.
  ///   - begin: absolute s.
  init(network: Network, timetable: SignalTimetable, begins: [Double], ends: [Double], begin: Double) {
    var loops: [Loop] = []
    var shown: [Aspect] = []
    var signalled: [Int32] = []
    var (firstShown, firstSignalled) = ([0], [0])
    for index in network.controllers.indices {
      guard let actuation = timetable.actuation(ofController: index) else { continue }
      numbers.append(index)
      controllers.append(ActuatedController(actuation, firstLoop: loops.count, at: begin))
      for detector in actuation.detectors {
        let lane = detector.lane.index
        let place = max(begins[lane], ends[lane] - detector.distanceToEnd)
        loops.append(Loop(lane: Int32(lane), begin: place, length: detector.length))
      }
      let groups = network.connectionsOfGroup[index]
      for interval in actuation.intervals {
        for (group, connections) in groups.enumerated() {
          shown += connections.map { _ in Aspect(interval.states[group]) }
        }
      }
      for connections in groups { signalled += connections.map { Int32($0.index) } }
      firstShown.append(shown.count)
      firstSignalled.append(signalled.count)
    }
    self.loops = FlatArray(loops)
    self.shown = FlatArray(shown)
    self.signalled = FlatArray(signalled)
    (self.firstShown, self.firstSignalled) = (firstShown, firstSignalled)
    isEmpty = controllers.isEmpty
  }

  /// Brings what its controllers show to absolute time `time`, s.
  mutating func advance(to time: Double, _ heads: inout SignalHeads) {
    changes.removeAll(keepingCapacity: true)
    for index in controllers.indices
    where !isBegun || controllers[index].nextLook <= time + ActuatedController.rounding {
      let before = controllers[index].interval
      let hasChanged = controllers[index].advance(to: time, loops)
      guard hasChanged || !isBegun else { continue }
      changes.append(
        Change(
          controller: numbers[index], before: isBegun ? before : nil, interval: controllers[index].interval,
          states: controllers[index].states))
      show(index, at: time, &heads)
    }
    isBegun = true
  }

  private func show(_ index: Int, at time: Double, _ heads: inout SignalHeads) {
    let count = firstSignalled[index + 1] - firstSignalled[index]
    let row = firstShown[index] + controllers[index].interval * count
    for place in 0..<count {
      heads.show(shown[row &+ place], on: signalled[firstSignalled[index] + place], at: time)
    }
  }
}
