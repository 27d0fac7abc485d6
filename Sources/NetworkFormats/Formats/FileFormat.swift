public import TrafficModel

/// A kind of files. What can be done with it say the protocols below, of which it takes on those that it can: it reads
/// networks, writes them, reads plans, writes plans, or schedules.
///
/// A `FormatRegistry` lists formats, and all who read or write go through one.
public protocol FileFormat: Sendable {
  /// What `--to` calls it: small letters, without spaces; two formats of a registry have two names.
  var name: String { get }
}

/// A format that networks are read from.
public protocol NetworkFormat: FileFormat {
  /// The endings of files that are its own whatever stands in them, in small letters: `.yaml`. None by default.
  var endings: [String] { get }

  /// What somebody is told whose input is of no format: kinds of files, such as `SUMO networks (.net.xml, .net.xml.gz)`,
  /// none by default; and whose folders it reads, such as `GMNS`, nobody's by default.
  var kindsOfFiles: [String] { get }
  var kindOfFolders: String? { get }

  /// Whether an input is of this format by what it holds, or by the files of a folder; not by default.
  ///
  /// It is asked in the order of the registry, when no format has claimed the input by its ending.
  /// - Throws: `InputFailure` when a file cannot be read.
  func recognizes(_ input: InputFiles) throws(InputFailure) -> Bool

  /// The scenario in an input of this format.
  ///
  /// - Throws: `InputFailure` with everything that is wrong with it.
  func read(_ input: InputFiles) throws(InputFailure) -> ReadScenario
}

extension NetworkFormat {
  /// None.
  public var endings: [String] { [] }
  /// None.
  public var kindsOfFiles: [String] { [] }
  /// Nobody's.
  public var kindOfFolders: String? { nil }
  /// Never.
  public func recognizes(_ input: InputFiles) -> Bool { false }
}

/// A format that networks are written in, with their demand and plans.
public protocol NetworkWriter: FileFormat {
  /// The endings that an output of this format is told by, in small letters; none where it is a folder.
  var outputEndings: [String] { get }

  /// The files of a scenario, and what they leave out.
  ///
  /// - Parameter origin: `ReadScenario.origin` of the input; where it is of this format, what nobody understands of it may
  ///   stay as it is.
  /// - Throws: `InputFailure` when the origin cannot be read again.
  func write(_ scenario: Scenario, origin: (any Sendable)?) throws(InputFailure) -> WrittenScenario
}

/// A format that plans are read from.
public protocol PlanReader: FileFormat {
  /// What somebody is told whose folder holds no plan: what a folder of this format has; nil by default.
  var planFolder: String? { get }

  /// Whether a file, or a folder, holds a plan in this format; asked in the order of the registry.
  ///
  /// - Throws: `InputFailure` when a file cannot be read.
  func recognizesPlan(_ input: InputFiles) throws(InputFailure) -> Bool

  /// Whether files of this format name controllers and their groups, so that a plan can be looked at without its network; not by
  /// default.
  var namesControllers: Bool { get }

  /// The controllers that an input names; none by default. What is wrong with the input is told by `readPlan`.
  ///
  /// - Throws: `InputFailure` when a file cannot be read.
  func controllers(in input: InputFiles) throws(InputFailure) -> [PlannedController]

  /// The plan in an input of this format.
  ///
  /// - Parameters:
  ///   - network: what the plan is for.
  ///   - time: when it is to run; of an input with plans for several times, the one for it is read.
  ///   - origin: `ReadScenario.origin` of what the network was read from. What the plan's files do not say of roads and
  ///     lanes is taken from there, where it is of this format.
  /// - Returns: a plan with a programme for each controller that the files name.
  /// - Throws: `InputFailure` with everything that is wrong.
  func readPlan(
    _ input: InputFiles, for network: Network, at time: PlanTime, origin: (any Sendable)?
  ) throws(InputFailure) -> ReadPlan
}

extension PlanReader {
  /// Nothing.
  public var planFolder: String? { nil }
  /// They do not.
  public var namesControllers: Bool { false }
  /// None.
  public func controllers(in input: InputFiles) -> [PlannedController] { [] }
}

/// A format that plans are written in.
public protocol PlanWriter: FileFormat {
  /// The ending of plans that are left beside the tables of a result, for inputs of this format: of who can load them as
  /// they are. Nil by default: they are written where somebody asks for them.
  var planEnding: String? { get }

  /// A plan as files, and what they leave out.
  ///
  /// - Parameters:
  ///   - plan: of the scenario's network; controllers without a programme are left as they are.
  ///   - period: what it is for.
  ///   - origin: `ReadScenario.origin` of the scenario's input.
  /// - Throws: `InputFailure` when the origin cannot be read again; an encoder's error.
  func write(
    _ plan: TimingPlan, of scenario: Scenario, in period: Period, origin: (any Sendable)?
  ) throws -> WrittenScenario
}

extension PlanWriter {
  /// None.
  public var planEnding: String? { nil }
}

/// A format of those who run a day's plans by themselves, transitions and all.
public protocol ScheduleWriter: FileFormat {
  /// The ending of schedules that are left beside the tables of a result, for inputs of this format.
  var scheduleEnding: String { get }

  /// A timetable as one text.
  ///
  /// - Parameters:
  ///   - timetable: of the scenario's network.
  ///   - untouched: controllers that keep what they have.
  ///   - origin: `ReadScenario.origin` of the scenario's input.
  func text(
    of timetable: SignalTimetable, scenario: Scenario, untouched: Set<ControllerID>,
    origin: (any Sendable)?
  ) -> String
}
