import Foundation
import TestSupport
import Testing
import TrafficModel

@testable import Reporting

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Maps of networks")
struct NetworkMapTests {
  private struct Box {
    var name: String
    var x: ClosedRange<Double>
    var y: ClosedRange<Double>

    func overlaps(_ other: Box) -> Bool { x.overlaps(other.x) && y.overlaps(other.y) }
  }

  private func document(_ network: Network) throws -> XMLDocument {
    let easy = network.links.map { _ in LinkCondition(saturation: 0.5, storage: 0.2) }
    let map = NetworkMap(
      title: "map", network: network, conditions: [easy, easy], plan: 0, measure: .saturation, words: .english
    ) { "#\($0.index)" }
    return try XMLDocument(data: Data(map.picture.svg.utf8))
  }

  private func number(_ node: XMLNode, _ name: String) throws -> Double {
    try #require(try node.nodes(forXPath: "@\(name)").first?.stringValue.flatMap(Double.init))
  }

  /// Where the signals' names stand: a letter is about 7 px wide, and its line 11 px high.
  private func labels(_ document: XMLDocument) throws -> [Box] {
    try document.nodes(forXPath: "//*[local-name()='a']/*[local-name()='text']").map { node in
      let (x, y) = (try number(node, "x"), try number(node, "y"))
      let style = try node.nodes(forXPath: "@class").first?.stringValue ?? ""
      let name = node.stringValue ?? ""
      let width = 7 * Double(name.displayWidth)
      let left = style.hasSuffix("end") ? x - width : style.hasSuffix("middle") ? x - width / 2 : x
      return Box(name: name, x: left...left + width, y: y - 10...y + 2)
    }
  }

  @Test(
    "Names of signals cover neither each other nor a signal, and stay within the map",
    arguments: ShippedNetworks.names)
  func labels(name: String) throws {
    let network = try ShippedNetworks.scenario(name).network
    let document = try document(network)
    let labels = try labels(document)
    #expect(labels.count == network.controllers.count)
    let signals = try document.nodes(forXPath: "//*[local-name()='circle']").map { node in
      let (x, y) = (try number(node, "cx"), try number(node, "cy"))
      return Box(name: "signal", x: x - 6...x + 6, y: y - 6...y + 6)
    }
    for (index, label) in labels.enumerated() {
      #expect(label.x.lowerBound >= 0 && label.x.upperBound <= 760, "\(label.name)")
      for other in signals + labels[(index + 1)...] {
        #expect(!label.overlaps(other), "\(label.name) covers \(other.name)")
      }
    }
  }
}
