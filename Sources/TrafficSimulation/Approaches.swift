/// Who is about to enter which connection, as of the last step.
///
/// Written while vehicles plan, read in the next step by those that must yield.
struct Approaches: ~Copyable {
  struct Entry: BitwiseCopyable {
    var vehicle: Int32
    var next: Int32
    /// When it expects to enter the connection and to have left it, absolute s.
    var arrival: Double
    var leaving: Double
    /// When it would arrive if it braked for somebody, absolute s; infinite where it could stop.
    var brakedArrival: Double
    var arrivalSpeed: Double
  }
  /// Vehicles look at few connections ahead; a step that needs more entries than this per vehicle forgets the rest.
  private static let entriesPerVehicle = 3

  /// Two books of each: one is written while the other is read.
  private let entries: FlatArray<Entry>
  private let first: FlatArray<Int32>
  private let touched: FlatArray<Int32>
  private let size: Int32
  private let connectionCount: Int32
  private var count: Int32 = 0
  private var touchedCount: Int32 = 0
  private var touchedBefore: Int32 = 0
  /// The book that is written, 0 or 1.
  private var written: Int32 = 0

  init(connectionCount: Int, vehicleCount: Int) {
    let none = Entry(
      vehicle: -1, next: -1, arrival: 0, leaving: 0, brakedArrival: 0, arrivalSpeed: 0)
    size = Int32(vehicleCount * Self.entriesPerVehicle)
    self.connectionCount = Int32(connectionCount)
    entries = FlatArray(repeating: none, count: 2 * Int(size))
    first = FlatArray(repeating: -1, count: 2 * connectionCount)
    touched = FlatArray(repeating: -1, count: 2 * connectionCount)
  }

  /// What was written becomes readable, and what was readable is forgotten.
  mutating func turn() {
    let readable = 1 - written
    for index in 0..<touchedBefore {
      first[readable * connectionCount + touched[readable * connectionCount + index]] = -1
    }
    touchedBefore = touchedCount
    touchedCount = 0
    count = 0
    written = readable
  }

  /// The readable entries of a connection: the first one's index, or -1.
  @inline(__always)
  func firstEntry(of connection: Int32) -> Int32 { first[(1 - written) * connectionCount + connection] }

  /// A readable entry.
  @inline(__always)
  subscript(index: Int32) -> Entry { entries[(1 - written) * size + index] }

  /// Writes an entry for a connection.
  @inline(__always)
  mutating func add(_ entry: Entry, to connection: Int32) {
    guard count < size else { return }
    let slot = written * connectionCount + connection
    if first[slot] < 0 {
      touched[written * connectionCount + touchedCount] = connection
      touchedCount += 1
    }
    entries[written * size + count] = entry
    entries[written * size + count].next = first[slot]
    first[slot] = count
    count += 1
  }
}
