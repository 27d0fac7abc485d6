internal import Foundation

/// The colours and the style sheet of pictures.
enum PictureStyle {
  /// A colour by its name in the style sheet: on light ground and on dark.
  struct Tone {
    var name: String
    var light: String
    var dark: String
  }

  /// Lines after M. Okabe and K. Ito (2008), "Color universal design", their yellows darkened on light ground, lighter
  /// ones on dark ground. Degrees of saturation go from pale to strong, and from thin to thick.
  static let tones = [
    Tone(name: "paper", light: "#ffffff", dark: "#16181b"),
    Tone(name: "ink", light: "#1a1a1a", dark: "#f0f0f0"),
    Tone(name: "soft", light: "#595959", dark: "#b4b4b4"),
    Tone(name: "grid", light: "#e2e2e2", dark: "#34373b"),
    Tone(name: "line0", light: "#0072b2", dark: "#56b4e9"),
    Tone(name: "line1", light: "#d55e00", dark: "#f5924b"),
    Tone(name: "line2", light: "#009e73", dark: "#2fc79a"),
    Tone(name: "line3", light: "#cc79a7", dark: "#e5a3c8"),
    Tone(name: "line4", light: "#a87900", dark: "#f0c141"),
    Tone(name: "line5", light: "#3b8fc4", dark: "#a6d8f5"),
    Tone(name: "go", light: "#12936c", dark: "#2fb78d"),
    Tone(name: "yield", light: "#8fd0ba", dark: "#1d6f57"),
    Tone(name: "yellow", light: "#e0ac00", dark: "#f0c141"),
    Tone(name: "stop", light: "#c9542b", dark: "#c4573a"),
    Tone(name: "none", light: "#c4c9cf", dark: "#454b52"),
    Tone(name: "level0", light: "#8db7d6", dark: "#4a7898"),
    Tone(name: "level1", light: "#d9a521", dark: "#a88522"),
    Tone(name: "level2", light: "#e57a1b", dark: "#e0812f"),
    Tone(name: "level3", light: "#c7361d", dark: "#ff6b50"),
    Tone(name: "level4", light: "#6f0a24", dark: "#ffa8bd"),
  ]

  /// The style sheet of pictures in a page, with variables.
  static let sheet = String(decoding: PackageResources.pictures_css, as: UTF8.self)

  /// The style sheet of a picture that stands alone. It is without variables, which many programs do not know; those that do
  /// not know media queries either show it light.
  static let alone = filled(\.light) + "@media (prefers-color-scheme: dark) {\n" + filled(\.dark) + "}\n"

  private static func filled(_ colour: (Tone) -> String) -> String {
    tones.reduce(sheet) { $0.replacingOccurrences(of: "var(--\($1.name))", with: colour($1)) }
  }

  /// Declarations of the variables of a page.
  static func variables(_ colour: (Tone) -> String) -> String {
    tones.map { "--\($0.name):\(colour($0));" }.joined()
  }
}
