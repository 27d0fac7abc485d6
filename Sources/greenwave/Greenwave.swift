internal import ArgumentParser

/// The command line tool.
@main
struct Greenwave: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "greenwave",
    abstract: "Better signal timing plans for a road network, and the proof of how good they are.",
    discussion: """
      INPUT is a network file (.yaml), a SUMO configuration (.sumocfg), a SUMO network (.net.xml, .net.xml.gz) with \
      its route files (--routes), a GMNS folder, a UTDF file or folder of Synchro, or the files of CityFlow or MATSim.

      EXAMPLES
        greenwave optimize network.yaml -o out
        greenwave schedule network.yaml --day weekday -o weekday
        greenwave retime network.yaml --counts monday.csv -o out
        greenwave benchmark network.yaml --plan out/plan.csv
        greenwave export city.sumocfg --plan out/plan.csv --format sumo
        greenwave convert city.sumocfg city.yaml

      EXIT CODES
        0   done
        1   no feasible plan, violations, or a format that cannot say all (--strict)
        64  wrong use of the command line
        65  an input is wrong
        69  SUMO is not installed, or failed
        70  an error of greenwave itself
        73  an output cannot be written

      Results go to standard output, messages to standard error; --quiet leaves errors only, --verbose tells more.
      Colours are for terminals, unless NO_COLOR is set.
      """,
    version: "0.1.0",
    subcommands: [
      Optimize.self, Retime.self, Schedule.self, Simulate.self, Benchmark.self, Capacity.self, PeakFlow.self,
      Plot.self, Sheet.self, Show.self, Export.self, Convert.self, Check.self, Generate.self, Init.self,
    ])

  static func main() async {
    var command: any ParsableCommand
    do {
      command = try parseAsRoot()
    } catch {
      let note = Misspelling.note(Array(CommandLine.arguments.dropFirst()), message: message(for: error))
      if let note, exitCode(for: error) == .validationFailure {
        Terminal.tell("\(fullMessage(for: error))\n  note: \(note)", .error)
        exit(withError: ExitCode.validationFailure)
      }
      exit(withError: error)
    }
    do {
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      let report = FailureReport(error)
      // Help that a command asks for is not a failure; the parser knows how to show it.
      guard report.code != .success else { exit(withError: error) }
      Terminal.tell(report.text, .error)
      exit(withError: report.code)
    }
  }
}
