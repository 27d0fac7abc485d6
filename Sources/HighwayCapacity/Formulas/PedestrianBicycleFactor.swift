#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// How people on foot and on bicycles hold up turning vehicles (HCM 7, chapter 31, equations 31-74 to 31-88).
///
/// An occupancy is the share of green during which somebody is in the conflict zone, 0 to 1.
public enum PedestrianBicycleFactor {
  /// Occupancy by people on foot while they are served (equations 31-74 to 31-76).
  ///
  /// - Parameters:
  ///   - pedestrians: both directions of the crosswalk, p/h.
  ///   - service: green that people use, g_ped, s.
  ///   - cycle: s.
  public static func pedestrianOccupancy(pedestrians: Double, service: Double, cycle: Double) -> Double {
    guard pedestrians > 0, service > 0 else { return 0 }
    let flow = min(pedestrians * cycle / service, 5000)
    return flow <= 1000 ? flow / 2000 : min(0.4 + flow / 10_000, 0.90)
  }

  /// Occupancy by bicycles beside the turning vehicles (equations 31-77 and 31-78); 0 without bicycles.
  ///
  /// - Parameters:
  ///   - bicycles: bicycles/h.
  ///   - green: effective green, s.
  ///   - cycle: s.
  public static func bicycleOccupancy(bicycles: Double, green: Double, cycle: Double) -> Double {
    guard bicycles > 0, green > 0 else { return 0 }
    return 0.02 + min(bicycles * cycle / green, 1900) / 2700
  }

  /// Occupancy of the conflict zone of a right turn (equations 31-79 and 31-80).
  ///
  /// - Parameters:
  ///   - pedestrians: p/h.
  ///   - bicycles: bicycles/h.
  ///   - service: g_ped, s; at most the green counts.
  ///   - green: effective green, s.
  ///   - cycle: s.
  public static func rightTurnOccupancy(
    pedestrians: Double, bicycles: Double, service: Double, green: Double, cycle: Double
  ) -> Double {
    guard green > 0 else { return 0 }
    let served = min(service, green)
    let people =
      served / green * pedestrianOccupancy(pedestrians: pedestrians, service: served, cycle: cycle)
    let riders = bicycleOccupancy(bicycles: bicycles, green: green, cycle: cycle)
    return people + riders - people * riders
  }

  /// A_pbT (equations 31-81 and 31-82): with a lane to spare behind the crosswalk, drivers get round people.
  ///
  /// - Parameters:
  ///   - occupancy: of the conflict zone, 0 to 1.
  ///   - spareReceivingLanes: whether more lanes receive the turn than turn.
  public static func adjustment(occupancy: Double, spareReceivingLanes: Bool) -> Double {
    1 - (spareReceivingLanes ? 0.6 : 1) * occupancy
  }

  /// f_Rpb of right turns (equation 31-83), and f_Lpb of left turns that nobody opposes (equation 31-84).
  ///
  /// Parameters as in ``rightTurnOccupancy(pedestrians:bicycles:service:green:cycle:)`` and
  /// ``adjustment(occupancy:spareReceivingLanes:)``.
  public static func rightTurn(
    pedestrians: Double, bicycles: Double = 0, service: Double, green: Double, cycle: Double,
    spareReceivingLanes: Bool
  ) -> Double {
    adjustment(
      occupancy: rightTurnOccupancy(
        pedestrians: pedestrians, bicycles: bicycles, service: service, green: green, cycle: cycle),
      spareReceivingLanes: spareReceivingLanes)
  }

  /// f_Lpb of permitted left turns on a two-way street (equations 31-85 to 31-88): people who cross while the opposing
  /// queue leaves hold up nobody.
  ///
  /// - Parameters:
  ///   - pedestrians: p/h in the crosswalk that the turn crosses.
  ///   - opposing: opposing flow v_o, veh/h.
  ///   - permitted: effective permitted green g_p, s.
  ///   - unblocked: of it not blocked by the opposing queue, g_u, s.
  ///   - service: g_ped, s; at most g_p counts.
  ///   - cycle: s.
  ///   - spareReceivingLanes: whether more lanes receive the turn than turn.
  public static func permittedLeft(
    pedestrians: Double, opposing: Double, permitted: Double, unblocked: Double, service: Double,
    cycle: Double, spareReceivingLanes: Bool
  ) -> Double {
    let served = min(service, permitted)
    let queue = max(permitted - unblocked, 0)
    guard pedestrians > 0, unblocked > 0, queue < served else { return 1 }
    let during = pedestrianOccupancy(pedestrians: pedestrians, service: served, cycle: cycle)
    let after = during * (1 - 0.5 * queue / served)
    let occupancy = (served - queue) / (permitted - queue) * after * exp(-5 * opposing / USUnits.hour)
    return adjustment(occupancy: occupancy, spareReceivingLanes: spareReceivingLanes)
  }
}
