internal import TrafficModel

extension UTDFWriter {
  /// The origin of a scenario whose plans are to be put into the combined file at a path, whatever it was read from.
  ///
  /// - Throws: `InputFailure` when the file cannot be read.
  public static func origin(template path: String) throws(InputFailure) -> any Sendable {
    UTDFFormat.Origin(source: try UTDFSource(combined: InputFile(path)))
  }

  /// A plan as UTDF.
  ///
  /// - Parameters:
  ///   - plan: of the scenario's network; controllers without a programme have no timing in the file, or that of the
  ///     template.
  ///   - period: what it is for; its volumes are written, too, where there is no template.
  ///   - template: a combined file with junctions of the same names. Its phases are set, and what else
  ///     stands in it stays as it is.
  /// - Returns: one file; in `losses`, what of the plan it does not say.
  /// - Throws: `InputFailure` where the template cannot be read.
  static func write(
    _ plan: TimingPlan, of scenario: Scenario, in period: Period, template: UTDFSource?
  ) throws(InputFailure) -> WrittenScenario {
    guard let template else {
      let period = Period(name: period.name, demand: period.demand, existingPlan: plan)
      return write(Scenario(name: scenario.name, network: scenario.network, periods: [period]))
    }
    let (text, path) = (template.text, template.path)
    guard UTDFFile.isLike(text) else {
      throw InputFailure("this is not a combined UTDF file", at: SourceLocation(file: path))
    }
    let network = try UTDFReader.read(text: text, file: path).scenario.network
    let transfer = PlanTransfer(plan, from: scenario.network, to: network, called: "'\(path)'")
    var written = try write(transfer.plan, updating: text, file: path)
    written.losses = transfer.problems.map(\.message) + written.losses
    return written
  }
}
