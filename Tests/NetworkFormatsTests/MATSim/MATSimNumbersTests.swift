import Foundation
import NetworkFormats
import Testing
import TrafficModel

@Suite("Numbers of MATSim files")
struct MATSimNumbersTests {
  /// What a number may be that somebody typed wrong, or a program that divided by zero wrote.
  static let texts = ["1e30", "-1e30", "1e200", "-1", "nan", "1e-300", ""]

  static let attributes: [(file: String, attribute: String, value: String)] = [
    ("network.xml", "x", "-500"), ("network.xml", "y", "-500"), ("network.xml", "length", "520"),
    ("network.xml", "freespeed", "12.5"), ("network.xml", "capacity", "3000"),
    ("network.xml", "permlanes", "2"), ("lanes.xml", "number", "1"),
    ("lanes.xml", "vehiclesPerHour", "1400"), ("lanes.xml", "meterFromLinkEnd", "60"),
  ]

  private func changed(_ file: String, _ old: String, _ new: String) throws -> [String: String] {
    var files = MATSimFixture.files
    var text = try #require(files[file])
    // The last of them, which is that of a lane that counts.
    let range = try #require(text.range(of: old, options: .backwards))
    text.replaceSubrange(range, with: new)
    files[file] = text
    return files
  }

  @Test(
    "whatever a number is, reading ends in a scenario or in errors with their lines",
    arguments: attributes.indices)
  func anything(index: Int) throws {
    let known = Self.attributes[index]
    for value in Self.texts {
      let files = try changed(
        known.file, " \(known.attribute)=\"\(known.value)\"", " \(known.attribute)=\"\(value)\"")
      do {
        let scenario = try MATSimFixture.read(files).scenario
        // Links for loading the network are as fast as nothing on wheels.
        let isFast = known.attribute == "freespeed" && !value.hasPrefix("-")
        #expect(!value.contains("e30") && !value.contains("e200") || isFast, "\(known.attribute) of \(value)")
        _ = MATSimWriter.write(scenario)
      } catch let failure as InputFailure {
        let errors = failure.diagnostics.filter { $0.severity == .error }
        #expect(
          !errors.isEmpty && errors.allSatisfy { $0.location.line != nil }, "\(known.attribute) of \(value)")
      }
    }
  }

  /// The file, what is there, what is put there instead, and what is said of it.
  static let known: [(file: String, old: String, new: String, message: String)] = [
    (
      "network.xml", "x=\"500\"", "x=\"1e200\"",
      "network.xml:7: 'x' must be in -100000000 … 100000000, not 1e200"
    ),
    (
      "network.xml", "permlanes=\"2\"", "permlanes=\"1e30\"",
      "network.xml:13: 'permlanes' must be in 0.01 … 100 lanes, not 1e30"
    ),
    (
      "network.xml", "freespeed=\"12.5\"", "freespeed=\"1e-300\"",
      "network.xml:12: 'freespeed' must be 0.001 m/s or more, not 1e-300"
    ),
    (
      "lanes.xml", "number=\"1\"", "number=\"101\"",
      "lanes.xml:8: 'number' must be in 0.01 … 100 lanes, not 101"
    ),
    (
      "lanes.xml", "vehiclesPerHour=\"1400\"", "vehiclesPerHour=\"-1\"",
      "lanes.xml:8: 'vehiclesPerHour' must be in 0.001 … 1000000000 veh, not -1"
    ),
    (
      "lanes.xml", "<alignment>-1<", "<alignment>1e30<",
      "lanes.xml:8: <alignment> must be a whole number in -100 … 100, not 1e30"
    ),
  ]

  @Test("each number has its range", arguments: known.indices)
  func ranges(index: Int) throws {
    let known = Self.known[index]
    let failure = try MATSimFixture.failure(changed(known.file, known.old, known.new))
    #expect(failure.filter { $0 != MATSimReaderTests.otherModes } == [known.message])
  }
}
