extension Array where Element: Sendable {
  /// What `work` makes of the elements, in their order, on as many threads as there are processors.
  ///
  /// - Parameter progress: called with the share of the elements that are done.
  func mapInParallel<Output: Sendable>(
    progress: (Double) -> Void = { _ in }, _ work: @escaping @Sendable (Element) -> Output
  ) async -> [Output] {
    await withTaskGroup(of: (Int, Output).self) { group in
      for (index, element) in enumerated() { group.addTask { (index, work(element)) } }
      var found = [Output?](repeating: nil, count: count)
      var done = 0
      for await (index, output) in group {
        found[index] = output
        done += 1
        progress(Double(done) / Double(count))
      }
      return found.compactMap { $0 }
    }
  }
}
