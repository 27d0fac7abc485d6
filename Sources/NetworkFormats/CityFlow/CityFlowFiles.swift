internal import Foundation
internal import NetworkBuilding

/// Which files a CityFlow scenario consists of.
struct CityFlowFiles {
  var roadnet: String
  var flow: String
  /// What names them; nil where nothing does.
  var configuration: String?

  /// All of them, in the order in which they are read.
  var all: [String] { (configuration.map { [$0] } ?? []) + [roadnet, flow] }

  /// Files of a folder that hold a scenario, when no configuration names others.
  static let roadnetName = "roadnet.json"
  static let flowName = "flow.json"
  static let configurationName = "config.json"

  /// Whether a folder, or a JSON file, is part of a CityFlow scenario.
  static func recognizes(_ input: InputFiles) throws(InputFailure) -> Bool {
    if input.isFolder { return [configurationName, roadnetName].contains { exists("\(input.path)/\($0)") } }
    guard input.path.lowercased().hasSuffix(".json") else { return false }
    let text = try input.file.guessedText().text
    return text.contains("\"roadnetFile\"") || text.contains("\"intersections\"")
  }

  /// The files that belong to an input: a folder, a configuration, or a road network with `flow.json` beside it.
  ///
  /// - Throws: `InputFailure` when the configuration is wrong or a file is missing.
  init(_ input: InputFiles) throws(InputFailure) {
    let path = input.path
    if input.isFolder {
      let configuration = "\(path)/\(Self.configurationName)"
      if Self.exists(configuration) {
        self = try Self.configured(by: input[configuration])
      } else {
        (roadnet, flow) = ("\(path)/\(Self.roadnetName)", "\(path)/\(Self.flowName)")
      }
    } else if try input.file.text().contains("\"roadnetFile\"") {
      self = try Self.configured(by: input.file)
    } else {
      (roadnet, flow) = (path, input.folder + Self.flowName)
    }
    guard Self.exists(flow) else {
      throw InputFailure(
        "the road network has no traffic: there is no '\(flow)'", at: SourceLocation(file: roadnet),
        notes: ["a configuration (\(Self.configurationName)) may name it: \"roadnetFile\", \"flowFile\""])
    }
  }

  private init(roadnet: String, flow: String, configuration: String) {
    (self.roadnet, self.flow, self.configuration) = (roadnet, flow, configuration)
  }

  private static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  private static func configured(by file: InputFile) throws(InputFailure) -> CityFlowFiles {
    let (path, text) = (file.path, try file.text())
    var log = DiagnosticLog(file: path, text: text)
    let known = ["dir", "roadnetFile", "flowFile"]
    var names: [String: String] = [:]
    if let root = JSONText.read(text, log: &log), let members = log.members(root, known, "a configuration") {
      for key in known {
        guard let node = members[key] else {
          if key != "dir" { log.error("the key '\(key)' is missing", at: root.place) }
          continue
        }
        names[key] = log.string(node, "'\(key)'")?.value
      }
    }
    guard !log.hasErrors, let roadnet = names["roadnetFile"], let flow = names["flowFile"] else {
      throw InputFailure(log.diagnostics)
    }
    // CityFlow counts from where it is started, which is mostly not where the configuration is.
    let (here, folder) = (folder(of: path), names["dir"] ?? "")
    func place(_ name: String) -> String {
      let inFolder = folder.isEmpty || folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      return [here + inFolder, inFolder].first(where: exists) ?? here + name
    }
    return CityFlowFiles(roadnet: place(roadnet), flow: place(flow), configuration: path)
  }
}
