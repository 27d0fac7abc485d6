public import TrafficModel

/// What the peak-flow program makes as good as it can.
public enum PeakFlowObjective: String, Hashable, Sendable, CaseIterable {
  /// Least total time spent in queues, those outside the network included.
  case timeSpent = "time-spent"
  /// Most vehicles that are out of the network at the end.
  case throughput
}

/// Store-and-forward over the slices of a period: one set of greens for each controller, with which queues, turning,
/// travel times and full links together cost least. The network as the linear program sees it.
///
/// A *queue* is a movement's vehicles at the stop line; a *server* is green time that some queues of a link share.
/// For queue q in slice k, x vehicles stand at the slice's end and u leave in it; I is what enters a link:
///
///     x[q,k] = x[q,k−1] + arrivals[q,k] + share_q (α I[k−n] + (1−α) I[k−n−1]) − u[q,k]
///     Σ headway_q u[q,k] ≤ slice / C × (constant + Σ greenShare_s g_s)       each server
///     Σ x[q,k] + vehicles still on their way ≤ storage                        each link
///     Σ g_s = C − lost time,  g_s ≥ least,  Σ over its stages ≥ seconds       each controller
///
/// After Gazis and Potts (1963) and Aboudolas, Papageorgiou and Kosmatopoulos (2009, doi 10.1016/j.trc.2008.10.002);
/// Documentation/PeakFlow.md has the model, what it leaves out, and how it is solved.
public struct PeakFlowProblem: Hashable, Sendable {
  /// A road before a stop line, or what waits outside to enter one.
  public struct Link: Hashable, Sendable {
    /// The network's link; several of the problem's links may belong to it: itself, and its outside.
    public var id: LinkID
    /// Whether it stands for the vehicles that wait to enter the link `id`.
    public var isOutside = false
    /// Vehicles that it holds; infinite where they wait outside without limit.
    public var storage: Double
    /// Vehicles that 1 m of it holds, over all lanes.
    public var density = 0.0
    /// Seconds from its entry to the end of its queue.
    public var travelTime: Double
  }

  /// Vehicles of one movement at the stop line.
  public struct Queue: Hashable, Sendable {
    /// The movement; nil for vehicles that wait to enter a link.
    public var movement: MovementID?
    /// Position in `links` of the link it stands on; queues of one link stand together.
    public var link: Int
    /// Position in `links` of the link it leads to; nil out of the network.
    public var next: Int?
    /// Share of what enters its link that joins it, 0 ... 1.
    public var share: Double
    /// Vehicles that join it from outside the network, by slice.
    public var arrivals: [Double]
  }

  /// Green time shared by some queues of one link.
  public struct Server: Hashable, Sendable {
    /// Positions in `queues`, ascending.
    public var queues: [Int]
    /// Seconds of green that a vehicle takes, one for each queue.
    public var headways: [Double]
    /// Position in `controllers`; nil where no signal holds it up.
    public var controller: Int?
    /// Seconds in each cycle that do not depend on the greens; without a controller, seconds in each second.
    public var constant: Double
    /// Seconds won by a second more of each stage: lanes that go in it; empty without a controller.
    public var greenShares: [Double]
    /// Lanes that serve it.
    public var lanes: Int
  }

  /// What may be chosen at one controller.
  public struct Controller: Hashable, Sendable {
    /// A sum of stages that must last at least so long.
    public struct Minimum: Hashable, Sendable {
      /// Positions of the stages, ascending.
      public var stages: [Int]
      /// s.
      public var seconds: Double
      /// What needs it.
      public var cause: IntervalMinimum.Cause
    }
    /// Why a stage may not be shorter.
    public enum Need: Hashable, Sendable {
      /// No stage is shorter than `ProgramStructure.shortestStage`.
      case shortestStage
      /// A minimum of this stage alone.
      case minimum(IntervalMinimum.Cause)
      /// The minimums together do not fit the cycle, so the greens are as they stand.
      case minimumsBeyondCycle
    }
    /// The network's controller.
    public var id: ControllerID
    /// s.
    public var cycle: Double
    /// Seconds of all stages together: cycle − lost time.
    public var green: Double
    /// Shortest duration of each stage, s.
    public var least: [Double]
    /// Why each stage may not be shorter.
    public var needs: [Need]
    /// Minimums over several stages.
    public var minimums: [Minimum] = []
  }

  /// What is made small or large.
  public var objective: PeakFlowObjective
  /// Number of slices.
  public let sliceCount: Int
  /// s.
  public let sliceLength: Double
  /// Roads, and outsides of roads.
  public var links: [Link]
  /// Queues, in order of their links.
  public var queues: [Queue]
  /// Servers.
  public var servers: [Server]
  /// Controllers.
  public var controllers: [Controller]

  /// A problem.
  ///
  /// - Parameters:
  ///   - queues: in order of their links, each with an entry of `arrivals` for each slice.
  ///   - servers: each has at least one queue, and its queues stand on one link; each queue has a server.
  public init(
    objective: PeakFlowObjective = .timeSpent, sliceCount: Int, sliceLength: Double, links: [Link],
    queues: [Queue], servers: [Server], controllers: [Controller]
  ) {
    precondition(sliceCount > 0 && sliceLength > 0, "a period has at least one slice")
    precondition(queues.allSatisfy { $0.arrivals.count == sliceCount }, "arrivals must be given by slice")
    precondition(
      zip(queues, queues.dropFirst()).allSatisfy { $0.link <= $1.link },
      "queues stand in order of their links")
    precondition(
      servers.allSatisfy { server in
        server.queues.count == server.headways.count
          && Set(server.queues.map { queues[$0].link }).count == 1
          && server.greenShares.count == (server.controller.map { controllers[$0].least.count } ?? 0)
      }, "a server needs queues of one link, a headway for each and a share for each stage")
    precondition(
      Set(servers.flatMap(\.queues)).count == queues.count, "each queue needs a server")
    self.objective = objective
    self.sliceCount = sliceCount
    self.sliceLength = sliceLength
    self.links = links
    self.queues = queues
    self.servers = servers
    self.controllers = controllers
  }

  /// Vehicles that want to travel.
  public var demand: Double { queues.reduce(0) { $0 + $1.arrivals.reduce(0, +) } }

  /// Seconds of green in a slice for each second of green in a cycle: slice / C; the slice without a controller.
  func sliceFactor(_ server: Server) -> Double {
    server.controller.map { sliceLength / controllers[$0].cycle } ?? sliceLength
  }

  /// Seconds of green that a server has in a slice.
  func supply(_ server: Server, greens: [[Double]]) -> Double {
    var seconds = server.constant
    if let controller = server.controller {
      for (share, green) in zip(server.greenShares, greens[controller]) { seconds += share * green }
    }
    return seconds * sliceFactor(server)
  }
}
