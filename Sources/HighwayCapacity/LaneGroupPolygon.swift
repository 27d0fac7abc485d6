/// Queue polygons of lanes as phases serve them; flows in veh/h per lane, times in s.
enum LaneGroupPolygon {
  /// Red, then green. Arrivals beyond capacity are left out.
  static func oneGreen(
    flow: Double, saturationFlow: Double, green: Double, cycle: Double, platoonRatio: Double
  ) -> QueuePolygon {
    let red = max(cycle - green, 0)
    let discharge = saturationFlow / USUnits.hour
    let rate = min(flow / USUnits.hour, discharge * green / cycle)
    let onGreen = ControlDelay.arrivalsOnGreen(platoonRatio: platoonRatio, greenRatio: green / cycle)
    return QueuePolygon([
      .init(duration: red, arrivals: red > 0 ? (1 - onGreen) * rate * cycle / red : 0, discharge: 0),
      .init(
        duration: green, arrivals: green > 0 ? onGreen * rate * cycle / green : 0, discharge: discharge),
    ])
  }

  /// What leaves in the parts of a cycle.
  struct Part {
    var duration: Double
    /// veh/h per lane.
    var discharge: Double
    var sneakers = 0.0
  }

  /// These parts, then red: exhibits 31-13 to 31-17, in which permitted and protected green follow one another.
  static func parts(_ parts: [Part], flow: Double, saturation: Double, cycle: Double) -> QueuePolygon {
    let rate = flow / USUnits.hour / max(saturation, 1)
    let red = max(cycle - parts.reduce(0) { $0 + $1.duration }, 0)
    return QueuePolygon(
      (parts + [Part(duration: red, discharge: 0)]).map {
        .init(
          duration: $0.duration, arrivals: rate, discharge: $0.discharge / USUnits.hour,
          sneakers: $0.sneakers)
      })
  }
}
