/// A number as a person writes it: no fraction where there is none.
package func plainNumber(_ value: Double) -> String {
  Int(whole: value, in: -999_999_999_999_999...999_999_999_999_999).map { String($0) } ?? String(value)
}

/// `1 stage`, `2 stages`.
package func counted(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
