/// Parts of a demand's time.
extension Demand {
  /// Who wants to travel within `period`: departures and the parts of streams and walks in it, and the slices of the
  /// counts that begin in it.
  public func during(_ period: Range<Double>) -> Demand {
    var part = self
    (part.begin, part.end) = (period.lowerBound, period.upperBound)
    part.departures = departures.filter { period.contains($0.time) }
    part.flows = flows.compactMap { flow in
      var cut = flow
      cut.begin = max(flow.begin, period.lowerBound)
      cut.end = min(flow.end, period.upperBound)
      return cut.begin < cut.end ? cut : nil
    }
    part.counts = counts.filter { period.contains($0.begin) }
    part.walks = walks.compactMap { walk in
      var cut = walk
      cut.begin = max(walk.begin, period.lowerBound)
      cut.end = min(walk.end, period.upperBound)
      guard cut.begin < cut.end else { return nil }
      cut.people *= (cut.end - cut.begin) / (walk.end - walk.begin)
      return cut
    }
    return part
  }

  /// The demand told in a shorter time: consecutive parts of equal length are each stood for by one slice.
  ///
  /// Counts of a part are replaced by their mean; of departures, streams and walks the middle of each part is taken. The
  /// course of the demand over the parts stays, and so does its level.
  /// - Parameters:
  ///   - parts: how many parts; at least one.
  ///   - slice: s that stand for each part. Where the demand is not longer than all of them, it is left as it is.
  public func digest(parts: Int, slice: Double) -> Demand {
    guard duration > Double(parts) * slice else { return self }
    var digest = self
    digest.end = begin + Double(parts) * slice
    (digest.departures, digest.flows, digest.counts, digest.walks) = ([], [], [], [])
    for index in 0..<parts {
      let length = duration / Double(parts)
      let part = begin + Double(index) * length..<begin + Double(index + 1) * length
      let target = begin + Double(index) * slice
      let middle = (part.lowerBound + part.upperBound - slice) / 2
      let sample = during(middle..<middle + slice)
      let shift = target - middle
      digest.departures += sample.departures.map { departure in
        var moved = departure
        moved.time += shift
        return moved
      }
      digest.flows += sample.flows.map { flow in
        var moved = flow
        moved.begin += shift
        moved.end += shift
        return moved
      }
      digest.walks += sample.walks.map { walk in
        var moved = walk
        moved.begin += shift
        moved.end += shift
        return moved
      }
      if let mean = mean(ofCountsIn: part, from: target, slice: slice) { digest.counts.append(mean) }
    }
    return digest
  }

  /// One slice with the mean flows of the counts whose middle lies in `part`; nil without counts.
  private func mean(ofCountsIn part: Range<Double>, from begin: Double, slice: Double) -> CountSlice? {
    let inside = counts.filter { part.contains(($0.begin + $0.end) / 2) }
    guard let first = inside.first else { return nil }
    let share = slice / inside.reduce(0) { $0 + $1.end - $1.begin }
    var mean = CountSlice(
      begin: begin, end: begin + slice, vehicles: first.vehicles.map { _ in nil },
      pedestrians: first.pedestrians.map { _ in 0 })
    for counts in inside {
      for (index, vehicles) in counts.vehicles.enumerated() {
        if let vehicles { mean.vehicles[index] = (mean.vehicles[index] ?? 0) + vehicles * share }
      }
      for (index, pedestrians) in counts.pedestrians.enumerated() {
        mean.pedestrians[index] += pedestrians * share
      }
    }
    return mean
  }
}
