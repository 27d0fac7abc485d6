import Benchmark
import LinearProgramming
import NetworkFormats
import SignalOptimization
import TrafficModel
import TrafficSimulation

/// Wall clock of each stage of the work, at three sizes; the results are looked at once, outside the measurement.
let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, .cpuTotal, .peakMemoryResident], warmupIterations: 1, maxDuration: .seconds(3),
    maxIterations: 20)

  for size in [2, 4, 8] {
    let junctions = size * size
    let city: City
    do { city = try City(size: size) } catch { preconditionFailure("the generated grid is read: \(error)") }

    Benchmark("parse, \(junctions) junctions") { benchmark in
      for _ in benchmark.scaledIterations {
        blackHole(try NativeReader.read(text: city.text, file: "grid.yaml"))
      }
    }

    let program = city.reserveProgram()
    precondition(program.variableCount > 4 * junctions, "each junction has four stages or more")
    Benchmark("build LP, \(junctions) junctions") { benchmark in
      for _ in benchmark.scaledIterations { blackHole(city.reserveProgram()) }
    }

    let reserve = (try? program.solve())?.optimum?.objective ?? 0
    precondition(reserve > 0, "the grid's greens serve some of its demand")
    Benchmark("solve LP, \(junctions) junctions") { benchmark in
      for _ in benchmark.scaledIterations { blackHole(try program.solve()) }
    }

    let simulator = Simulator(network: city.network, demand: city.period.demand)
    Benchmark("simulate an hour, \(junctions) junctions") { benchmark in
      for _ in benchmark.scaledIterations { blackHole(simulator.run(city.period.existingPlan, seed: 1)) }
    } setup: {
      precondition(simulator.run(city.period.existingPlan, seed: 1).served > 0, "traffic flows")
    }

    Benchmark(
      "optimize, \(junctions) junctions", configuration: .init(warmupIterations: 0, maxIterations: 1)
    ) { benchmark in
      let optimizer = SignalOptimizer(
        network: city.network, demand: city.period.demand, existingPlan: city.period.existingPlan,
        options: OptimizationOptions())
      for _ in benchmark.scaledIterations {
        let result = try await optimizer.run { _ in }
        precondition(result.plan.check(against: city.network).isEmpty, "the plan is legal")
        blackHole(result)
      }
    }
  }

  // As many signals as around Lijiang's old town, and a city's; the aims are 1 s and 5 s on two cores.
  for (rows, columns) in [(2, 7), (10, 20)] {
    let retiming: Retiming
    do { retiming = try Retiming(rows: rows, columns: columns) } catch {
      preconditionFailure("the generated grid is read: \(error)")
    }
    Benchmark(
      "retime, \(rows * columns) junctions", configuration: .init(maxDuration: .seconds(30), maxIterations: 3)
    ) { benchmark in
      for _ in benchmark.scaledIterations {
        let result = try await retiming.run()
        precondition(result.plan.check(against: retiming.network).isEmpty, "the plan is legal")
        precondition(result.delayAfter < result.delayNow, "the plan suits the counts better")
        blackHole(result)
      }
    }
  }

  // A city's network from its tables; the aims are 3 s and 1 GB on two cores.
  let tables: GMNSCity
  do { tables = try GMNSCity(size: 100) } catch { preconditionFailure("the tables can be written: \(error)") }
  Benchmark(
    "read GMNS, \(tables.junctions) junctions",
    configuration: .init(maxDuration: .seconds(20), maxIterations: 3)
  ) { benchmark in
    for _ in benchmark.scaledIterations {
      let read = try GMNSReader.read(tables.folder.path)
      precondition(
        read.warnings.isEmpty && read.scenario.network.controllers.count == tables.junctions,
        "every junction has signals")
      blackHole(read)
    }
  } teardown: {
    tables.remove()
  }
}
