internal import Dispatch
internal import Synchronization

/// The results of independent pieces of work, in order, worked out on all cores.
///
/// - Parameter size: how many pieces a core takes at once.
func concurrentMap<Output: Sendable>(
  _ count: Int, inChunksOf size: Int = 256, _ work: @Sendable (Int) -> Output
) -> [Output] {
  let chunks = (count + size - 1) / size
  let results = Mutex<[Int: [Output]]>([:])
  DispatchQueue.concurrentPerform(iterations: chunks) { chunk in
    let outputs = (chunk * size..<min(count, (chunk + 1) * size)).map(work)
    results.withLock { $0[chunk] = outputs }
  }
  return results.withLock { results in (0..<chunks).flatMap { results[$0] ?? [] } }
}
