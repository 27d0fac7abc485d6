/// Who is about to enter which connection in the present step.
///
/// Written before vehicles plan, read by those that must yield.
struct Approaches: ~Copyable {
  struct Entry: BitwiseCopyable {
    var vehicle: Int32
    var next: Int32
    /// When it expects to enter the connection and to have left it, absolute s.
    var arrival: Double
    var leaving: Double
    /// Its speed when it leaves, and the lowest with which it can enter, m/s.
    var leavingSpeed: Double
    var brakedSpeed: Double
    /// m to the stop line.
    var distance: Double
  }
  /// Vehicles look at few connections ahead; a step that needs more entries than this per vehicle forgets the rest.
  private static let entriesPerVehicle = 4

  private var entries: FlatArray<Entry>
  private var first: FlatArray<Int32>
  /// Connections with entries.
  private var touched: FlatArray<Int32>
  private var count: Int32 = 0
  private var touchedCount: Int32 = 0

  init(connectionCount: Int, vehicleCount: Int) {
    // Most of this memory is never touched, and so never claimed, in a run.
    entries = FlatArray(unwrittenCount: vehicleCount * Self.entriesPerVehicle)
    first = FlatArray(repeating: -1, count: connectionCount)
    touched = FlatArray(repeating: -1, count: connectionCount)
  }

  /// Forgets all entries.
  mutating func clear() {
    for index in 0..<touchedCount { first[touched[index]] = -1 }
    touchedCount = 0
    count = 0
  }

  /// The entries of a connection: the first one's index, or -1.
  @inline(__always)
  func firstEntry(of connection: Int32) -> Int32 { first[connection] }

  @inline(__always)
  subscript(index: Int32) -> Entry { entries[index] }

  /// Writes an entry for a connection.
  @inline(__always)
  mutating func add(_ entry: Entry, to connection: Int32) {
    guard Int(count) < entries.count else { return }
    if first[connection] < 0 {
      touched[touchedCount] = connection
      touchedCount += 1
    }
    entries[count] = entry
    entries[count].next = first[connection]
    first[connection] = count
    count += 1
  }
}
