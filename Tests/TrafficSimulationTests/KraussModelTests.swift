import Testing
import TrafficModel

@testable import TrafficSimulation

@Suite("KraussModel")
struct KraussModelTests {
  let car = KraussModel(VehicleType(name: "car"))

  /// Way of a vehicle that drives at `speed` for a second and then brakes once a second.
  private func wayToStop(_ speed: Double, _ deceleration: Double) -> Double {
    var way = speed
    var rest = speed
    while rest > 0 {
      rest = max(0, rest - deceleration)
      way += rest
    }
    return way
  }

  @Test("From the stopping speed the vehicle stops within the gap, and from a bit more it does not")
  func stoppingSpeed() {
    for gap in stride(from: 0.05, through: 150, by: 0.35) {
      let speed = car.stoppingSpeed(gap: gap, headway: 1)
      #expect(wayToStop(speed, car.deceleration) <= gap + 1e-6)
      #expect(wayToStop(speed + 0.01, car.deceleration) > gap)
    }
    #expect(car.stoppingSpeed(gap: 0, headway: 1) == 0)
    #expect(car.stoppingSpeed(gap: -3, headway: 1) == 0)
  }

  @Test("The braking distance is the sum of the seconds' ways")
  func brakingDistance() {
    for speed in stride(from: 0.0, through: 40, by: 0.7) {
      let way = wayToStop(speed, car.deceleration) - speed
      #expect(abs(car.brakingDistance(speed) - way) < 1e-9)
      #expect(abs(car.brakingDistance(speed, reaction: 1.5) - way - 1.5 * speed) < 1e-9)
    }
  }

  @Test("A follower who keeps the following speed never runs into a leader who brakes to a stop")
  func following() {
    for start in stride(from: 5.0, through: 35, by: 2.5) {
      var (leader, leaderSpeed) = (60.0, start)
      var (follower, speed) = (20.0, start)
      for second in 0..<40 {
        let gap = leader - follower
        let next = min(
          speed + car.acceleration,
          car.followingSpeed(
            gap: gap, leaderSpeed: leaderSpeed, leaderDeceleration: car.deceleration, headway: 1))
        if second > 3 { leaderSpeed = max(0, leaderSpeed - car.deceleration) }
        leader += leaderSpeed
        speed = next
        follower += speed
        #expect(follower <= leader + 1e-6)
      }
      #expect(speed < 0.5)
    }
  }

  @Test("The approach speed comes down to the target within the distance, braking comfortably")
  func approachSpeed() {
    for target in [0.5, 3, 8, 13] {
      for distance in stride(from: 1.0, through: 120, by: 1.7) {
        var rest = distance
        var speed = 50.0
        var previous = car.approachSpeed(distance: rest, target: target)
        while rest > 0 {
          speed = car.approachSpeed(distance: rest, target: target)
          #expect(speed >= previous - car.deceleration - 1e-6)
          previous = speed
          rest -= max(speed, 0.01)
        }
        #expect(speed <= target + car.deceleration)
      }
    }
  }

  @Test("Imperfection only slows down, and never by more than a second's acceleration")
  func dawdling() {
    for speed in stride(from: 0.0, through: 30, by: 1.3) {
      for random in [0.0, 0.3, 0.999] {
        let slower = car.dawdled(speed, imperfection: 0.5, random: random)
        #expect(slower <= speed && slower >= 0 && slower >= speed - 0.5 * car.acceleration)
      }
      #expect(car.dawdled(speed, imperfection: 0, random: 0.9) == speed)
    }
  }
}
