/// The values of all variables and prices of a peak-flow problem, one after the other in one piece of memory.
///
/// Single precision: half the memory to pass over in each round, and far more digits than rounds ever settle; what is
/// proven and what is planned is worked out from them in double precision.
///
/// Order: standing, leaving (queues × slices), greens (stages), then the prices of balances (queues × slices), service
/// (servers × slices), storage (links with limited storage × slices) and minimums over several stages.
struct PeakFlowPoint: ~Copyable {
  /// Where each part begins.
  struct Offsets {
    let leaving: Int
    let greens: Int
    let balance: Int
    let service: Int
    let storage: Int
    let minimums: Int
    let count: Int

    init(_ layout: PeakFlowLayout) {
      let perQueue = layout.queues.count * layout.stride
      leaving = perQueue
      greens = 2 * perQueue
      balance = greens + layout.least.count
      service = balance + perQueue
      storage = service + layout.servers.count * layout.stride
      minimums = storage + layout.storageRowCount * layout.stride
      count = minimums + layout.minimums.count
    }
  }

  let offsets: Offsets
  let values: UnsafeMutablePointer<Float>

  init(_ layout: PeakFlowLayout) {
    offsets = Offsets(layout)
    values = .allocate(capacity: offsets.count)
    values.initialize(repeating: 0, count: offsets.count)
  }

  deinit { values.deallocate() }

  var standing: UnsafeMutablePointer<Float> { values }
  var leaving: UnsafeMutablePointer<Float> { values + offsets.leaving }
  var greens: UnsafeMutablePointer<Float> { values + offsets.greens }
  var balance: UnsafeMutablePointer<Float> { values + offsets.balance }
  var service: UnsafeMutablePointer<Float> { values + offsets.service }
  var storage: UnsafeMutablePointer<Float> { values + offsets.storage }
  var minimums: UnsafeMutablePointer<Float> { values + offsets.minimums }

  func copy(from other: borrowing PeakFlowPoint) { values.update(from: other.values, count: offsets.count) }
}
