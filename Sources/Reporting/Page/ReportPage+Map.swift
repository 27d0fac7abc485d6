internal import SignalOptimization
internal import TrafficModel

extension ReportPage {
  /// The map with its controls, and a table with the same figures.
  var map: [String] {
    guard !network.links.isEmpty else { return [] }
    let picture = pictures.map(report.result.comparison.both, plan: 1, address: \.address)
    let measures = [("saturation", words.map.saturation), ("storage", words.map.queue)].map { name, label in
      "<button type=\"button\" data-choice=\"\(name)\" aria-pressed=\"\(name == "saturation")\">\(escaped(label))</button>"
    }
    return [
      "<p>\(escaped(words.map.hint))</p><div class=\"controls\">",
      "<div class=\"choice\" role=\"group\" data-group=\"measure\" aria-label=\"\(escaped(words.map.colourBy))\"><span>\(escaped(words.map.colourBy))</span>\(measures.joined())</div>",
      PlanButtons.html("map", labels, shown: 1, words), "</div><figure class=\"scroll\" id=\"network-map\">",
      picture.inline,
      "</figure>",
    ] + (network.controllers.isEmpty ? [] : report.junctionTable(words, report.junctions).html)
  }
}
