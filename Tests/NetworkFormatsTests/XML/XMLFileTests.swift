import Foundation
import NetworkBuilding
import Testing

@testable import NetworkFormats

@Suite("XML")
struct XMLFileTests {
  /// What reading some bytes as a file of a `<net>` gives: the children of the root, or what is wrong.
  private func read(_ bytes: [UInt8], texts: Set<String> = []) throws -> Result<[XMLNode], InputFailure> {
    try SUMOFixture.withFolder { folder in
      let path = "\(folder)/a.xml"
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      var nodes: [XMLNode] = []
      return Result { () throws(InputFailure) in
        try XMLFile.read(InputFile(path), roots: ["net"], texts: texts) { nodes.append($0) }
        return nodes
      }
    }
  }

  private func read(_ text: String) throws -> Result<[XMLNode], InputFailure> { try read(Array(text.utf8)) }

  /// `line:column message` of the only thing that is wrong.
  private func problem(_ bytes: [UInt8]) throws -> String {
    switch try read(bytes) {
    case .success(let nodes): return "read: \(nodes.count)"
    case .failure(let failure):
      #expect(failure.diagnostics.count == 1)
      let first = failure.diagnostics[0]
      return "\(first.location.line ?? 0):\(first.location.column ?? 0) \(first.message)"
    }
  }

  private func problem(_ text: String) throws -> String { try problem(Array(text.utf8)) }

  @Test("elements come one at a time, with attributes, lines, children and the texts asked for")
  func elements() throws {
    let text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <!-- a <comment> -->
      <net version="1">
        <a id="1"
           name="&lt;&#38;路口&gt;"><b/>left out</a>
        <t>kept &amp; <![CDATA[<whole>]]></t>
      </net>
      """
    let nodes = try read(Array(text.utf8), texts: ["t"]).get()
    #expect(nodes.map(\.name) == ["a", "t"])
    #expect(nodes[0].place.line == 4)
    #expect(nodes[0]["name"] == "<&路口>")
    #expect(nodes[0]["other"] == nil)
    #expect(nodes[0].children.map(\.name) == ["b"])
    #expect(nodes[0].text.isEmpty && nodes[1].text == "kept & <whole>")
  }

  @Test("a file larger than parsers of whole texts take is read")
  func large() throws {
    let element =
      "<edge id=\"a\" from=\"b\" to=\"c\"><lane id=\"a_0\" shape=\"0.00,0.00 10.00,0.00\"/></edge>\n"
    let count = 12_000_000 / element.utf8.count
    let text = "<net>\n" + String(repeating: element, count: count) + "</net>"
    #expect(text.utf8.count > 11_000_000)
    let nodes = try read(text).get()
    #expect(nodes.count == count)
    #expect(nodes.last?.place.line == count + 1)
    #expect(nodes.last?.children.first?["shape"] == "0.00,0.00 10.00,0.00")
  }

  // MARK: What is refused

  @Test("60,000 levels are refused, 100 are not")
  func nested() throws {
    func nested(_ depth: Int) -> String {
      "<net>" + String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth) + "</net>"
    }
    #expect(try problem(nested(60_000)) == "1:306 elements stand over 100 deep in each other")
    #expect(try read(nested(100)).get().count == 1)
  }

  @Test(
    "what is not well-formed is told with its place",
    arguments: [
      ("", "1:1 this is not an XML file: no element found"),
      ("hello", "1:1 this is not an XML file: syntax error"),
      ("<net>\n<a>\n", "3:1 the XML ends too soon: <a> of line 2 never ends"),
      ("<net>\n<a><b></a></net>", "2:9 the XML is not well-formed: mismatched tag, expected </b> for line 2"),
      ("<net>\n路路<a x=1/></net>", "2:8 the XML is not well-formed: not well-formed (invalid token)"),
      ("<net><a x='1' x='2'/></net>", "1:15 the XML is not well-formed: duplicate attribute"),
      ("<net></net>\n<net/>", "2:1 the XML is not well-formed: junk after document element"),
      ("<net>\n&nobody;</net>", "2:1 the XML is not well-formed: undefined entity"),
      ("\n<nett/>", "2:1 the root element is <nett>, expected <net>"),
      ("<net>\u{1}</net>", "1:6 the XML is not well-formed: not well-formed (invalid token)"),
    ])
  func malformed(text: String, expected: String) throws { #expect(try problem(text) == expected) }

  @Test("every cut of a file is found")
  func truncated() throws {
    let text = "<?xml version=\"1.0\"?><net><!-- 路 --><a x=\"&lt;\"><b/></a></net>"
    for count in 0..<text.utf8.count {
      #expect(throws: InputFailure.self, "\(count) bytes") { try read(Array(text.utf8.prefix(count))).get() }
    }
    #expect(try read(text).get().count == 1)
  }

  @Test("entities of the file are taken in, but neither without end nor from elsewhere")
  func entities() throws {
    let small = "<!DOCTYPE net [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]><net><t v='&b;'/></net>"
    #expect(try read(small).get().first?["v"] == "xx")

    var bomb = "<!DOCTYPE net [<!ENTITY e0 'lollollollollol'>"
    for level in 1...30 {
      bomb += "<!ENTITY e\(level) '" + String(repeating: "&e\(level - 1);", count: 10) + "'>"
    }
    bomb += "]><net>&e30;</net>"
    #expect(try problem(bomb).hasSuffix("the XML's entities grow without end"))

    let external = "<!DOCTYPE net [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><net>&x;</net>"
    #expect(try problem(external) == "1:64 an external entity is not read")
    // With a definition elsewhere, an entity may be known there.
    let elsewhere = "<!DOCTYPE net SYSTEM 'http://example.org/net.dtd'><net>&x;</net>"
    #expect(try problem(elsewhere) == "1:56 the entity '&x;' is not known")
    #expect(try read("<!DOCTYPE net SYSTEM 'http://example.org/net.dtd'><net><a/></net>").get().count == 1)
  }

  // MARK: Encodings

  @Test(
    "a declared encoding is read",
    arguments: [
      ("iso-8859-1", String.Encoding.isoLatin1, "Straße"),
      ("ISO-8859-15", .init(rawValue: 0x8000_020f), "Œuvre"),
      ("windows-1251", .windowsCP1251, "Улица"), ("GB18030", .init(rawValue: 0x8000_0632), "路口"),
      ("UTF-8", .utf8, "路口"), ("us-ascii", .ascii, "Road"),
    ])
  func encoding(name: String, encoding: String.Encoding, street: String) throws {
    let text = "<?xml version='1.0' encoding='\(name)'?>\n<net><a name='\(street)'/></net>"
    let data = try #require(text.data(using: encoding))
    #expect(try read([UInt8](data)).get().first?["name"] == street)
  }

  @Test("UTF-16 is read with and without a mark, in both orders", arguments: [true, false], [true, false])
  func utf16(isBigEndian: Bool, hasMark: Bool) throws {
    let text = "<?xml version='1.0' encoding='UTF-16'?>\n<net><a name='路口 𝄞'/></net>"
    let units = (hasMark ? [0xfeff] : []) + Array(text.utf16)
    let bytes = units.flatMap { unit -> [UInt8] in
      let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xff))
      return isBigEndian ? [high, low] : [low, high]
    }
    #expect(try read(bytes).get().first?["name"] == "路口 𝄞")
  }

  @Test("a mark before UTF-8 is no text")
  func utf8Mark() throws {
    #expect(try read([0xef, 0xbb, 0xbf] + Array("<net><a/></net>".utf8)).get().count == 1)
  }

  @Test("an encoding that is unknown, or is not the file's, is told with its line")
  func wrongEncodings() throws {
    #expect(
      try problem("<?xml version='1.0' encoding='klingon'?><net/>")
        == "1:0 the encoding 'klingon' is not known")
    // A Latin-1 letter in a file that says nothing, and so is UTF-8.
    let latin = Array("<net>\n<a name='Stra".utf8) + [0xdf] + Array("e'/></net>".utf8)
    #expect(try problem(latin) == "2:14 the XML is not well-formed: not well-formed (invalid token)")
    let gbk =
      Array("<?xml version='1.0' encoding='GBK'?>\n<net>\n<a name='".utf8) + [0xff, 0xff]
      + Array("'/></net>".utf8)
    #expect(try problem(gbk) == "3:0 what stands here is not GBK text")
    let cut = Array("<?xml version='1.0' encoding='GBK'?>\n<net>".utf8) + [0xc2]
    #expect(try problem(cut) == "2:0 what stands here is not GBK text")
  }

  // MARK: Compressed files

  @Test("compressed files of one and of several members are read, cut and damaged ones refused")
  func compressed() throws {
    let text = "<net>" + String(repeating: "<a x='1'/>", count: 1000) + "</net>"
    let whole = GzipFixture.packed(Array(text.utf8))
    #expect(try read(whole).get().count == 1000)
    let (head, tail) = (Array(text.utf8.prefix(4000)), Array(text.utf8.dropFirst(4000)))
    #expect(try read(GzipFixture.packed(head) + GzipFixture.packed(tail)).get().count == 1000)
    // Tapes fill up with zeros.
    #expect(try read(whole + [UInt8](repeating: 0, count: 512)).get().count == 1000)

    let cutOff = "0:0 the gzip data ends too soon: the file is cut off"
    for count in stride(from: 12, to: whole.count, by: 7) {
      #expect(try problem(Array(whole.prefix(count))) == cutOff)
    }
    var damaged = whole
    damaged[damaged.count - 6] ^= 0xff
    #expect(try problem(damaged) == "0:0 the gzip data is damaged")
  }

  @Test("a small file that unpacks to a thousand times its size is refused before it fills anything")
  func bomb() throws {
    let spaces = [UInt8](repeating: UInt8(ascii: " "), count: 80_000_000)
    let packed = GzipFixture.packed(Array("<net>".utf8) + spaces + Array("</net>".utf8))
    #expect(packed.count < 100_000)
    #expect(
      try problem(packed)
        == "0:0 the file unpacks to over 200 times its size: it is taken for a trap and not read")
  }
}
