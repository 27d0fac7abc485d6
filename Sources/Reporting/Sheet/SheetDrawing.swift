internal import TrafficModel

/// A sheet drawn on A4: the same as on its page for the browser, for programs that do not lay out text.
struct SheetDrawing {
  let sheet: JunctionSheet

  /// px of A4 at 96 to the inch, and of its margins.
  static let paper = (width: 794.0, height: 1123.0)
  static let margin = 30.0
  /// Smaller than so nobody reads.
  private static let leastScale = 0.55
  fileprivate static let gap = 8.0
  /// Notes stand in no narrower column.
  private static let leastText = 240.0
  private static let beside = 20.0

  /// Where the table of people on foot finds room.
  enum PeoplePlace {
    case besidePictures, besideMatrix, alone
  }

  /// Below the stages, beside the sketch; or beside the intergreens; or else on the whole width.
  func peoplePlace(_ scale: Double) -> PeoplePlace {
    guard let people = sheet.people else { return .alone }
    let table = TablePicture(people, width: 0)
    let control = sheet.control.reduce((width: 0.0, height: 0.0)) {
      (max($0.width, $1.width), $0.height + $1.height)
    }
    let sketches = sheet.sketches.reduce(0) { $0 + $1.height }
    if table.width <= control.width, control.height + table.height <= sketches { return .besidePictures }
    guard let matrix = sheet.intergreens else { return .alone }
    let needed = TablePicture(matrix, width: 0).width + Self.beside + table.width
    return needed <= (Self.paper.width - 2 * Self.margin) / scale ? .besideMatrix : .alone
  }

  /// How much the sheet is made smaller so that it fits on its page.
  ///
  /// - Parameter spare: what the page has to spare beyond it, as a share of it.
  func scale(spare: Double = 0) -> Double {
    var scale = 1.0
    let room = (Self.paper.height - 2 * Self.margin) / (1 + spare)
    func fits(_ scale: Double) -> Bool {
      [sheet.phases, sheet.laneGroups].allSatisfy {
        ($0.map { TablePicture($0, width: 0).width } ?? 0) <= (Self.paper.width - 2 * Self.margin) / scale
      } && laid(scale).height <= room / scale
    }
    while scale > Self.leastScale, !fits(scale) { scale -= 0.05 }
    return scale
  }

  /// The page as a picture.
  var picture: Picture {
    let scale = scale()
    let laid = laid(scale)
    let height = max(Self.paper.height, laid.height * scale + 2 * Self.margin)
    return Picture(
      width: Self.paper.width, height: height, title: sheet.title, description: sheet.subtitle,
      elements: [
        "<g transform=\"translate(\(px(Self.margin)) \(px(Self.margin))) scale(\(NumberText.fixed(scale, decimals: 2)))\">"
      ] + laid.elements + ["</g>"])
  }

  /// Elements under each other, and how far down they reach.
  private struct Column {
    var x: Double
    var width: Double
    var y: Double
    var elements: [String] = []

    /// Text in lines of the column's width; `letter` is what one takes, `line` what a line takes, px.
    mutating func add(_ lines: [String], style: String, letter: Double, line height: Double) {
      for line in lines {
        for piece in line.wrapped(to: Int(width / letter)).split(separator: "\n") {
          elements.append(SVG.text(String(piece), x: x, y: y, style: style))
          y += height
        }
      }
    }

    mutating func add(_ drawn: [String], height: Double) {
      elements.append("<g transform=\"translate(\(px(x)) \(px(y)))\">")
      elements += drawn + ["</g>"]
      y += height
    }

    mutating func add(_ table: Table?, isNarrow: Bool = false) {
      guard let table, !table.isEmpty else { return }
      let drawn = TablePicture(table, width: isNarrow ? 0 : width)
      add(drawn.elements, height: drawn.height + SheetDrawing.gap)
    }
  }

  /// What stands on the page, and how far down it reaches; px before scaling.
  private func laid(_ scale: Double) -> (elements: [String], height: Double) {
    let width = (Self.paper.width - 2 * Self.margin) / scale
    var page = Column(
      x: 0, width: width, y: 32, elements: [SVG.text(sheet.title, x: 0, y: 17, style: "sheet-title")])
    page.add([sheet.subtitle] + sheet.facts, style: "small", letter: 5.4, line: 12)
    page.y += 4
    // Pictures side by side: the sketches left, the control right.
    var left = Column(x: 0, width: width / 2 - Self.gap, y: page.y)
    var right = Column(x: width / 2, width: width / 2, y: page.y)
    func add(_ heading: String, _ pictures: [Picture], to column: inout Column) {
      column.y += 10
      column.add([heading], style: "name", letter: 1, line: 9)
      for picture in pictures { column.add(picture.elements, height: picture.height) }
    }
    add(sheet.headings.sketches, sheet.sketches, to: &left)
    add(sheet.headings.control, sheet.control, to: &right)
    if peoplePlace(scale) == .besidePictures { right.add(sheet.people) }
    page.elements += left.elements + right.elements
    page.y = max(left.y, right.y) + Self.gap
    page.add(sheet.phases)
    page.add(sheet.laneGroups)
    let place = peoplePlace(scale)
    if place == .alone { page.add(sheet.people) }
    let matrix = sheet.intergreens.map { TablePicture($0, width: 0).width + Self.beside } ?? 0
    // What is left stands beside the matrix where there is room.
    var rest = Column(x: 0, width: width, y: page.y)
    page.add(sheet.intergreens, isNarrow: true)
    if matrix > 0, matrix + Self.leastText <= width {
      (rest.x, rest.width) = (matrix, width - matrix)
    } else {
      rest.y = page.y
    }
    if place == .besideMatrix { rest.add(sheet.people) }
    rest.y += 8
    rest.add(sheet.remarks, style: "small", letter: 5.4, line: 12)
    rest.y += 2
    rest.add([sheet.notes.joined(separator: " ")], style: "tiny", letter: 4.4, line: 10)
    return (page.elements + rest.elements, max(page.y, rest.y))
  }
}

extension JunctionSheet {
  /// The sheet as an SVG file of the size of A4.
  public var svg: String { SheetDrawing(sheet: self).picture.svg }
}
