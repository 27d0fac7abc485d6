public import ArgumentParser
public import SignalOptimization

/// The command line's way to choose cycles.
struct CycleArgument: ExpressibleByArgument {
  var choice: CycleChoice

  init(choice: CycleChoice) { self.choice = choice }

  init?(argument: String) {
    switch argument {
    case "best": choice = .best
    case "per-junction": choice = .perJunction
    case "common": choice = .common
    case "existing": choice = .existing
    default:
      guard let cycle = Double(argument), cycle > 0, cycle <= 3600 else { return nil }
      choice = .fixed(cycle)
    }
  }

  var defaultValueDescription: String { "best" }
}

extension Objective: ExpressibleByArgument {}
