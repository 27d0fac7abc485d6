internal import Foundation
internal import Synchronization

/// Ctrl-C as a wish to end the search with the best that it has found; pressed again, it ends the program.
enum Interruption {
  private static let isWanted = Atomic<Bool>(false)

  /// Whether somebody has asked to stop.
  static var isRequested: Bool { isWanted.load(ordering: .relaxed) }

  /// From now on Ctrl-C only asks.
  static func listen() {
    signal(SIGINT) { _ in
      // Nothing but an atomic may be touched in a signal handler.
      if Interruption.isWanted.exchange(true, ordering: .relaxed) {
        LeftFiles.delete()
        _exit(Interruption.exitCode)
      }
    }
  }

  /// What shells report for a program ended by Ctrl-C.
  private static let exitCode: Int32 = 130
}
