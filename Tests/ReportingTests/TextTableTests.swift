import Testing

@testable import Reporting

@Suite("Tables")
struct TextTableTests {
  @Test("Columns align by what a terminal shows, whatever the script")
  func alignment() {
    let table = TextTable(
      columns: [.left(), .right(), .right(gap: 1)],
      headings: [.init(title: "", columns: 1), .init(title: "delay, veh·h", columns: 2)],
      rows: [["junction", "now", "new"], ["长征路口", "81.3", "5.2"], ["A", "1,081.3", ""]])
    #expect(
      table.lines == [
        "          delay, veh·h",
        "junction       now new",
        "长征路口      81.3 5.2",
        "A          1,081.3",
      ])
  }

  @Test(
    "East Asian characters are two columns wide, marks on letters none",
    arguments: [
      ("", 0), ("abc", 3), ("路口", 4), ("é", 1), ("e\u{301}", 1), ("ﾆｯﾎﾟﾝ", 4), ("한글", 4), ("🚦", 2),
      ("μ → ±", 5),
      ("Ａ", 2), ("\u{200B}", 0),
    ])
  func width(text: String, columns: Int) {
    #expect(text.displayWidth == columns)
  }

  @Test(
    "A text is cut so that it fits and shows that it is cut",
    arguments: [
      ("abcdef", 6, "abcdef"), ("abcdefg", 6, "abcde…"), ("长征路口", 8, "长征路口"), ("长征路口", 7, "长征路…"),
      ("长征路口", 6, "长征…"), ("a\r\nb\tc", 9, "a b c"),
    ])
  func truncation(text: String, width: Int, cut: String) {
    #expect(text.truncated(to: width) == cut)
    #expect(text.truncated(to: width).displayWidth <= width)
  }

  @Test("Lines break at spaces and keep their indentation")
  func wrapping() {
    #expect("  one two three".wrapped(to: 9, indent: 4) == "  one two\n    three")
    #expect("unbreakable word".wrapped(to: 5) == "unbreakable\nword")
    #expect("路口 路口".wrapped(to: 8) == "路口\n路口")
    #expect("".wrapped(to: 8) == "")
  }
}
