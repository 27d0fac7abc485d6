internal import Foundation
internal import NetworkBuilding

/// What a `.sumocfg` says: which files, and the time to simulate.
public struct SUMOConfiguration: Sendable {
  /// Path of the network.
  public private(set) var network: String
  /// Paths of the route files, in the order in which SUMO loads them.
  public private(set) var routes: [String] = []
  /// Paths of the additional files, which SUMO loads before the routes.
  public private(set) var additionals: [String] = []
  /// Absolute begin of the simulation, s; nil where nothing says so.
  public private(set) var begin: Double?
  /// Absolute end of the simulation, s; nil for when all have arrived.
  public private(set) var end: Double?
  /// What the demand is multiplied by.
  public private(set) var scale = 1.0
  /// What signals' own detectors are like where their programmes do not say.
  var detectors = DetectorDefaults()
  /// Paths of those of the route files that hold matrices of traffic between zones, which SUMO itself does not read.
  public private(set) var matrices: [String] = []
  /// Whether a configuration says so; then what it leaves out has SUMO's defaults.
  var isConfigured = false
  /// What somebody should look at in the configuration itself.
  var warnings: [Diagnostic] = []

  /// SUMO's options for the detectors that actuated programmes make.
  struct DetectorDefaults: Sendable {
    /// s; 0 or less for none.
    var jamThreshold = -1.0
    /// m.
    var length = 0.0
  }

  /// A network with route files, without a configuration.
  public init(network: String, routes: [String]) {
    self.network = network
    self.routes = routes
  }

  /// Reads a configuration; other files are relative to its folder.
  ///
  /// - Throws: `InputFailure` with everything that is wrong with it.
  init(_ file: InputFile) throws(InputFailure) {
    var log = DiagnosticLog(file)
    var options: [String: XMLNode] = [:]
    func collect(_ node: XMLNode) {
      options[node.name] = node
      node.children.forEach(collect)
    }
    try XMLFile.read(file, roots: Self.roots, element: collect)

    let folder = file.path.lastIndex(of: "/").map { String(file.path[...$0]) } ?? ""
    func files(_ names: [String]) -> [String] {
      let value = names.lazy.compactMap { options[$0] }.first.flatMap { $0["value"] ?? $0["v"] } ?? ""
      return value.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { !$0.isEmpty }
        .map { $0.hasPrefix("/") ? $0 : folder + $0 }
    }
    func time(_ name: String) -> Double? {
      guard let node = options[name], let value = node["value"] ?? node["v"] else { return nil }
      if let time = XMLTime.seconds(value) { return time }
      log.error("'\(name)' must be seconds or h:m:s, not '\(value)'", at: node.place, quote: value)
      return nil
    }
    let nets = files(["net-file", "net", "n"])
    if nets.count != 1 {
      log.error(
        "the configuration must name one 'net-file', it names \(nets.count)",
        at: options["net-file"]?.place ?? TextPlace(line: 1, column: 1))
    }
    network = nets.first ?? ""
    routes = files(["route-files", "routes", "r"])
    additionals = files(["additional-files", "additional", "a"])
    begin = time("begin") ?? time("b")
    // A negative end stands for "until all have arrived".
    end = (time("end") ?? time("e")).flatMap { $0 < 0 ? nil : $0 }
    if let end, end <= begin ?? 0, let node = options["end"] ?? options["e"] {
      log.error(
        "the simulation ends at \(plainNumber(end)) s and begins at \(plainNumber(begin ?? 0)) s",
        at: node.place,
        quote: node["value"] ?? node["v"])
    }
    if let node = options["scale"], let value = node["value"] ?? node["v"] {
      if let scale = Double(plain: value), (0...Self.largestScale).contains(scale) {
        self.scale = scale
        if scale != 1 { log.warning("the demand is multiplied by \(value)", at: node.place, quote: value) }
      } else {
        log.error(
          "'scale' must be in 0 … \(plainNumber(Self.largestScale)), not '\(value)'", at: node.place,
          quote: value)
      }
    }
    func number(_ name: String) -> Double? {
      guard let node = options[name], let value = node["value"] ?? node["v"] else { return nil }
      if let number = Double(plain: value) { return number }
      log.error("'\(name)' must be a finite number, not '\(value)'", at: node.place, quote: value)
      return nil
    }
    detectors.jamThreshold = number("tls.actuated.jam-threshold") ?? detectors.jamThreshold
    detectors.length = number("tls.actuated.detector-length") ?? detectors.length
    guard !log.hasErrors else { throw InputFailure(log.diagnostics) }
    isConfigured = true
    warnings = log.diagnostics
  }

  /// The same with route files that the configuration does not name.
  func naming(routes: [String]) -> Self {
    var named = self
    named.routes = routes
    return named
  }

  /// Whether trips begin or end at junctions, for which SUMO has an option.
  public private(set) var usesJunctions = false

  /// Notes what the files have turned out to hold: SUMO takes zones among additional files.
  mutating func sort(matrices: [String], zones: [String], usesJunctions: Bool) {
    (self.matrices, self.usesJunctions) = (matrices, usesJunctions)
    additionals += routes.filter(zones.contains)
    routes.removeAll(where: zones.contains)
  }

  private static let largestScale = 100.0
  static let roots = ["configuration", "sumoConfiguration"]
}
