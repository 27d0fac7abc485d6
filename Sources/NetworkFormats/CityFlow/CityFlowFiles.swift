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

  /// Whether a folder, or a JSON text, is part of a CityFlow scenario.
  static func isCityFlow(folder path: String) -> Bool {
    exists("\(path)/\(configurationName)") || exists("\(path)/\(roadnetName)")
  }

  static func isCityFlow(text: String) -> Bool {
    text.contains("\"roadnetFile\"") || text.contains("\"intersections\"")
  }

  /// The files that belong to `path`: a folder, a configuration, or a road network with `flow.json` beside it.
  ///
  /// - Throws: `InputFailure` when the configuration is wrong or a file is missing.
  init(_ path: String) throws(InputFailure) {
    var isFolder: ObjCBool = false
    let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    if isThere, isFolder.boolValue {
      let configuration = "\(path)/\(Self.configurationName)"
      if Self.exists(configuration) {
        self = try Self.configured(by: configuration)
      } else {
        (roadnet, flow) = ("\(path)/\(Self.roadnetName)", "\(path)/\(Self.flowName)")
      }
    } else if try TextFile.read(path).contains("\"roadnetFile\"") {
      self = try Self.configured(by: path)
    } else {
      (roadnet, flow) = (path, Self.folder(of: path) + Self.flowName)
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

  private static func configured(by path: String) throws(InputFailure) -> CityFlowFiles {
    let text = try TextFile.read(path)
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
