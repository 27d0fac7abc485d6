internal import Foundation
internal import Synchronization

/// Temporary files that are to be gone when the program ends, however it is told to.
enum LeftFiles {
  private typealias Path = UnsafeMutablePointer<CChar>

  /// More files at a time than any command writes; those beyond are not looked after.
  private static let count = 4096
  /// The address of `count` paths, each nil where there is none: a signal's handler may touch nothing that moves, or locks.
  private static let paths = Atomic<UInt>(0)
  private static let isListening = Atomic<Bool>(false)

  /// From now on the file is deleted when a signal ends the program.
  static func add(_ path: String) {
    listen()
    guard let slots, let free = slots.first(where: { $0.pointee == nil }) else { return }
    free.pointee = strdup(path)
  }

  /// The file has its place, or is gone.
  static func remove(_ path: String) {
    for slot in slots ?? [] {
      // The text stays in memory: the handler may be reading it.
      if let known = slot.pointee, strcmp(known, path) == 0 { slot.pointee = nil }
    }
  }

  /// Deletes what there is; for handlers of signals.
  static func delete() {
    guard let first = UnsafeMutablePointer<Path?>(bitPattern: paths.load(ordering: .acquiring)) else {
      return
    }
    for slot in 0..<count {
      if let path = first[slot] { unlink(path) }
    }
  }

  private static var slots: [UnsafeMutablePointer<Path?>]? {
    UnsafeMutablePointer<Path?>(bitPattern: paths.load(ordering: .acquiring)).map { first in
      (0..<count).map { first + $0 }
    }
  }

  private static func listen() {
    guard !isListening.exchange(true, ordering: .relaxed) else { return }
    let first = UnsafeMutablePointer<Path?>.allocate(capacity: count)
    first.initialize(repeating: nil, count: count)
    paths.store(UInt(bitPattern: first), ordering: .releasing)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      var present = sigaction()
      // Who ignores a signal, or has a use for it, is left alone.
      guard sigaction(number, nil, &present) == 0, present.__sigaction_handler.sa_handler == nil else {
        continue
      }
      signal(number) { number in
        LeftFiles.delete()
        signal(number, SIG_DFL)
        raise(number)
      }
    }
  }
}
