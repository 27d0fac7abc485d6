/// What the trip output of one run of SUMO adds up to.
///
/// SUMO must have been told to write unfinished and undeparted vehicles (`--tripinfo-output.write-unfinished`,
/// `--tripinfo-output.write-undeparted`), so that all who wanted to travel count.
public struct SUMOTripInfo: Hashable, Sendable {
  /// Vehicles that wanted to depart within the period.
  public private(set) var demand = 0
  /// Of them, those that arrived.
  public private(set) var served = 0
  /// Of them, those that had not yet departed when the period ended.
  public private(set) var waitingOutside = 0
  /// Σ (time loss + departure delay), veh·s; who never arrived or departed counts up to the period's end.
  public private(set) var totalDelay = 0.0
  /// Σ time on the road, veh·s.
  public private(set) var travelTime = 0.0
  /// Times that a vehicle halted.
  public private(set) var stops = 0

  private init() {}

  /// Reads the file that SUMO wrote for `--tripinfo-output`.
  ///
  /// - Throws: `InputFailure` with everything that is wrong with the file.
  public init(path: String) throws(InputFailure) {
    let file = InputFile(path)
    var log = DiagnosticLog(file)
    var sums = SUMOTripInfo()
    try XMLFile.read(file, roots: ["tripinfos"]) { node in
      if node.name == "tripinfo" { sums.add(node, &log) }
    }
    guard !log.hasErrors else { throw InputFailure(log.diagnostics) }
    self = sums
  }

  private mutating func add(_ trip: XMLNode, _ log: inout DiagnosticLog) {
    guard let depart = trip.number("depart", &log), let delay = trip.number("departDelay", &log) else {
      return
    }
    if depart < 0 {
      // SUMO loads vehicles ahead of time; those scheduled for after the end have not waited.
      guard delay > 0 else { return }
      demand += 1
      waitingOutside += 1
      totalDelay += delay
      return
    }
    guard let arrival = trip.number("arrival", &log), let loss = trip.number("timeLoss", &log),
      let duration = trip.number("duration", &log), let halts = trip.position("waitingCount", &log)
    else { return }
    demand += 1
    if arrival >= 0 { served += 1 }
    totalDelay += loss + delay
    travelTime += duration
    stops += halts
  }
}
