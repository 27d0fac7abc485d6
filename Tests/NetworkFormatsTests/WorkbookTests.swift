import Foundation
import Testing
import TrafficModel

@testable import NetworkFormats

/// A zip archive of stored files, as a test wants it.
private struct Archive {
  var files: [(name: String, bytes: [UInt8])] = []
  /// What the directory claims of the first file instead of the truth.
  var (checksum, size): (UInt32?, UInt32?)
  var (method, flags): (UInt16, UInt16) = (0, 0)

  init(_ files: [(name: String, text: String)]) { self.files = files.map { ($0.name, Array($0.text.utf8)) } }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    // The polynomial of IEEE 802.3, bit by bit.
    ~bytes.reduce(UInt32.max) { crc, byte in
      (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0xedb8_8320 : crc >> 1 }
    }
  }

  private static func little(_ number: UInt32, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * UInt32($0))) }
  }

  var bytes: [UInt8] {
    var (data, directory): ([UInt8], [UInt8]) = ([], [])
    for (index, file) in files.enumerated() {
      let isFirst = index == 0
      let common =
        Self.little(UInt32(isFirst ? flags : 0), 2) + Self.little(UInt32(isFirst ? method : 0), 2)
        + Self.little(0, 4)
        + Self.little(isFirst ? checksum ?? Self.crc(file.bytes) : Self.crc(file.bytes), 4)
        + Self.little(UInt32(file.bytes.count), 4)
        + Self.little(isFirst ? size ?? UInt32(file.bytes.count) : UInt32(file.bytes.count), 4)
        + Self.little(UInt32(file.name.utf8.count), 2) + Self.little(0, 2)
      directory +=
        [0x50, 0x4b, 1, 2] + Self.little(20, 2) + Self.little(20, 2) + common + Self.little(0, 10)
        + Self.little(UInt32(data.count), 4) + Array(file.name.utf8)
      data += [0x50, 0x4b, 3, 4] + Self.little(20, 2) + common + Array(file.name.utf8) + file.bytes
    }
    let count = Self.little(UInt32(files.count), 2)
    return data + directory + [0x50, 0x4b, 5, 6] + Self.little(0, 4) + count + count
      + Self.little(UInt32(directory.count), 4) + Self.little(UInt32(data.count), 4) + Self.little(0, 2)
  }
}

@Suite("Workbooks")
struct WorkbookTests {
  private static let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures/counts/jamar.xlsx").path

  /// A workbook with one sheet of these rows, written as programs do that share texts.
  private static func parts(rows: String, strings: String = "", styles: String = "") -> [(
    name: String, text: String
  )] {
    [
      (
        "xl/workbook.xml",
        "<workbook xmlns:r='r'><sheets><sheet name='Data &amp; more' sheetId='1' r:id='rId1'/></sheets></workbook>"
      ),
      (
        "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id='rId1' Target='worksheets/sheet1.xml'/></Relationships>"
      ),
      ("xl/worksheets/sheet1.xml", "<worksheet><sheetData>\(rows)</sheetData></worksheet>"),
      ("xl/sharedStrings.xml", "<sst>\(strings)</sst>"),
      ("xl/styles.xml", "<styleSheet>\(styles)</styleSheet>"),
    ]
  }

  private func failure(_ bytes: [UInt8]) throws -> String {
    let found = #expect(throws: InputFailure.self) { try Workbook(bytes, path: "a.xlsx") }
    return found?.diagnostics.first?.message ?? ""
  }

  @Test("Shared and inline texts, numbers, gaps and dates come as text, rows as lines")
  func cells() throws {
    let parts = Self.parts(
      rows: """
        <row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="inlineStr"><is><t>in</t></is></c></row>
        <row r="4"><c r="B4" s="1"><v>0.3125</v></c><c s="2"><v>46154.3125</v></c><c t="n"><v>12.0</v></c><c><v>1.5</v></c>
        <c t="str"><v>x</v></c><c t="s"><v>7</v></c></row>
        """,
      strings: "<si><r><t>two </t></r><r><t>\"runs\"\nof text</t></r><rPh><t>spoken</t></rPh></si>",
      styles: """
        <numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd hh:mm"/><numFmt numFmtId="165" formatCode="0&quot;days&quot;"/></numFmts>
        <cellXfs><xf numFmtId="0"/><xf numFmtId="20"/><xf numFmtId="164"/></cellXfs>
        """)
    let sheets = try Workbook(Archive(parts).bytes, path: "a.xlsx").sheets
    #expect(sheets.map(\.name) == ["Data & more"])
    // 46154 days after 1899-12-30; 0.3125 days are 7:30.
    #expect(
      sheets[0].text
        == "\ntwo 'runs' of text\t\tin\t\n\n\t07:30:00\t2026-05-12T07:30:00\t12\t1.5\tx\t#REF!\t\n")
  }

  @Test("Names of cells")
  func names() {
    let known = [(0, "A1"), (25, "Z1"), (26, "AA1"), (701, "ZZ1"), (702, "AAA1"), (16_383, "XFD1")]
    for (column, name) in known {
      #expect(CellName.name(column: column, row: 1) == name)
      #expect(CellName.column(name) == column)
    }
    #expect(CellName.column("7") == nil)
    #expect(CellName.column("A") == nil)
  }

  @Test("Cells that go backwards or lie beyond a sheet's last are refused")
  func places() throws {
    for cell in ["<c r='B1'/><c r='A1'/>", "<c r='ZZZ1'/>"] {
      let message = try failure(Archive(Self.parts(rows: "<row r='1'>\(cell)</row>")).bytes)
      #expect(message.contains("does not follow the one before"))
    }
    #expect(
      try failure(Archive(Self.parts(rows: "<row r='999999999'/>")).bytes)
        == "sheet 'Data & more': row '999999999' does not follow the one before")
  }

  @Test("An archive that claims what is not so is refused before its claims cost anything")
  func claims() throws {
    let parts = [("xl/workbook.xml", "<workbook/>")]
    var archive = Archive(parts)
    archive.checksum = 1
    #expect(try failure(archive.bytes) == "'xl/workbook.xml' in the archive is damaged")
    archive = Archive(parts)
    archive.size = 0xffff_fff0
    #expect(try failure(archive.bytes).contains("more than 33554432 are not read"))
    archive.size = 30_000_000
    #expect(try failure(archive.bytes).contains("it is taken for a trap and not read"))
    archive.size = 12
    #expect(try failure(archive.bytes) == "'xl/workbook.xml' in the archive is damaged")
    archive = Archive(parts)
    archive.method = 14
    #expect(try failure(archive.bytes).contains("packed by method 14"))
    archive = Archive(parts)
    archive.flags = 1
    #expect(try failure(archive.bytes).contains("is encrypted"))
    #expect(
      try failure(Archive([("word/document.xml", "<a/>")]).bytes).hasPrefix(
        "this is an archive, but no workbook"))
  }

  @Test("A workbook that is cut off anywhere is refused, and none of its bytes can be changed into a trap")
  func damage() throws {
    let whole = try InputFile(Self.fixture).bytes()
    let known = try Workbook(whole, path: "a.xlsx").sheets.map(\.text)
    for end in stride(from: 0, to: whole.count, by: 7) {
      #expect(throws: InputFailure.self) { try Workbook(Array(whole[..<end]), path: "a.xlsx") }
    }
    let entry = try #require(try ZipFile(whole).entries.first { $0.name == "xl/worksheets/sheet2.xml" })
    let packed =
      (entry.offset + 30 + entry.name.utf8.count)..<(entry.offset + 30 + entry.name.utf8.count + entry.packed)
    var refused = 0
    for position in stride(from: 0, to: whole.count, by: 3) {
      var damaged = whole
      damaged[position] ^= 0xff
      let sheets = try? Workbook(damaged, path: "a.xlsx").sheets.map(\.text)
      if sheets == nil { refused += 1 }
      // Parts that nobody looks at may change; what a sheet holds may not.
      if packed.contains(position) { #expect(sheets == nil) }
    }
    #expect(known.count == 3)
    #expect(refused > packed.count / 3)
  }

  @Test("Old workbooks and workbooks without counts are told as such")
  func others() throws {
    let network = try CountsFileTests.network()
    try SUMOFixture.withFolder { folder in
      let old = "\(folder)/old.xls"
      try Data([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]).write(to: URL(fileURLWithPath: old))
      let failure = #expect(throws: InputFailure.self) { try CountsFile.read(old, network: network) }
      #expect(failure?.diagnostics.first?.message.contains("old kind") == true)
      #expect(failure?.diagnostics.first?.notes == ["save it as .xlsx or CSV, without a password"])
      let empty = "\(folder)/empty.xlsx"
      try Data(Archive(Self.parts(rows: "<row><c><v>3</v></c></row>")).bytes).write(
        to: URL(fileURLWithPath: empty))
      let none = #expect(throws: InputFailure.self) { try CountsFile.read(empty, network: network) }
      #expect(
        none?.diagnostics.first?.message
          == "no sheet of the workbook has the columns of a counts table: 'Data & more'")
    }
  }
}
