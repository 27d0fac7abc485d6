internal import TrafficModel

/// The vehicle types of route files: those declared, and mixes of them.
struct SUMOVehicleTypes {
  /// What a vehicle may be: types with the shares that they have of its kind.
  struct Mix {
    var types: [Int]
    var shares: [Double]
  }

  /// All types, SUMO's own first.
  private(set) var types: [VehicleType]
  /// By type: whether it drives on the road, in the lanes of cars.
  private(set) var isOnRoad: [Bool]
  /// By type: s after the begin of yellow until which its drivers pass as if it were green.
  private(set) var yellowUsed: [Double]
  private var mixes: [String: Mix] = [:]
  private var weights: [Double]

  init() {
    types = Self.predefined.map { Self.defaults(name: $0.name, vehicleClass: $0.vehicleClass) }
    isOnRoad = Self.predefined.map { Self.isRoadClass($0.vehicleClass) }
    yellowUsed = Self.predefined.map { _ in 0 }
    weights = Self.predefined.map { _ in 1 }
    for (index, type) in types.enumerated() { mixes[type.name] = Mix(types: [index], shares: [1]) }
  }

  /// The mix of a name; SUMO's passenger car for nil.
  func mix(named name: String?) -> Mix? { mixes[name ?? Self.predefined[0].name] }

  /// All names, sorted.
  var names: [String] { mixes.keys.sorted() }

  private static let predefined = [
    (name: "DEFAULT_VEHTYPE", vehicleClass: "passenger"), (name: "DEFAULT_TAXITYPE", vehicleClass: "taxi"),
    (name: "DEFAULT_BIKETYPE", vehicleClass: "bicycle"), (name: "DEFAULT_RAILTYPE", vehicleClass: "rail"),
  ]

  /// Reads a `vType`.
  mutating func addType(_ node: XMLNode, _ log: inout DiagnosticLog) {
    if let index = readType(node, &log) { mixes[types[index].name] = Mix(types: [index], shares: [1]) }
  }

  /// Reads a `vTypeDistribution`: types inside it, or names of types known before.
  mutating func addDistribution(_ node: XMLNode, _ log: inout DiagnosticLog) {
    guard let id = node.text("id", &log) else { return }
    var mix = Mix(types: [], shares: [])
    func add(_ part: Mix, _ share: Double) {
      mix.types += part.types
      mix.shares += part.shares.map { $0 * share }
    }
    for child in node.children("vType") {
      guard let index = readType(child, &log) else { continue }
      mixes[types[index].name] = Mix(types: [index], shares: [1])
      add(Mix(types: [index], shares: [1]), weights[index])
    }
    let names = (node["vTypes"] ?? "").words
    let probabilities = (node["probabilities"] ?? "").words
    for (position, name) in names.enumerated() {
      guard let part = mixes[name] else {
        log.unknown("vehicle type", name, at: node.place, known: self.names)
        mixes[id] = mixes[Self.predefined[0].name]
        return
      }
      let own = part.types.count == 1 ? weights[part.types[0]] : 1
      add(part, probabilities.indices.contains(position) ? Double(plain: probabilities[position]) ?? -1 : own)
    }
    let total = mix.shares.reduce(0, +)
    guard mix.shares.allSatisfy({ $0 >= 0 && $0.isFinite }), total > 0, total.isFinite else {
      log.error(
        "the probabilities of '\(id)' must be 0 or more, and one of them above 0", at: node.place, quote: id)
      mixes[id] = mixes[Self.predefined[0].name]
      return
    }
    mix.shares = mix.shares.map { $0 / total }
    mixes[id] = mix
  }

  private mutating func readType(_ node: XMLNode, _ log: inout DiagnosticLog) -> Int? {
    guard let id = node.text("id", &log) else { return nil }
    if mixes[id] != nil, !Self.predefined.contains(where: { $0.name == id }) {
      log.error("the vehicle type '\(id)' is declared twice", at: node.place, quote: id)
      return nil
    }
    let vehicleClass = node["vClass"] ?? "passenger"
    var type = Self.defaults(name: id, vehicleClass: vehicleClass)
    var isGood = true
    func read(_ attribute: String, _ range: ClosedRange<Double>, _ store: (Double) -> Void) {
      guard node[attribute] != nil else { return }
      guard let value = node.number(attribute, &log) else {
        isGood = false
        return
      }
      guard range.contains(value) else {
        log.error(
          "vehicle type '\(id)': '\(attribute)' is \(node[attribute] ?? ""), it must be in "
            + "\(range.lowerBound) … \(range.upperBound)",
          at: node.place, quote: node[attribute])
        isGood = false
        return
      }
      store(value)
    }
    read("length", 0.1...500) { type.length = $0 }
    read("minGap", 0...100) { type.minimumGap = $0 }
    read("accel", 0.01...100) { type.acceleration = $0 }
    read("decel", 0.01...100) { type.deceleration = $0 }
    read("maxSpeed", 0.01...1000) { type.maximumSpeed = $0 }
    read("tau", 0.01...60) { type.headway = $0 }
    read("sigma", 0...1) { type.imperfection = $0 }
    // SUMO's own value, -1, is for never.
    var yellowUsed = 0.0
    read("jmDriveAfterYellowTime", -1...3600) { yellowUsed = max(0, $0) }
    var weight = 1.0
    read("probability", 0...1e9) { weight = $0 }
    if let text = node["speedFactor"] {
      if let factor = Self.speedFactor(text) {
        type.speedFactor = factor.mean
        if let deviation = factor.deviation { type.speedDeviation = deviation }
      } else {
        log.error(
          "vehicle type '\(id)': 'speedFactor' must be a number above 0, norm(…) or normc(…), not '\(text)'",
          at: node.place, quote: text)
        isGood = false
      }
    }
    read("speedDev", 0...10) { type.speedDeviation = $0 }
    guard isGood else {
      // Its vehicles need not be told that it is unknown, too.
      mixes[id] = mixes[Self.predefined[0].name]
      return nil
    }
    types.append(type)
    isOnRoad.append(Self.isRoadClass(vehicleClass))
    self.yellowUsed.append(yellowUsed)
    weights.append(weight)
    return types.count - 1
  }

  /// `1.2`, `norm(mean,deviation)` or `normc(mean,deviation,least,most)`.
  private static func speedFactor(_ text: String) -> (mean: Double, deviation: Double?)? {
    var numbers = text[...]
    for name in ["normc(", "norm("] where numbers.hasPrefix(name) && numbers.hasSuffix(")") {
      numbers = numbers.dropFirst(name.count).dropLast()
    }
    let values = numbers.split(separator: ",").map { Double(plain: $0) }
    guard let mean = values.first ?? nil, mean > 0, mean <= 10, values.allSatisfy({ $0?.isFinite ?? false })
    else { return nil }
    guard values.count > 1, let deviation = values[1] else { return (mean, nil) }
    return deviation >= 0 ? (mean, deviation) : nil
  }

  private static func isRoadClass(_ name: String) -> Bool {
    ![
      "pedestrian", "tram", "rail", "rail_urban", "rail_electric", "rail_fast", "ship", "container",
      "cable_car", "subway", "aircraft", "wheelchair", "drone",
    ].contains(name)
  }

  /// What SUMO 1.28 takes for a vehicle class where a type does not say.
  private static func defaults(name: String, vehicleClass: String) -> VehicleType {
    var type = VehicleType(name: name)
    switch vehicleClass {
    case "bicycle":
      (type.length, type.minimumGap, type.acceleration, type.deceleration) = (1.6, 0.5, 1.2, 3)
      type.maximumSpeed = 20 / 3.6
    case "moped":
      (type.length, type.acceleration, type.deceleration) = (2.1, 1.1, 7)
      type.maximumSpeed = 60 / 3.6
    case "motorcycle": (type.length, type.acceleration, type.deceleration) = (2.2, 6, 10)
    case "delivery": (type.length, type.speedDeviation) = (6.5, 0.05)
    case "emergency": (type.length, type.speedDeviation) = (6.5, 0)
    case "taxi": type.speedDeviation = 0.05
    case "truck":
      (type.length, type.acceleration, type.deceleration) = (7.1, 1.3, 4)
      (type.maximumSpeed, type.speedDeviation) = (130 / 3.6, 0.05)
    case "trailer":
      (type.length, type.acceleration, type.deceleration) = (16.5, 1.1, 4)
      (type.maximumSpeed, type.speedDeviation) = (130 / 3.6, 0.05)
    case "bus":
      (type.length, type.acceleration, type.deceleration) = (12, 1.2, 4)
      (type.maximumSpeed, type.speedDeviation) = (100 / 3.6, 0)
    case "coach":
      (type.length, type.acceleration, type.deceleration) = (14, 2, 4)
      (type.maximumSpeed, type.speedDeviation) = (100 / 3.6, 0.05)
    case "army", "authority": type.speedDeviation = 0
    default: break
    }
    return type
  }
}
