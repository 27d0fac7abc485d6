internal import SignalOptimization
internal import TrafficModel
internal import TrafficSimulation

/// The tables of a sheet.
struct SheetTables {
  let network: Network
  let controller: ControllerID
  let programs: [SignalProgram]
  /// What each programme is called.
  let labels: [String]
  let names: SheetNames
  let words: PageWords.Sheet

  private var description: SignalController { network[controller] }

  /// Columns of each programme under what it is called; of a single one without that.
  private func byPlan<Row>(_ columns: (_ plan: Int) -> [TableColumn<Row>]) -> [TableGroup<Row>] {
    programs.indices.map { TableGroup(programs.count > 1 ? Title(labels[$0], labels[$0]) : "", columns($0)) }
  }

  /// Seconds to a tenth, without a point where they are whole; empty for nil.
  private func seconds(_ value: Double?) -> Cell {
    Cell(value.map { NumberText.seconds(($0 * 10).rounded() / 10) } ?? "")
  }

  // MARK: Signal groups

  /// A row for each time that a group shows a green of one kind.
  var groups: Table {
    let alike = names.alike(programs)
    let rows = GroupTimes.rows(programs, groups: names.groups.filter { alike[$0] != nil }, network: network)
    let hasRedYellow = rows.contains { $0.times.contains { ($0?.redYellow ?? 0) > 0 } }
    let hasNames = !names.areNumbers
    let hasOthers =
      !hasNames || description.groups.indices.contains { names.serves($0) != description.groups[$0].name }
    func isWalk(_ row: GroupTimes) -> Bool { description.groups[row.group].kind == .pedestrian }
    var fixed: [TableColumn<GroupTimes>] = [
      .text("\(words.number)") { Cell(names.numbers(alike[$0.group] ?? [$0.group])) }
    ]
    if hasNames {
      fixed.append(
        .text("\(words.group)") { row in
          Cell((alike[row.group] ?? [row.group]).map { description.groups[$0].name }.joined(separator: ", "))
        })
    }
    if hasOthers { fixed.append(.text("\(words.serves)") { Cell(names.serves($0.group)) }) }
    fixed += [
      .text("\(words.signal)") { Cell(words.signal($0.state, isWalk: isWalk($0))) },
      .number("\(words.minimum)") { seconds(description.groups[$0.group].minimumGreen) },
    ]
    if rows.contains(where: isWalk) {
      fixed.append(.number("\(words.dontWalk)") { isWalk($0) ? seconds(clearance($0.group)) : "" })
    }
    return Table(
      words.groups,
      [TableGroup("", fixed)]
        + byPlan { plan in
          func time(_ title: String, _ value: @escaping (GroupTime) -> Double?) -> TableColumn<GroupTimes> {
            .number("\(title)") { row in seconds(row.times[plan].flatMap(value)) }
          }
          var columns: [TableColumn<GroupTimes>] = [
            .number("\(words.from)") { row in
              row.times[plan].map { time in time.begin.map { seconds($0) } ?? Cell(words.always) } ?? "–"
            }
          ]
          if hasRedYellow { columns.append(time(words.redYellow, \.redYellow)) }
          columns += [
            time(words.green, \.length),
            .number("\(words.yellow)") { row in isWalk(row) ? "" : seconds(row.times[plan]?.yellow) },
            .number("\(words.allRed)") { row in isWalk(row) ? "" : seconds(row.times[plan]?.allRed) },
            time(words.forceOff, \.end),
          ]
          return columns
        }, rows: rows)
  }

  /// s that the longest crossing of a group takes.
  private func clearance(_ group: Int) -> Double? {
    network.crossingsOfGroup[controller.index][group].map { network[$0].clearanceTime }.max()
  }

  // MARK: Phases

  /// Phases of rings under each programme.
  struct PhaseRow {
    var phase: ControllerSheet.Row
    /// By programme.
    var sides: [ControllerSheet.Row?]
  }

  /// A row for each phase, by ring; `sheets` are those of the programmes.
  func phases(_ sheets: [ControllerSheet]) -> Table {
    let last = sheets[sheets.count - 1]
    let rows = last.rows.sorted { $0.number < $1.number }.map { phase in
      PhaseRow(phase: phase, sides: sheets.map { $0.rows.first { $0.number == phase.number } })
    }
    func served(_ groups: [Int]) -> Cell { Cell(groups.map(names.serves).joined(separator: ", ")) }
    let fixed: [TableColumn<PhaseRow>] = [
      .text("\(words.number)") { Cell("\($0.phase.number)" + ($0.phase.isCoordinated ? "*" : "")) },
      .text("\(words.ring)") { Cell($0.phase.ring.map { "\($0)" } ?? "") },
      .text("\(words.serves)") { served($0.phase.protected) },
      .text("\(words.permitted)") { served($0.phase.permitted) },
      .number("\(words.minimum)") { seconds($0.phase.minimumGreen) },
      .number("\(words.dontWalk)") {
        $0.phase.flashingDontWalk > 0 ? seconds($0.phase.flashingDontWalk) : ""
      },
      .number("\(words.yellow)") { seconds($0.phase.yellow) },
      .number("\(words.allRed)") { seconds($0.phase.allRed) },
    ]
    return Table(
      words.phases,
      [TableGroup("", fixed)]
        + byPlan { plan in
          func time(_ title: String, _ value: @escaping (ControllerSheet.Row) -> Double?) -> TableColumn<
            PhaseRow
          > {
            .number("\(title)") { row in seconds(row.sides[plan].flatMap(value)) }
          }
          return [
            .text("\(words.order)") { row in
              row.sides[plan]?.order.map { Cell($0 == .lead ? words.lead : words.lag) } ?? ""
            },
            .number("\(words.from)") { row in
              row.sides[plan]?.begin.map { seconds($0) } ?? Cell(words.omitted)
            },
            time(words.green) { $0.begin == nil ? nil : $0.green },
            time(words.walk) { $0.walk > 0 ? $0.walk : nil }, time(words.split, \.split),
            time(words.forceOff, \.forceOff),
          ]
        }, rows: rows)
  }

  // MARK: Intergreens

  /// From the end of the green of the row's group to the begin of the column's; nil where no two conflict.
  var intergreens: Table? {
    let all = description.intergreens
    let alike = names.alike(programs)
    let shown = names.groups.filter { group in
      alike[group] != nil
    }.filter { group in
      all[group].contains { $0 > 0 } || all.contains { $0[group] > 0 }
    }
    guard !shown.isEmpty else { return nil }
    return Table(
      "\(words.intergreens): \(words.ending)",
      columns: [
        TableColumn<Int>.text("") {
          Cell("\(names.numbers(alike[$0] ?? [$0])) \(names.serves($0).truncated(to: 14))")
        }
      ]
        + shown.map { column in
          .number("\(names.numbers(alike[column] ?? [column]))") { row in
            row == column ? "·" : all[row][column] > 0 ? seconds(all[row][column]) : ""
          }
        }, rows: shown)
  }

  // MARK: Lane groups

  func laneGroups(_ figures: [LaneGroupFigures]) -> Table? {
    guard !figures.isEmpty else { return nil }
    let sorted = figures.map { (figure: $0, place: names.laneGroup($0.lanes)) }
      .sorted { $0.place.rank.lexicographicallyPrecedes($1.place.rank) }
    typealias Row = (figure: LaneGroupFigures, place: (rank: [Int], name: String))
    func has(_ value: (LaneGroupFigures.Side) -> Double?) -> Bool {
      figures.contains { $0.sides.contains { $0.flatMap(value) != nil } }
    }
    let begins = network.laneBegins
    func pocket(_ row: Row) -> Double? {
      let pockets = row.figure.lanes.filter { begins[$0.index] > 0 }
      return pockets.map { network[$0].length }.min()
    }
    let fixed: [TableColumn<Row>] = [
      .text("\(words.laneGroup)") { Cell($0.place.name) },
      .number("\(words.volume)") { .number($0.figure.volume, decimals: 0) },
      .number("\(words.saturationFlow)") { .number($0.figure.saturationFlow, decimals: 0) },
      .number("\(words.pocket)") { pocket($0).map { .number($0, decimals: 0) } ?? "" },
    ]
    return Table(
      words.measures,
      [TableGroup("", fixed)]
        + byPlan { plan in
          func figure(_ title: String, _ cell: @escaping (LaneGroupFigures.Side) -> Cell) -> TableColumn<Row>
          {
            .number("\(title)") { row in row.figure.sides[plan].map(cell) ?? "–" }
          }
          var columns = [
            figure(words.saturation) { side in
              var cell = Cell.number(side.saturation, decimals: 2)
              if side.saturation >= 0.9 { cell.style = .strong }
              return cell
            }
          ]
          if has(\.delay) {
            columns.append(figure(words.delay) { .number($0.delay, decimals: 1) })
            columns.append(figure(words.level) { Cell(Self.level($0)) })
          }
          if has(\.longQueue) {
            columns.append(figure(words.queue50) { .number($0.medianQueue, decimals: 0) })
            columns.append(
              .number("\(words.queue95)") { row in
                guard let side = row.figure.sides[plan] else { return "–" }
                var cell = Cell.number(side.longQueue, decimals: 0)
                if let queue = side.longQueue, let room = pocket(row), queue > room { cell.style = .strong }
                return cell
              })
          }
          return columns
        }, rows: sorted)
  }

  /// By delay; F where more comes than can go.
  private static func level(_ side: LaneGroupFigures.Side) -> String {
    guard let delay = side.delay else { return "" }
    return side.saturation > 1 ? LevelOfService.f.rawValue : LevelOfService(delayPerVehicle: delay).rawValue
  }

  // MARK: People on foot

  /// nil without signalled crossings.
  func people(_ demand: Demand) -> Table? {
    let crossings = network.crossings.indices.map { CrossingID($0) }.filter {
      network[$0].signal?.controller == controller
    }.sorted { (names.leg(of: $0).rank, $0) < (names.leg(of: $1).rank, $1) }
    guard !crossings.isEmpty else { return nil }
    let counted = PedestrianDelay(network: network, demand: demand).crossings
    let clearances = programs.map(\.clearances)
    func group(_ crossing: CrossingID) -> Int { network[crossing].signal?.group ?? 0 }
    let fixed: [TableColumn<CrossingID>] = [
      .text("\(words.crossing)") { Cell(words.movement(names.leg(of: $0).name, words.walkers)) },
      .number("\(words.perHour)") { crossing in
        let people = counted.first { $0.id == crossing }?.pedestrians
        return people.map { .number($0 / max(demand.duration, 1) * Quantities.secondsPerHour, decimals: 0) }
          ?? ""
      },
      .number("\(words.length)") { .number(network[$0].length, decimals: 0) },
      .number("\(words.needed)") { .number(network[$0].clearanceTime, decimals: 1) },
    ]
    return Table(
      words.people,
      [TableGroup("", fixed)]
        + byPlan { plan in
          [
            .number("\(words.given)") { crossing in
              let given = self.given(group(crossing), clearances[plan])
              var cell = given.map { Cell.number($0, decimals: 1) } ?? ""
              if let given, given < network[crossing].clearanceTime - 0.05 { cell.style = .strong }
              return cell
            },
            .number("\(words.walkSeconds)") { crossing in
              let walks = programs[plan].runs(ofGroup: group(crossing), where: \.isGreen)
              return seconds(walks.map { programs[plan].duration(of: $0) }.max() ?? 0)
            },
            .number("\(words.meanWait)") {
              .number(programs[plan].meanWait(ofGroup: group($0)), decimals: 1)
            },
          ]
        }, rows: crossings)
  }

  /// s from the end of a walk to the first green of vehicles that it is held apart from.
  private func given(_ group: Int, _ clearances: ProgramClearances) -> Double? {
    description.groups.indices.filter { description.intergreens[group][$0] > 0 }
      .compactMap { clearances.shortest(from: group, to: $0) }.min()
  }
}
