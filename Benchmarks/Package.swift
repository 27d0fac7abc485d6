// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "greenwave-benchmarks",
  platforms: [.macOS(.v13)],
  dependencies: [
    .package(name: "greenwave", path: "../"),
    // Without its default traits it needs no jemalloc.
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
  ],
  targets: [
    .executableTarget(
      name: "Speed",
      dependencies: [
        .product(name: "Benchmark", package: "benchmark"),
        .product(name: "LinearProgramming", package: "greenwave"),
        .product(name: "TrafficModel", package: "greenwave"),
        .product(name: "NetworkFormats", package: "greenwave"),
        .product(name: "TrafficSimulation", package: "greenwave"),
        .product(name: "SignalOptimization", package: "greenwave"),
      ],
      path: "Benchmarks/Speed",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
  ]
)
