internal import TrafficModel

/// The junctions of a page, of which a script shows one at a time: each with its stages under two plans.
struct JunctionSection {
  let pictures: PeriodPictures
  let words: PageWords

  /// The lines of the section; none without signals.
  ///
  /// - Parameters:
  ///   - notes: on what stands in all of them.
  ///   - more: what a junction has below its stages.
  func lines(notes: String?, more: (ControllerID) -> [String]) -> [String] {
    let controllers = pictures.figures.network.controllers
    guard !controllers.isEmpty else { return [] }
    let names = words.junctions
    let options = controllers.enumerated().map { index, controller in
      "<option value=\"junction-\(index + 1)\">\(escaped(controller.name))</option>"
    }
    var lines = [
      "<div class=\"controls chooser\"><label for=\"junction-choice\">\(escaped(names.choose))</label><select id=\"junction-choice\">\(options.joined())</select>",
      "<button type=\"button\" id=\"previous\">\(escaped(names.previous))</button><button type=\"button\" id=\"next\">\(escaped(names.next))</button></div>",
    ]
    if let notes { lines.append("<p class=\"notes\">\(escaped(notes))</p>") }
    for index in controllers.indices {
      let id = ControllerID(index)
      lines += stages(of: id) + more(id) + ["</article>"]
    }
    return lines
  }

  private func stages(of id: ControllerID) -> [String] {
    let plans = pictures.figures.plans
    let cycles = plans.map { NumberText.seconds($0[id]?.cycle ?? 0) }
    var lines = [
      "<article class=\"junction\" id=\"junction-\(id.index + 1)\" tabindex=\"-1\"><h3>\(escaped(pictures.figures.network[id].name))</h3>",
      "<p>\(escaped(words.junctions.cycleChange(cycles[0], cycles[1])))</p><div class=\"pair\">",
    ]
    for plan in plans.indices {
      guard let picture = pictures.stages(id, plan: plan) else { continue }
      lines += ["<figure class=\"scroll\">", picture.inline, "</figure>"]
    }
    return lines + ["</div>"]
  }
}
