internal import TrafficModel

/// A picture as SVG: a file of its own, or a part of a page that brings the style.
public struct Picture: Sendable {
  /// px.
  var width: Double
  /// px.
  var height: Double
  /// What it shows; its name for those who do not see it.
  var title: String
  /// What those who do not see it should know of it; empty where the title says all.
  var description = ""
  /// Attributes of its root element, such as the data that scripts read.
  var attributes = ""
  /// Its elements.
  var elements: [String]

  /// The picture as a file: readable in light and dark surroundings, in print, and by those who do not see all colours.
  public var svg: String {
    let paper = "<rect class=\"paper\" width=\"\(px(width))\" height=\"\(px(height))\"/>"
    return
      (["<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(px(width))\" height=\"\(px(height))\" \(root)>"]
      + ["<title>\(escaped(title))</title>"] + names + ["<style>", PictureStyle.alone + "</style>", paper]
      + elements + ["</svg>"])
      .joined(separator: "\n") + "\n"
  }

  /// The picture as a part of a page, whose title stands above it.
  var inline: String {
    (["<svg \(root) style=\"max-width:\(px(width))px\">"] + names + elements + ["</svg>"])
      .joined(separator: "\n")
  }

  private var root: String {
    "viewBox=\"0 0 \(px(width)) \(px(height))\" class=\"picture\" role=\"\(isOperable ? "group" : "img")\" aria-label=\"\(escaped(title))\"\(attributes)"
  }

  /// Whether something in it can be operated: then its parts are told, not the whole alone.
  var isOperable = false

  private var names: [String] {
    // A page would show a title as a tip of the whole picture, over those of its parts.
    description.isEmpty ? [] : ["<desc>\(escaped(description))</desc>"]
  }
}

/// Tenths of a pixel are enough.
func px(_ value: Double) -> String { px(tenths: tenths(value)) }

private func tenths(_ value: Double) -> Int { Int((value * 10).rounded()) }

private func px(tenths: Int) -> String {
  let sign = tenths < 0 ? "-" : ""
  return tenths % 10 == 0 ? "\(tenths / 10)" : "\(sign)\(abs(tenths) / 10).\(abs(tenths) % 10)"
}

/// Text as XML and HTML want it, between tags and in attributes.
func escaped(_ text: String) -> String {
  text.showingControls.unicodeScalars.reduce(into: "") { result, letter in
    switch letter {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    default: result.unicodeScalars.append(letter)
    }
  }
}

/// Elements that pictures are made of.
enum SVG {
  static func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String) -> String {
    "<line class=\"\(style)\" x1=\"\(px(x1))\" y1=\"\(px(y1))\" x2=\"\(px(x2))\" y2=\"\(px(y2))\"/>"
  }

  /// Lines straight down, as one element.
  static func verticals(_ xs: [Double], from top: Double, to bottom: Double, _ style: String) -> String {
    "<path class=\"\(style)\" d=\"\(xs.map { "M\(px($0)) \(px(top))V\(px(bottom))" }.joined())\"/>"
  }

  /// A line from point to point as path data: steps from each to the next, which are shorter to write than places.
  static func way(_ points: [(x: Double, y: Double)]) -> String {
    let corners = points.map { (x: tenths($0.x), y: tenths($0.y)) }
    guard let first = corners.first else { return "" }
    let steps = zip(corners.dropFirst(), corners).flatMap { [$0.x - $1.x, $0.y - $1.y] }
    // A minus sign parts numbers as well as a space does.
    let written = steps.enumerated().map { ($0 > 0 && $1 >= 0 ? " " : "") + px(tenths: $1) }.joined()
    return "M\(px(tenths: first.x)) \(px(tenths: first.y))" + (steps.isEmpty ? "" : "l" + written)
  }

  static func text(_ words: String, x: Double, y: Double, style: String) -> String {
    "<text class=\"\(style)\" x=\"\(px(x))\" y=\"\(px(y))\">\(escaped(words))</text>"
  }

  static func rectangle(
    x: Double, y: Double, width: Double, height: Double, style: String, more: String = ""
  ) -> String {
    "<rect class=\"\(style)\" x=\"\(px(x))\" y=\"\(px(y))\" width=\"\(px(width))\" height=\"\(px(height))\"\(more)/>"
  }

  /// What is said when somebody points at an element or comes to it with the keyboard.
  static func tip(_ words: String) -> String { " data-tip=\"\(escaped(words))\"" }
}
