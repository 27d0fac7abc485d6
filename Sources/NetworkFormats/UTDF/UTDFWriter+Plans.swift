public import TrafficModel

extension UTDFWriter {
  /// A plan as UTDF.
  ///
  /// - Parameters:
  ///   - plan: of the scenario's network; controllers without a programme have no timing in the file, or that of the
  ///     template.
  ///   - period: what it is for; its volumes are written, too, where there is no template.
  ///   - template: the path of a combined file with junctions of the same names. Its phases are set, and what else
  ///     stands in it stays as it is.
  /// - Returns: one file; in `losses`, what of the plan it does not say.
  /// - Throws: `InputFailure` where the template cannot be read.
  public static func write(
    _ plan: TimingPlan, of scenario: Scenario, in period: Period, template: String?
  ) throws(InputFailure) -> WrittenScenario {
    guard let template else {
      let period = Period(name: period.name, demand: period.demand, existingPlan: plan)
      return write(Scenario(name: scenario.name, network: scenario.network, periods: [period]))
    }
    let text = try TextFile.readAnyEncoding(template).text
    guard UTDFFile.isLike(text) else {
      throw InputFailure("this is not a combined UTDF file", at: SourceLocation(file: template))
    }
    let network = try UTDFReader.read(text: text, file: template).scenario.network
    let transfer = PlanTransfer(plan, from: scenario.network, to: network, called: "'\(template)'")
    var written = try write(transfer.plan, updating: text, file: template)
    written.losses = transfer.problems.map(\.message) + written.losses
    return written
  }
}
