internal import TrafficModel

/// Looks up what a stage says is green: `N.L`, `NS.TR`, `N+E.T`, `EW.P`, after the junction's name where
/// several junctions share the controller.
struct StageItems {
  let draft: NetworkDraft
  let roads: DraftRoads
  let groups: DraftGroups
  let references: LegReferences
  let member: DraftGroups.Member

  /// The groups that a stage names, ascending; nil, with errors in the log, when something is wrong with it.
  func groups(of stage: StageDraft, conflicts: [[GroupConflict]], _ log: inout some ProblemLog) -> [Int]? {
    var found: [(group: Int, place: TextPlace)] = []
    var isSound = true
    for item in stage.items {
      guard let named = resolve(item, &log) else {
        isSound = false
        continue
      }
      for group in named {
        if found.contains(where: { $0.group == group }) {
          log.error("'\(name(group))' is named twice in this stage", at: item.place)
          isSound = false
          continue
        }
        for other in found where conflicts[group][other.group] == .exclusive {
          report(conflictOf: other.group, with: group, at: item.place, &log)
          isSound = false
        }
        found.append((group, item.place))
      }
    }
    if isSound { warnOfSharedLanes(in: found.map(\.group), at: stage.place, &log) }
    return isSound ? found.map(\.group).sorted() : nil
  }

  /// A lane whose vehicles do not all have green stands as soon as the first that has none is at the stop line.
  private func warnOfSharedLanes(in green: [Int], at place: TextPlace, _ log: inout some ProblemLog) {
    for group in green {
      let leg = member.groups[group].leg
      for lane in draft.junctions[leg.junction].approach(leg.leg)?.lanes ?? [] {
        let letters = lane.turns.map(\.letter)
        guard letters.contains(member.groups[group].letter) else { continue }
        let held = letters.compactMap { groups.group($0, at: leg) }.first { !green.contains($0) }
        guard let held else { continue }
        log.warning(
          "'\(name(group))' is green without '\(name(held))', though a lane is shared by them", at: place)
        return
      }
    }
  }

  /// The name of a group.
  func name(_ group: Int) -> String { groups.name(member.groups[group], of: member, draft: draft) }

  private func report(
    conflictOf first: Int, with second: Int, at place: TextPlace, _ log: inout some ProblemLog
  ) {
    let pair = [member.groups[first], member.groups[second]]
    let isAcross = pair.contains { draft.across.contains($0.letter) }
    let isOpposing = (3...5).contains(pair[0].leg.leg.eighths(to: pair[1].leg.leg))
    let side = draft.side == .left ? "right" : "left"
    let notes =
      isAcross && isOpposing && !pair.contains { $0.letter == "P" }
      ? ["where drivers turning \(side) wait for gaps, say \(side)-turns: permissive"] : []
    log.error(
      "'\(name(first))' and '\(name(second))' conflict, they cannot be green together", at: place,
      notes: notes)
  }

  private func resolve(_ item: Located<String>, _ log: inout some ProblemLog) -> [Int]? {
    guard let (before, letters) = item.splitAtLastDot else {
      log.error(
        "'\(item.value)' is not legs, full stop, turns", at: item.place, notes: ["e.g. N.L, NS.TR or EW.P"])
      return nil
    }
    guard let (junction, legNames) = junctionAndLegs(before, &log),
      let legs = legs(legNames, of: junction, &log)
    else { return nil }
    var found: [Int] = []
    var isSound = true
    for leg in legs {
      for letter in letters.value {
        if let group = group(letter, at: LegID(junction: junction, leg: leg), item, &log) {
          found.append(group)
        } else {
          isSound = false
        }
      }
    }
    return isSound ? found : nil
  }

  private func junctionAndLegs(
    _ text: Located<String>, _ log: inout some ProblemLog
  ) -> (junction: Int, legs: Located<String>)? {
    guard member.isShared else { return (member.junctions[0], text) }
    let known = member.junctions.map { draft.junctions[$0].name.value }
    guard let (name, legs) = text.splitAtLastDot else {
      log.error(
        "say of which junction '\(text.value)' is", at: text.place,
        notes: ["its controller serves " + known.joined(separator: ", ")])
      return nil
    }
    guard let position = known.firstIndex(of: name.value) else {
      log.unknown("junction of controller '\(member.name.value)'", name, known: known)
      return nil
    }
    return (member.junctions[position], legs)
  }

  /// `N`, `NS` for two opposite legs, or any with a plus between them.
  private func legs(
    _ text: Located<String>, of junction: Int, _ log: inout some ProblemLog
  ) -> [Compass]? {
    var legs: [Compass] = []
    for part in text.value.split(separator: "+", omittingEmptySubsequences: false) {
      let names = Self.opposites.contains(String(part)) ? part.map { String($0) } : [String(part)]
      for name in names {
        guard let leg = Compass(located: Located(value: name, place: text.place), &log) else { return nil }
        let id = LegID(junction: junction, leg: leg)
        guard references.approach(id, at: text.place, &log) != nil else { return nil }
        legs.append(leg)
      }
    }
    return legs
  }

  private static let opposites = ["NS", "SN", "EW", "WE"]

  private func group(
    _ letter: Character, at leg: LegID, _ item: Located<String>, _ log: inout some ProblemLog
  ) -> Int? {
    if let group = groups.group(letter, at: leg) { return group }
    guard letter == "P" || Turn(letter: letter) != nil else {
      log.error(
        "'\(letter)' in '\(item.value)' is not one of U, L, T, R or P (pedestrians)", at: item.place)
      return nil
    }
    let junction = draft.junctions[leg.junction]
    guard junction.isSound, let approach = junction.approach(leg.leg) else { return nil }
    let place = "'\(leg.leg.name)' of junction '\(junction.name.value)'"
    let hasLane = approach.lanes.contains { lane in lane.turns.contains { $0.letter == letter } }
    if letter == "P" {
      log.error("\(place) has no crossing", at: item.place)
    } else if !hasLane {
      log.error("no lane of \(place) has the turn \(letter)", at: item.place)
    } else if roads.turns[leg.junction].contains(where: { $0.from == leg && $0.turn.letter == letter }) {
      log.error(
        "right turns from \(place) have no signal (right-turns: free), so they are in no stage",
        at: item.place)
    }
    return nil
  }
}
