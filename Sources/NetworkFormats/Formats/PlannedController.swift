public import TrafficModel

/// A controller as a plan's own file names it.
public struct PlannedController: Hashable, Sendable {
  /// Its name.
  public var name: String
  /// Names of its groups, in the order of the states; numbers from 1 where the file has none.
  public var groups: [String]

  /// A controller with groups.
  public init(name: String, groups: [String]) { (self.name, self.groups) = (name, groups) }
}

/// A plan that was read without the network that it is for.
public struct LonePlan: Sendable {
  /// The plan.
  public var plan: TimingPlan
  /// Its controllers, with nothing but names.
  public var network: Network
  /// What somebody should look at.
  public var warnings: [Diagnostic]
}

extension FormatRegistry {
  /// The plan in an input, for the controllers that the input itself names.
  ///
  /// - Parameter time: of an input with plans for several times, the one for it is read.
  /// - Throws: `InputFailure` with everything that is wrong; also where the format does not name controllers and groups.
  public func readPlan(alone input: InputFiles, at time: PlanTime) throws(InputFailure) -> LonePlan {
    let readers = formats.compactMap { $0 as? any PlanReader }
    let place = SourceLocation(file: input.path)
    for format in readers where try format.recognizesPlan(input) {
      let controllers = try format.controllers(in: input)
      let network: Network
      do {
        network = try Network(
          junctions: [], links: [], lanes: [], connections: [], conflicts: [],
          controllers: controllers.map(\.standIn))
      } catch {
        throw InputFailure(
          "the plan does not make sense by itself: \(error.problems.map(\.message).joined(separator: "; "))",
          at: place, notes: [Self.advice])
      }
      guard !controllers.isEmpty || format.namesControllers else {
        throw InputFailure(
          "plans of this format cannot be read without their network", at: place, notes: [Self.advice])
      }
      let read = try format.readPlan(input, for: network, at: time, origin: nil)
      return LonePlan(plan: read.plan, network: network, warnings: read.warnings)
    }
    throw InputFailure("this is not a kind of file that holds a plan", at: place)
  }

  private static let advice = "name the network with --network"
}

extension PlannedController {
  /// A controller without rules.
  fileprivate var standIn: SignalController {
    let none = groups.map { _ in GroupConflict.none }
    return SignalController(
      name: name,
      groups: groups.map {
        SignalGroup(name: $0, minimumGreen: 0, yellow: 0, otherStates: Set(SignalState.allCases))
      },
      conflicts: groups.map { _ in none }, intergreens: groups.map { _ in groups.map { _ in 0 } })
  }

  /// Numbers from 1.
  static func numbers(_ count: Int) -> [String] { (0..<count).map { String($0 + 1) } }
}
