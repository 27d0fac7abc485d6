public import CapacityWorksheets
internal import HighwayCapacity

/// How the figures of a lane group came about, as somebody would write it down.
public struct CapacityExplanation: Sendable {
  let worksheet: JunctionWorksheet
  let group: LaneGroupWorksheet
  let plan: String
  let steps: [CalculationStep]

  /// Formulas are not broken into shorter lines, columns.
  private static let leastRoom = 40

  /// The calculation of a lane group; nil where the manual does not cover it.
  public init?(_ group: LaneGroupWorksheet, of worksheet: JunctionWorksheet, plan: String) {
    guard let steps = worksheet.explain(group) else { return nil }
    self.worksheet = worksheet
    self.group = group
    self.plan = plan
    self.steps = steps
  }

  /// Equation, formula, and the formula with its numbers.
  public var text: String {
    let width = (steps.map(\.equation.displayWidth).max() ?? 0) + 2
    let room = max(ReportLayout.current.sentenceWidth - width, Self.leastRoom)
    let lines = steps.flatMap { step -> [String] in
      let formula = step.formula.isEmpty ? [] : ["\(step.symbol) = \(step.formula)"]
      let wrapped = (formula + [step.text]).flatMap {
        $0.wrapped(to: room, indent: 4).split(separator: "\n").map(String.init)
      }
      return wrapped.enumerated().map { index, line in
        (index == 0 ? step.equation : "").padded(to: width) + line
      }
    }
    return [["\(worksheet.name), \(plan): \(group.name)"], lines].asText
  }

  var json: JSONObject {
    [
      "junction": worksheet.name, "plan": plan, "laneGroup": group.name,
      "steps": steps.map { step -> JSONObject in
        [
          "equation": step.equation, "symbol": step.symbol, "formula": step.formula, "text": step.text,
          "value": step.value, "unit": step.unit,
        ]
      },
    ]
  }

  /// Several for programs, as a list.
  public static func json(of explanations: [CapacityExplanation]) throws -> String {
    try JSONText.text(explanations.map(\.json))
  }
}
