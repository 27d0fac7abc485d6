internal import NetworkFormats

extension WrittenScenario {
  /// Writes the files: one at `output`, several into it as a folder, one to standard output for `-`.
  ///
  /// - Parameter format: the name of the format.
  /// - Returns: the paths written to.
  func put(at output: String, format: String) throws -> [String] {
    guard failures.isEmpty else {
      for failure in failures { Terminal.tell("error: not written: \(failure)", .error) }
      throw Failure.notExpressible(format: format, count: failures.count)
    }
    if output == "-" {
      guard files.count == 1, files[0].name.isEmpty else {
        throw Failure.usage("\(format) is a folder of files", hint: "name the folder")
      }
      try Terminal.show(files[0].text)
      return []
    }
    let isFolder = files.contains { !$0.name.isEmpty }
    if isFolder { try OutputFiles.prepare(folder: output) }
    let folder = output.count > 1 && output.hasSuffix("/") ? String(output.dropLast()) : output
    let placed = files.map { file in
      OutputFile(path: isFolder ? "\(folder)/\(file.name)" : output, text: file.text)
    }
    try OutputFiles.write(placed)
    return placed.map(\.path)
  }
}
