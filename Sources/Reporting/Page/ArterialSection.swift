internal import SignalOptimization
internal import TrafficModel

/// The time-space diagrams of a page, whose offsets can be dragged.
struct ArterialSection {
  let pictures: PeriodPictures
  let words: PageWords
  let language: ReportLanguage

  private var figures: PeriodFigures { pictures.figures }
  private var network: Network { figures.network }

  /// The lines of the section, the second plan shown first; none where there is one signal only.
  var lines: [String] {
    guard network.controllers.count > 1 else { return [] }
    guard !figures.arterials.isEmpty else { return ["<p>\(escaped(words.timeSpace.none))</p>"] }
    var lines = ["<p>\(escaped(words.timeSpace.hint))</p>"]
    for (index, plans) in figures.arterials.enumerated() {
      let progression = plans[1]
      let last = progression.signals.count - 1
      let names = [0, last].map { network[progression.signals[$0].controller].name }
      let facts = words.timeSpace.longestRoad(
        progression.signals.count, NumberText.fixed(progression.signals[last].position, decimals: 0),
        NumberText.fixed(progression.time(to: last, .outbound), decimals: 0))
      let group = "arterial-\(index + 1)"
      lines += [
        "<article class=\"arterial\" id=\"\(group)\"><h3>\(escaped(language.pictureWords.timeSpaceTitle(names[0], names[1])))</h3>",
        "<p>\(escaped(facts))</p><div class=\"controls\">",
        PlanButtons.html(group, pictures.labels, shown: 1, words),
        "<button type=\"button\" class=\"reset\">\(escaped(words.timeSpace.reset))</button></div>",
      ]
      for plan in plans.indices {
        let picture = pictures.timeSpace(arterial: index, plan: plan, identifier: "\(group)-\(plan)")
        lines += [
          "<figure class=\"scroll time-space\" data-shown-by=\"\(group)\" data-value=\"\(plan)\"\(plan == 1 ? "" : " hidden=\"hidden\"")>",
          picture.inline, "</figure>",
        ]
      }
      lines.append("</article>")
    }
    return lines
  }
}
