/// Sheets for the browser and its printer: one file, each sheet on a page of its own.
public struct SheetPage: Sendable {
  private let sheets: [JunctionSheet]

  /// - Parameter sheets: at least one.
  public init(_ sheets: [JunctionSheet]) { self.sheets = sheets }

  /// The page: well-formed XML, without scripts, and without requests to a network.
  public var html: String {
    let title = sheets.count == 1 ? sheets[0].title : sheets.first?.subtitle ?? ""
    let tag = sheets.first?.language.tag ?? ReportLanguage.english.tag
    var lines = [
      "<!DOCTYPE html>", "<html lang=\"\(tag)\"><head><meta charset=\"utf-8\"/>",
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>",
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\"/>",
      "<link rel=\"icon\" href=\"data:,\"/>",
      "<title>\(escaped(title))</title><style>/*<![CDATA[*/", PageFiles.style, PageFiles.sheetStyle,
      "/*]]>*/</style></head><body data-page=\"sheets\">",
    ]
    for sheet in sheets { lines += sheet.article }
    return (lines + ["</body></html>"]).joined(separator: "\n") + "\n"
  }
}

extension JunctionSheet {
  /// Browsers take more room than the drawing, by their fonts.
  private static let spare = 0.06

  /// The sheet as a part of a page.
  var article: [String] {
    let drawing = SheetDrawing(sheet: self)
    let scale = drawing.scale(spare: Self.spare)
    let place = drawing.peoplePlace(scale)
    var lines = [
      "<article class=\"sheet\" style=\"--scale:\(NumberText.fixed(scale, decimals: 2))\"><h2>\(escaped(title))</h2>",
      "<p>\(escaped(subtitle))</p><ul class=\"facts\">",
    ]
    lines += facts.map { "<li>\(escaped($0))</li>" }
    lines.append("</ul><div class=\"pictures\">")
    for (heading, pictures, table) in [
      (headings.sketches, sketches, nil),
      (headings.control, control, place == .besidePictures ? people : nil),
    ] {
      lines.append("<div><h3>\(escaped(heading))</h3>")
      for picture in pictures { lines += ["<figure>", picture.inline, "</figure>"] }
      lines += (table?.html ?? []) + ["</div>"]
    }
    lines.append("</div>")
    lines += phases.html + (laneGroups?.html ?? [])
    if place == .alone { lines += people?.html ?? [] }
    lines += ["<div class=\"side-by-side\">"] + (intergreens?.html ?? []) + ["<div>"]
    if place == .besideMatrix { lines += people?.html ?? [] }
    lines += remarks.map { "<p>\(escaped($0))</p>" }
    lines.append("<p class=\"notes\">\(notes.map(escaped).joined(separator: " "))</p></div></div></article>")
    return lines
  }
}
