// swift-tools-version: 6.1
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let orderedCollections = Target.Dependency.product(
  name: "OrderedCollections", package: "swift-collections")
let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")

/// Whether `make check` builds: what is worked on without optimization, over an optimized simulation.
let isCheck = Context.environment["GREENWAVE_CHECK"] != nil

/// What tests spend their time in is optimized even in a build without optimization; its assertions stay.
let optimizedInChecks: Set = ["LinearProgramming", "TrafficModel", "TrafficSimulation"]

/// Modules compiled as a whole. Of several threads each file has an object of its own, as the package manager expects.
let wholeModule = ["-whole-module-optimization", "-num-threads", "2"]

/// How `make check` compiles a library.
func checkSettings(_ name: String) -> [SwiftSetting] {
  guard isCheck, optimizedInChecks.contains(name) else { return [] }
  return [.unsafeFlags(["-O", "-assert-config", "Debug"] + wholeModule)]
}

/// A library target: its name and what it may import. Arrows point down only (Documentation/Architecture.md).
///
/// Embedded files become constants of the module, so that the tool is one file wherever it is copied.
func library(_ name: String, _ dependencies: [Target.Dependency], embedding files: [String] = []) -> Target {
  .target(
    name: name, dependencies: dependencies, resources: files.map { .embedInCode($0) },
    swiftSettings: settings + checkSettings(name))
}

/// One of the examples of the library, which are a package of their own, too: a compiled example stays true.
func example(_ name: String, in folder: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: name, dependencies: dependencies, path: "Documentation/Examples/Sources/\(folder)",
    swiftSettings: [.swiftLanguageMode(.v6)])
}

/// Tests are never optimized: that takes longer than it saves, for what they call is.
let testSettings =
  settings + [.unsafeFlags(["-Onone"] + wholeModule, .when(configuration: .release))]

/// The tests of a target. Fixture folders are reached through `#filePath` and so excluded from the bundle.
func tests(
  _ name: String, _ dependencies: [Target.Dependency], fixtures: [String] = []
) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: dependencies + ["TestSupport"], exclude: fixtures,
    swiftSettings: testSettings)
}

let package = Package(
  name: "greenwave",
  products: [
    .executable(name: "greenwave", targets: ["greenwave"]),
    .library(name: "LinearProgramming", targets: ["LinearProgramming"]),
    .library(name: "TrafficModel", targets: ["TrafficModel"]),
    .library(name: "NetworkBuilding", targets: ["NetworkBuilding"]),
    .library(name: "NetworkFormats", targets: ["NetworkFormats"]),
    .library(name: "TrafficSimulation", targets: ["TrafficSimulation"]),
    .library(name: "SignalOptimization", targets: ["SignalOptimization"]),
    .library(name: "Reporting", targets: ["Reporting"]),
    .library(name: "HighwayCapacity", targets: ["HighwayCapacity"]),
    .library(name: "CapacityWorksheets", targets: ["CapacityWorksheets"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .systemLibrary(name: "CGLPK", providers: [.apt(["libglpk-dev"])]),
    .systemLibrary(name: "CExpat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    library("LinearProgramming", ["CGLPK"]),
    library("TrafficModel", [heap]),
    library("NetworkBuilding", ["TrafficModel"]),
    library("NetworkFormats", ["TrafficModel", "NetworkBuilding", "CExpat", "CZlib", yams]),
    library("TrafficSimulation", ["TrafficModel"]),
    library(
      "SignalOptimization",
      ["TrafficModel", "LinearProgramming", "TrafficSimulation", orderedCollections]),
    library(
      "Reporting",
      ["TrafficModel", "TrafficSimulation", "SignalOptimization", "HighwayCapacity", "CapacityWorksheets"],
      embedding: [
        "Pictures/pictures.css", "Page/page.css", "Page/sheet.css", "Page/page.js", "Page/timespace.js",
      ]),
    library("HighwayCapacity", []),
    library("CapacityWorksheets", ["TrafficModel", "SignalOptimization", "HighwayCapacity"]),
    .executableTarget(
      name: "greenwave",
      dependencies: [
        "TrafficModel", "NetworkBuilding", "NetworkFormats", "TrafficSimulation", "SignalOptimization",
        "Reporting", "HighwayCapacity", "CapacityWorksheets", argumentParser, orderedCollections,
      ],
      swiftSettings: settings),
    example(
      "before-after", in: "BeforeAfter", ["NetworkFormats", "SignalOptimization", "TrafficSimulation"]),
    example("own-network", in: "OwnNetwork", ["NetworkBuilding", "TrafficModel", "TrafficSimulation"]),
    example("own-plan", in: "OwnPlan", ["NetworkFormats", "TrafficModel", "TrafficSimulation"]),
    example("own-format", in: "OwnFormat", ["NetworkFormats", "TrafficModel"]),
    .target(
      name: "TestSupport", dependencies: ["TrafficModel", "NetworkBuilding"], path: "Tests/TestSupport",
      swiftSettings: settings),
    tests("LinearProgramming", ["LinearProgramming"]),
    tests("TrafficModel", ["TrafficModel"]),
    tests("NetworkBuilding", ["NetworkBuilding"]),
    tests(
      "NetworkFormats", ["NetworkFormats", "NetworkBuilding", "TrafficSimulation", "CZlib", "own-format"],
      fixtures: ["Fixtures"]),
    tests("TrafficSimulation", ["TrafficSimulation", "NetworkBuilding"]),
    tests("SignalOptimization", ["SignalOptimization", "NetworkBuilding", "NetworkFormats"]),
    tests(
      "Reporting",
      [
        "Reporting", "SignalOptimization", "TrafficSimulation", "NetworkFormats", "CapacityWorksheets",
        "HighwayCapacity",
      ]),
    tests("HighwayCapacity", ["HighwayCapacity"]),
    tests(
      "CapacityWorksheets",
      ["CapacityWorksheets", "HighwayCapacity", "SignalOptimization", "NetworkBuilding", "NetworkFormats"],
      fixtures: ["Fixtures"]),
    tests("CommandLine", ["greenwave", argumentParser], fixtures: ["Snapshots"]),
  ]
)
