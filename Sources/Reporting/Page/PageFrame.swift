/// What every page has around its sections: one file, which needs no network, with its pictures, its style and its script. It is
/// well-formed XML, too.
struct PageFrame {
  struct Section {
    var id: String
    var title: String
    var lines: [String]

    init(_ id: String, _ title: String, _ lines: [String]) {
      (self.id, self.title, self.lines) = (id, title, lines)
    }
  }
  /// What is reported: `optimization`, `day` or `retiming`.
  var kind: String
  var title: String
  var subtitle: String
  var words: PageWords
  var language: ReportLanguage
  /// Those without lines are left out.
  var sections: [Section]

  var html: String {
    let sections = sections.filter { !$0.lines.isEmpty }
    var lines = [
      "<!DOCTYPE html>", "<html lang=\"\(language.tag)\"><head><meta charset=\"utf-8\"/>",
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>",
      // Whatever stands in names: nothing is fetched.
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:\"/>",
      "<link rel=\"icon\" href=\"data:,\"/>",
      "<title>\(escaped(title))</title><style>/*<![CDATA[*/", PageFiles.style,
      "/*]]>*/</style></head><body data-page=\"\(kind)\">",
      "<a class=\"skip\" href=\"#\(sections.first?.id ?? "")\">\(escaped(words.skip))</a>",
      "<header><div><h1>\(escaped(title))</h1><p>\(escaped(subtitle))</p></div><div class=\"tools\">",
      "<button type=\"button\" id=\"theme\">\(escaped(words.theme))</button>",
      "<button type=\"button\" id=\"print\">\(escaped(words.print))</button></div></header>",
      "<nav aria-label=\"\(escaped(words.sections.contents))\">",
    ]
    lines += sections.map { "<a href=\"#\($0.id)\">\(escaped($0.title))</a>" }
    lines.append("</nav><main>")
    for section in sections {
      lines.append("<section id=\"\(section.id)\"><h2>\(escaped(section.title))</h2>")
      lines += section.lines + ["</section>"]
    }
    return
      (lines + ["</main><div id=\"tip\" role=\"status\" hidden=\"hidden\"></div>", "<script>//<![CDATA["]
      + PageFiles.scripts + ["//]]></script></body></html>"]).joined(separator: "\n") + "\n"
  }
}

/// The style and the scripts of pages.
enum PageFiles {
  static let style =
    ":root{\(PictureStyle.variables(\.light))color-scheme:light}\n"
    + "@media (prefers-color-scheme: dark){:root:not([data-theme=light]){\(PictureStyle.variables(\.dark))color-scheme:dark}}\n"
    + ":root[data-theme=dark]{\(PictureStyle.variables(\.dark))color-scheme:dark}\n"
    // Paper is white.
    + "@media print{:root,:root[data-theme=dark],:root:not([data-theme=light]){\(PictureStyle.variables(\.light))color-scheme:light}}\n"
    + PictureStyle.sheet + String(decoding: PackageResources.page_css, as: UTF8.self)
  static let sheetStyle = String(decoding: PackageResources.sheet_css, as: UTF8.self)
  static let scripts = [
    String(decoding: PackageResources.page_js, as: UTF8.self),
    String(decoding: PackageResources.timespace_js, as: UTF8.self),
  ]
}
