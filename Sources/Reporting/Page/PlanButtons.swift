/// A choice of plan for what shows one at a time.
enum PlanButtons {
  static func html(_ group: String, _ labels: [String], shown: Int, _ words: PageWords) -> String {
    let buttons = labels.enumerated().map { index, label in
      "<button type=\"button\" data-choice=\"\(index)\" aria-pressed=\"\(index == shown)\">\(escaped(label))</button>"
    }
    return
      "<div class=\"choice\" role=\"group\" data-group=\"\(group)\" aria-label=\"\(escaped(words.timeSpace.plan))\"><span>\(escaped(words.timeSpace.plan))</span>\(buttons.joined())</div>"
  }
}
