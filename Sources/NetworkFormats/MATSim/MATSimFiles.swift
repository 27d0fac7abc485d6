internal import Foundation

/// One file of a MATSim scenario, with what is wrong with it.
final class MATSimFile {
  let path: String
  var log: DiagnosticLog

  init(_ path: String) throws(InputFailure) {
    self.path = path
    // A file that is missing is told here, before others refer to it.
    _ = try ByteStream(path)
    log = DiagnosticLog(file: path)
  }

  /// Hands over the children of the root element, in order.
  func read(_ roots: [String], texts: Set<String> = [], _ element: (XMLNode) -> Void) {
    do { try XMLFile.read(path, roots: roots, texts: texts, element: element) } catch {
      log.append(error.diagnostics)
    }
  }

  /// A time of day `hh:mm:ss`, or seconds; nil, and noted, for anything else.
  func time(_ text: String, of what: String, line: Int) -> Double? {
    if let time = SUMOTime.seconds(text), time >= 0 { return time }
    log.error("'\(what)' must be a time hh:mm:ss, not '\(text)'", line: line, quote: text)
    return nil
  }
}

/// The files of a MATSim scenario: those of a folder, told apart by their root elements, or those that a configuration
/// names.
struct MATSimFiles {
  enum Kind: String, CaseIterable {
    case network, lanes, systems, groups, control, population

    var roots: [String] {
      switch self {
      case .network: ["network"]
      case .population: ["population", "plans"]
      case .lanes: ["laneDefinitions"]
      case .systems: ["signalSystems"]
      case .groups: ["signalGroups"]
      case .control: ["signalControl"]
      }
    }

    /// The name under which files are written, and the parameter of a configuration that names them.
    var fileName: String {
      switch self {
      case .network: "network.xml"
      case .population: "plans.xml"
      case .lanes: "lanes.xml"
      case .systems: "signalSystems.xml"
      case .groups: "signalGroups.xml"
      case .control: "signalControl.xml"
      }
    }

    var parameters: [String] {
      switch self {
      case .network: ["inputNetworkFile"]
      case .population: ["inputPlansFile"]
      case .lanes: ["laneDefinitionsFile"]
      case .systems: ["signalsystems"]
      case .groups: ["signalgroups"]
      case .control: ["signalcontrol"]
      }
    }
  }
  private(set) var paths: [Kind: String] = [:]
  /// What names them; nil where nothing does.
  private var configuration: String?

  /// All of them, in the order in which they are read.
  var all: [String] { (configuration.map { [$0] } ?? []) + Kind.allCases.compactMap { paths[$0] } }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  private static func names(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
      .filter { $0.hasSuffix(".xml") || $0.hasSuffix(".xml.gz") }
  }

  /// Whether a folder holds a MATSim network.
  static func isMATSim(folder path: String) -> Bool {
    isFolder(path) && (try? MATSimFiles(folder: path))?.paths[.network] != nil
  }

  /// The files of a folder, of a configuration, or beside a network.
  ///
  /// - Throws: `InputFailure` when a file cannot be read, or two are of the same kind.
  init(_ path: String) throws(InputFailure) {
    if Self.isFolder(path) {
      self = try MATSimFiles(folder: path)
    } else {
      let root = ScenarioReader.rootElement(of: try TextFile.beginning(of: path))
      let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
      if root == "config" {
        self = try MATSimFiles(configuration: path)
      } else {
        self = try MATSimFiles(folder: folder.isEmpty ? "/" : folder, network: path)
      }
    }
    guard paths[.network] != nil else {
      throw InputFailure("there is no MATSim network here", at: SourceLocation(file: path))
    }
  }

  private init(folder: String, network: String? = nil) throws(InputFailure) {
    let names = Self.names(in: folder)
    if network == nil {
      for name in names where name.hasPrefix("config") {
        let path = "\(folder)/\(name)"
        guard ScenarioReader.rootElement(of: try TextFile.beginning(of: path)) == "config" else { continue }
        self = try MATSimFiles(configuration: path)
        return
      }
    }
    paths[.network] = network
    for name in names {
      let path = folder == "." && network?.contains("/") == false ? name : "\(folder)/\(name)"
      let root = ScenarioReader.rootElement(of: try TextFile.beginning(of: path))
      guard let kind = Kind.allCases.first(where: { $0.roots.contains(root ?? "") }) else { continue }
      if kind == .network, network != nil { continue }
      if let other = paths[kind] {
        throw InputFailure(
          "the folder has two files of the kind '\(root ?? "")'", at: SourceLocation(file: path),
          notes: ["the other is \(other)", "a configuration (config.xml) can name the one that counts"])
      }
      paths[kind] = path
    }
  }

  private init(configuration path: String) throws(InputFailure) {
    let file = try MATSimFile(path)
    self.configuration = path
    var parameters: [String: XMLNode] = [:]
    func collect(_ node: XMLNode) {
      if node.name == "param", let name = node["name"] { parameters[name] = node }
      node.children.forEach(collect)
    }
    file.read(["config"], collect)
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    for kind in Kind.allCases {
      for name in kind.parameters {
        guard let node = parameters[name], let value = node["value"], !value.isEmpty, value != "null" else {
          continue
        }
        let place = value.hasPrefix("/") ? value : folder + value
        if !FileManager.default.fileExists(atPath: place) {
          file.log.error("there is no file '\(value)'", line: node.line, quote: value)
        }
        paths[kind] = place
      }
    }
    if paths[.network] == nil { file.log.error("the configuration names no network (inputNetworkFile)") }
    guard !file.log.hasErrors else { throw InputFailure(file.log.diagnostics) }
  }
}
