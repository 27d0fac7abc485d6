import Foundation
import Testing
import TrafficModel

@testable import NetworkFormats

/// A small input of some format: what every format must live up to is tried on it.
struct FormatSample: Sendable, CustomTestStringConvertible {
  /// A file by its name.
  typealias File = (name: String, text: String)

  var testDescription: String
  /// The name of its format in the registry.
  var format: String
  var files: [File]
  /// The file that is named as the input; nil for the folder.
  var main: String?
  /// Whether what the format's writer writes is what its reader reads, as SUMO's, between which netconvert stands, is not.
  var readsWhatItWrites = true
  /// Whether ways through junctions keep their lengths; CityFlow's are as long as they are drawn, anew each time.
  var keepsLengthsOfWays = true

  /// One of each kind of input that the registry's formats have.
  static func all() throws -> [FormatSample] {
    let everything = try InputFile(Native.fixtures + "valid/everything.yaml").text()
    let detailed = try InputFile(Native.documentation + "DetailedFormat.md").text()
      .components(separatedBy: "```yaml\n")[1].components(separatedBy: "```")[0]
    let sumo = try ["small.sumocfg", "small.net.xml", "small.rou.xml", "small.add.xml"].map { name in
      // As a text, the routes are damaged like all else.
      (name: name, text: try SUMOFixture.text("small/\(name)").replacing(".rou.xml.gz", with: ".rou.xml"))
    }
    let additional = "  <additional-files value=\"small.add.xml\"/>\n  </input>"
    return [
      FormatSample(
        testDescription: "native", format: "native", files: [("town.yaml", everything)], main: "town.yaml"),
      FormatSample(
        testDescription: "native, detailed", format: "native", files: [("town.yaml", detailed)],
        main: "town.yaml"),
      FormatSample(
        testDescription: "GMNS", format: "gmns",
        files: GMNSFixture.crossing.sorted { $0.key < $1.key }.map { ("\($0.key).csv", $0.value) }),
      FormatSample(
        testDescription: "UTDF", format: "utdf", files: [("town.csv", UTDFFixture.text())], main: "town.csv"),
      FormatSample(
        testDescription: "UTDF, older files", format: "utdf",
        files: UTDFFixture.olderFiles.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }),
      FormatSample(
        testDescription: "CityFlow", format: "cityflow",
        files: [
          (
            "config.json", "{\"dir\": \"./\", \"roadnetFile\": \"roadnet.json\", \"flowFile\": \"flow.json\"}"
          ), ("flow.json", CityFlowFixture.flow), ("roadnet.json", CityFlowFixture.roadnet),
        ], keepsLengthsOfWays: false),
      FormatSample(
        testDescription: "MATSim", format: "matsim",
        files: MATSimFixture.files.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }),
      FormatSample(
        testDescription: "SUMO", format: "sumo",
        files: sumo.map { ($0.name, $0.text.replacing("</input>", with: additional)) }, main: "small.sumocfg",
        readsWhatItWrites: false),
    ]
  }

  /// The same with other text in one of its files.
  func changing(_ file: Int, to text: String) -> FormatSample {
    var changed = self
    changed.files[file].text = text
    return changed
  }

  /// What the registry makes of it.
  ///
  /// - Parameter folder: one that holds nothing else.
  func read(in folder: String) throws -> Result<ReadScenario, InputFailure> {
    for file in files { try Data(file.text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(file.name)")) }
    let input = InputFiles(main.map { "\(folder)/\($0)" } ?? folder)
    return Result { () throws(InputFailure) in try FormatRegistry.shipped.read(input) }
  }

  /// Runs `body` with the path of a folder that is called the same each time, because some scenarios are named after it.
  static func withFolder<Value>(_ body: (String) throws -> Value) throws -> Value {
    try SUMOFixture.withFolder { folder in
      let town = folder + "/town"
      try FileManager.default.createDirectory(atPath: town, withIntermediateDirectories: true)
      return try body(town)
    }
  }
}
