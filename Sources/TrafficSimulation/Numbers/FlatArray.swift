/// A fixed number of values in one block of memory, for the inner loop.
///
/// Indices are checked in debug builds only: a run reads and writes a few million elements a second, and
/// every index it uses comes from the network's own checked arrays.
struct FlatArray<Element: BitwiseCopyable>: ~Copyable {
  private let base: UnsafeMutablePointer<Element>
  let count: Int

  init(repeating value: Element, count: Int) {
    base = .allocate(capacity: max(1, count))
    base.initialize(repeating: value, count: count)
    self.count = count
  }

  init(_ values: [Element]) {
    base = .allocate(capacity: max(1, values.count))
    count = values.count
    values.withUnsafeBufferPointer { source in
      if let first = source.baseAddress { base.initialize(from: first, count: source.count) }
    }
  }

  /// Room for values, each of which must be written before it is read.
  init(unwrittenCount count: Int) {
    base = .allocate(capacity: max(1, count))
    self.count = count
  }

  deinit { base.deallocate() }

  subscript(index: Int) -> Element {
    @inline(__always) _read {
      assert(index >= 0 && index < count)
      yield base[index]
    }
    @inline(__always) _modify {
      assert(index >= 0 && index < count)
      yield &base[index]
    }
  }

  subscript(index: Int32) -> Element {
    @inline(__always) _read {
      assert(index >= 0 && index < count)
      yield base[Int(index)]
    }
    @inline(__always) _modify {
      assert(index >= 0 && index < count)
      yield &base[Int(index)]
    }
  }

  /// The values, copied.
  var values: [Element] { Array(UnsafeBufferPointer(start: base, count: count)) }
}
