/// What a column is called: on a terminal, where room is short, and on pages, in their language.
struct Title: ExpressibleByStringInterpolation {
  let terminal: String
  let page: String

  init(_ terminal: String, _ page: String) { (self.terminal, self.page) = (terminal, page) }
  init(stringLiteral both: String) { self.init(both, both) }
}

/// A column of a table: what it is called, how its cells stand, and what they show of a row.
struct TableColumn<Row> {
  /// How much of a line of a terminal a column may take.
  enum Room {
    case all
    /// Columns; longer texts are cut.
    case atMost(Int)
    /// What the other columns leave, and ten at least.
    case rest
  }
  var title: Title
  /// Texts begin at the left, numbers end at the right.
  var isText = false
  /// Whether it is close to the column before it, as the second of a pair is.
  var isClose = false
  /// Whether cells have something small beside them.
  var hasSmall = false
  var room = Room.all
  /// Whether pages have it; what is a column of its own on a terminal stands beside a number there.
  var isOnPages = true
  var cell: (Row) -> Cell

  static func text(_ title: Title, room: Room = .all, isClose: Bool = false, _ cell: @escaping (Row) -> Cell)
    -> Self
  {
    Self(title: title, isText: true, isClose: isClose, room: room, cell: cell)
  }

  static func number(_ title: Title, isClose: Bool = false, _ cell: @escaping (Row) -> Cell) -> Self {
    Self(title: title, isClose: isClose, cell: cell)
  }

  /// Numbers with intervals.
  static func estimate(_ title: Title, _ cell: @escaping (Row) -> Cell) -> Self {
    Self(title: title, hasSmall: true, cell: cell)
  }
}

/// Columns of a table under a common heading.
struct TableGroup<Row> {
  var heading: Title = ""
  var columns: [TableColumn<Row>]

  init(_ heading: Title = "", _ columns: [TableColumn<Row>]) {
    (self.heading, self.columns) = (heading, columns)
  }

  /// One column without a heading above it.
  init(_ column: TableColumn<Row>) { columns = [column] }
}

/// A table, described once: `lines` for a terminal, `html` for a page.
struct Table {
  /// A column without what it shows.
  struct Column {
    var title: Title
    var isText: Bool
    var isClose: Bool
    var hasSmall: Bool
    var isOnPages: Bool
    var room: TableColumn<Never>.Room
  }
  /// Rows, under a title of their own on pages.
  struct Section {
    var title: String?
    var rows: [[Cell]]
  }
  var caption: String
  let headings: [(title: Title, columns: Int)]
  let columns: [Column]
  private(set) var sections: [Section] = []

  /// - Parameter caption: of the table on a page.
  init<Row>(_ caption: String = "", _ groups: [TableGroup<Row>], rows: [Row]) {
    self.init(caption, groups, sections: [(nil, rows)])
  }

  init<Row>(_ caption: String = "", columns: [TableColumn<Row>], rows: [Row]) {
    self.init(caption, [TableGroup("", columns)], rows: rows)
  }

  init<Row>(_ caption: String, _ groups: [TableGroup<Row>], sections: [(title: String?, rows: [Row])]) {
    self.caption = caption
    headings = groups.map { ($0.heading, $0.columns.count) }
    let all = groups.flatMap(\.columns)
    columns = all.map {
      let room: TableColumn<Never>.Room =
        switch $0.room {
        case .all: .all
        case .atMost(let width): .atMost(width)
        case .rest: .rest
        }
      return Column(
        title: $0.title, isText: $0.isText, isClose: $0.isClose, hasSmall: $0.hasSmall,
        isOnPages: $0.isOnPages,
        room: room)
    }
    self.sections = sections.map { section in
      Section(title: section.title, rows: section.rows.map { row in all.map { $0.cell(row) } })
    }
  }

  var isEmpty: Bool { sections.allSatisfy(\.rows.isEmpty) }
}
