internal import CapacityWorksheets
internal import SignalOptimization
public import TrafficModel

/// All that an engineer hands in of one signal controller under one or two plans, on a page: who may go when, how long, what
/// holds it apart, and what comes of it.
public struct JunctionSheet: Sendable {
  /// What a sheet is made of.
  public struct Source: Sendable {
    /// The network's name, and the period's.
    public var scenario: String
    /// Whose demand counts.
    public var period: Period
    /// What the plans are for.
    public var network: Network
    /// What runs now, and what is to run; the same plan alone where there is no other. Each has a programme for every
    /// controller that a sheet is made of.
    public var plans: [TimingPlan]

    /// - Parameters:
    ///   - scenario: the network's name.
    ///   - plans: one or two, the present one first.
    public init(scenario: String, period: Period, network: Network, plans: [TimingPlan]) {
      precondition((1...2).contains(plans.count), "a sheet has one plan or two")
      (self.scenario, self.period, self.network, self.plans) = (scenario, period, network, plans)
    }

    /// Of each plan by the Highway Capacity Manual; what runs now runs by its detectors, where it has some.
    fileprivate var studies: [CapacityStudy] {
      plans.enumerated().map { index, plan in
        CapacityStudy(network: network, plan: plan, demand: period.demand, detectorsDecide: index == 0)
      }
    }
    /// Of each plan by the split programs' model.
    fileprivate var loads: [LaneLoads] {
      plans.map { LaneLoads(of: $0, network: network, demand: period.demand) }
    }
  }

  let title: String
  let subtitle: String
  /// What stands below the title.
  let facts: [String]
  let sketches: [Picture]
  let control: [Picture]
  /// Titles of the two columns of pictures.
  let headings: (sketches: String, control: String)
  let phases: Table
  let intergreens: Table?
  let laneGroups: Table?
  let people: Table?
  /// Who gains and loses, and notes.
  let remarks: [String]
  let notes: [String]
  let language: ReportLanguage

  /// The sheets of some controllers, in order.
  ///
  /// - Parameter controllers: those that one of the plans has no programme for are left out.
  public static func sheets(
    of controllers: [ControllerID], _ source: Source, language: ReportLanguage
  ) -> [JunctionSheet] {
    let (studies, loads) = (source.studies, source.loads)
    let flows = MovementFlows(network: source.network, demand: source.period.demand)
    return controllers.compactMap { controller in
      let programs = source.plans.compactMap { $0[controller] }
      guard programs.count == source.plans.count else { return nil }
      return JunctionSheet(
        controller, source, programs: programs, flows: flows,
        manual: ManualFigures(controller, studies, network: source.network), loads: loads, language: language)
    }
  }

  private static let mostBars = 24

  /// Columns; names that programs made of others may be longer.
  private static let longestTitle = 48

  private init(
    _ controller: ControllerID, _ source: Source, programs: [SignalProgram], flows: MovementFlows,
    manual: ManualFigures, loads: [LaneLoads], language: ReportLanguage
  ) {
    let network = source.network
    let figures =
      manual.isCovered
      ? manual.groups : LaneGroupFigures.byLoads(controller, loads, network: network)
    let words = language.pageWords.sheet
    let names = SheetNames(controller, network, words)
    let labels = programs.count > 1 ? [words.now, words.new] : [words.now]
    let sheets = programs.map { ControllerSheet($0, network: network) }
    let hasRings = sheets.allSatisfy { $0.rows.contains { $0.ring != nil } }
    let tables = SheetTables(
      network: network, controller: controller, programs: programs, labels: labels, names: names, words: words
    )
    self.language = language
    title = words.title(Self.name(controller, names, network).truncated(to: Self.longestTitle))
    let demand = source.period.demand
    subtitle = words.subtitle(
      source.scenario, source.period.name, ClockTime.text(demand.begin), ClockTime.text(demand.end))
    let head = SheetHead(
      controller: network[controller], network: network, programs: programs, labels: labels, names: names,
      words: words)
    facts = head.facts(hasRings ? sheets : nil)
    let hasFlows = flows.mean.contains { $0 > 0 }
    sketches = names.layouts.enumerated().map { number, layout in
      LaneSketch(
        title: words.lanes, legs: layout, network: network, flows: hasFlows ? flows.mean : [],
        names: layout.legs.map { names.name($0, junction: number) }, letter: words.letter
      ).picture
    }
    let pictureWords = SheetPictureWords(language: language)
    var control: [Picture]
    if let layout = names.layouts.first {
      control = [
        hasRings
          ? RingDiagram(
            title: words.rings, legs: layout, network: network, sheets: sheets, labels: labels,
            words: pictureWords
          ).picture
          : StageStrip(
            title: words.stages, legs: layout, network: network, programs: programs, labels: labels,
            words: pictureWords
          ).picture
      ]
    } else {
      control = []
    }
    // Rings tell the same; more groups do not find room.
    if !hasRings, network[controller].groups.count <= Self.mostBars, let last = programs.last {
      control.append(
        StageDiagram(
          title: words.stages, controller: network[controller], program: last, span: last.cycle,
          words: language.pictureWords, isCompact: true
        ).inOrder(names.groups).picture)
    }
    self.control = control
    headings = (words.lanes, hasRings ? words.rings : words.stages)
    phases = hasRings ? tables.phases(sheets) : tables.groups
    intergreens = tables.intergreens
    laneGroups = tables.laneGroups(figures)
    people = tables.people(demand)
    remarks =
      SheetRemarks(figures: figures, delays: manual.delays, names: names, words: words).lines
    notes =
      head.notes(hasRings ? sheets : nil)
      + (manual.isCovered
        ? [words.manualNote] + SheetRemarks.notCovered(manual, names, words) : [words.loadNote])
  }

  /// The junction's name where there is one; else the controller's.
  private static func name(_ controller: ControllerID, _ names: SheetNames, _ network: Network) -> String {
    names.layouts.count == 1 ? network[names.layouts[0].junction].name : network[controller].name
  }
}

extension StageDiagram {
  /// With rows in another order of the groups.
  fileprivate func inOrder(_ groups: [Int]) -> StageDiagram {
    var diagram = self
    diagram.controller.groups = groups.map { controller.groups[$0] }
    for row in program.intervals.indices {
      diagram.program.intervals[row].states = groups.map { program.intervals[row].states[$0] }
    }
    return diagram
  }
}
