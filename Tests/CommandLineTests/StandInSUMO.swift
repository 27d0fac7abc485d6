import Foundation

/// A program in SUMO's place.
enum StandInSUMO {
  /// An environment with one that knows its version, writes the trips it was made with, or fails.
  static func environment(_ scratch: Scratch, version: String = "1.28.0", trips: String?) throws -> [String:
    String]
  {
    let bin = scratch.file("sumo home/bin")
    try FileManager.default.createDirectory(at: bin, withIntermediateDirectories: true)
    let work =
      trips.map { trips in
        """
        while [ "$1" != --tripinfo-output ]; do shift; done
        echo '<tripinfos>\(trips)</tripinfos>' > "$2"
        """
      } ?? "echo 'Error: this net is broken' >&2; exit 1"
    try scratch.write(
      "sumo home/bin/sumo",
      """
      #!/bin/sh
      if [ "$1" = --version ]; then echo 'Eclipse SUMO sumo v\(version)'; exit 0; fi
      \(work)

      """)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: bin.appendingPathComponent("sumo").path)
    return ["COLUMNS": "80", "SUMO_HOME": scratch.file("sumo home").path]
  }
}
