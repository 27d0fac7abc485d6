/// A network file to begin with. Documentation/NetworkFormat.md has all that such files can say.
public enum StarterNetwork {
  /// One junction of two streets, with a comment at every line that somebody will change.
  public static let yaml = """
    # A network file of Greenwave. Lengths are in m, times in s, speeds in km/h, volumes in veh/h.
    greenwave: 1
    name: My town

    # What holds where nothing else is said.
    defaults:
      speed: 50                 # km/h
      yellow: 4                 # s, between green and red
      all-red: 3.2              # s, after the yellow
      minimum-green: 7          # s, of vehicles
      walking-speed: 1.05       # m/s, for the clearance of crossings
      cycle-range: [60, 150]    # s, shortest and longest cycle

    junctions:
      Main/Station:             # the junction's name
        approaches:             # by where traffic comes from; lanes from the left, as the driver sees them
          N: {lanes: [L 60, TR], crossing: 14}       # L left, T through, R right; a pocket of 60 m; a crossing of 14 m
          E: {lanes: [L 60, T, TR], crossing: 16}
          S: {lanes: [L 60, TR], crossing: 14}
          W: {lanes: [L 60, T, TR], crossing: 16}
        stages:                 # who is green together, in order; P is the crossing of a leg
          - [EW.TR, NS.P]
          - [EW.L]
          - [NS.TR, EW.P]
          - [NS.L]
        plan:                   # what runs today: a green for each stage, s
          green: [30, 12, 24, 12]

    # Times of day, each with its counts.
    periods:
      am-peak:
        time: 07:30-08:30
        counts:                 # vehicles and people on foot (P) per hour
          Main/Station:
            N: {L: 80, T: 260, R: 60, P: 100}
            E: {L: 110, T: 560, R: 90, P: 80}
            S: {L: 90, T: 240, R: 70, P: 100}
            W: {L: 120, T: 620, R: 80, P: 80}

    """
}
