/// What the pictures of a junction's sheet say.
struct SheetPictureWords: Spoken {
  let language: ReportLanguage
  func cycle(_ seconds: String) -> String { say("cycle \(seconds) s", "周期 \(seconds) s") }
  func cycle(_ plan: String, _ seconds: String) -> String {
    say("\(plan): cycle \(seconds) s", "\(plan)：周期 \(seconds) s")
  }
}
