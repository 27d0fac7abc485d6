// swift-tools-version: 6.1
import PackageDescription

let greenwave = "greenwave"

let package = Package(
  name: "greenwave-examples",
  platforms: [.macOS(.v13)],
  dependencies: [
    // By name: otherwise it would be called like the folder that holds it. Elsewhere it is .package(url: …).
    .package(name: greenwave, path: "../..")
  ],
  targets: [
    .executableTarget(
      name: "before-after",
      dependencies: [
        .product(name: "NetworkFormats", package: greenwave),
        .product(name: "SignalOptimization", package: greenwave),
        .product(name: "TrafficSimulation", package: greenwave),
      ],
      path: "Sources/BeforeAfter"),
    .executableTarget(
      name: "own-network",
      dependencies: [
        .product(name: "NetworkBuilding", package: greenwave),
        .product(name: "TrafficModel", package: greenwave),
        .product(name: "TrafficSimulation", package: greenwave),
      ],
      path: "Sources/OwnNetwork"),
    .executableTarget(
      name: "own-plan",
      dependencies: [
        .product(name: "NetworkFormats", package: greenwave),
        .product(name: "TrafficModel", package: greenwave),
        .product(name: "TrafficSimulation", package: greenwave),
      ],
      path: "Sources/OwnPlan"),
    .executableTarget(
      name: "own-format",
      dependencies: [
        .product(name: "NetworkFormats", package: greenwave),
        .product(name: "TrafficModel", package: greenwave),
      ],
      path: "Sources/OwnFormat"),
  ],
  swiftLanguageModes: [.v6]
)
