/// Names for formats that allow fewer characters in them than the model.
struct PlainNames {
  /// By position: the name in the format; no two are the same.
  let all: [String]
  /// How many are not the model's.
  let changed: Int

  /// - Parameter forbidden: what no name may hold; each becomes `_`.
  init(_ names: [String], forbidden: (Character) -> Bool) {
    var taken = Set(names)
    var changed = 0
    all = names.map { name in
      var plain = String(name.map { forbidden($0) ? "_" : $0 })
      guard plain != name || name.isEmpty else { return name }
      changed += 1
      if plain.isEmpty { plain = "_" }
      while !taken.insert(plain).inserted { plain += "_" }
      return plain
    }
    self.changed = changed
  }
}
