internal import Foundation
internal import NetworkBuilding

/// One file of a MATSim scenario, with what is wrong with it.
final class MATSimFile {
  private let file: InputFile
  var path: String { file.path }
  var log: DiagnosticLog

  init(_ file: InputFile) throws(InputFailure) {
    self.file = file
    // A file that is missing is told here, before others refer to it.
    _ = try file.piece(from: 0)
    log = DiagnosticLog(file)
  }

  /// Hands over the children of the root element, in order.
  func read(_ roots: [String], texts: Set<String> = [], _ element: (XMLNode) -> Void) {
    do { try XMLFile.read(file, roots: roots, texts: texts, element: element) } catch {
      log.append(error.diagnostics)
    }
  }

  /// A time of day `hh:mm:ss`, or seconds; nil, and noted, for anything else.
  func time(_ text: String, of what: String, at place: TextPlace) -> Double? {
    if let time = XMLTime.seconds(text, allowsMinutes: true), time >= 0, time <= InputLimits.period {
      return time
    }
    log.error("'\(what)' must be a time hh:mm:ss, not '\(text)'", at: place, quote: text)
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

  /// Whether a folder holds a MATSim network, or a file is one or a configuration.
  static func recognizes(_ input: InputFiles) throws(InputFailure) -> Bool {
    // What keeps a folder of others from being looked through is no error; of one of its own it is told when it is read.
    if input.isFolder {
      return input.names.contains { name in
        guard name.hasSuffix(".xml") || name.hasSuffix(".xml.gz") else { return false }
        return ["network", "config"].contains((try? input[input.folder + name].xmlRoot()) ?? nil)
      }
    }
    return try ["network", "config"].contains(input.file.xmlRoot())
  }

  /// The files of a folder, of a configuration, or beside a network.
  ///
  /// - Throws: `InputFailure` when a file cannot be read, or two are of the same kind.
  init(_ input: InputFiles) throws(InputFailure) {
    let path = input.path
    if input.isFolder {
      self = try MATSimFiles(input, folder: path)
    } else {
      let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
      if try input.file.xmlRoot() == "config" {
        self = try MATSimFiles(configuration: input.file)
      } else {
        self = try MATSimFiles(input, folder: folder.isEmpty ? "/" : folder, network: path)
      }
    }
    guard paths[.network] != nil else {
      throw InputFailure("there is no MATSim network here", at: SourceLocation(file: path))
    }
  }

  private init(_ input: InputFiles, folder: String, network: String? = nil) throws(InputFailure) {
    let names = InputFiles.names(in: folder).filter { $0.hasSuffix(".xml") || $0.hasSuffix(".xml.gz") }
    if network == nil {
      for name in names where name.hasPrefix("config") {
        let file = input["\(folder)/\(name)"]
        guard try file.xmlRoot() == "config" else { continue }
        self = try MATSimFiles(configuration: file)
        return
      }
    }
    paths[.network] = network
    for name in names {
      let path = folder == "." && network?.contains("/") == false ? name : "\(folder)/\(name)"
      let root = try input[path].xmlRoot()
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

  private init(configuration source: InputFile) throws(InputFailure) {
    let (path, file) = (source.path, try MATSimFile(source))
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
          file.log.error("there is no file '\(value)'", at: node.place, quote: value)
        }
        paths[kind] = place
      }
    }
    if paths[.network] == nil, !file.log.hasErrors {
      file.log.error(
        "the configuration names no network (inputNetworkFile)", at: TextPlace(line: 1, column: 1))
    }
    guard !file.log.hasErrors else { throw InputFailure(file.log.diagnostics) }
  }
}
