/// A number as a person writes it: no fraction where there is none.
package func plainNumber(_ value: Double) -> String {
  Int(whole: value, in: -999_999_999_999_999...999_999_999_999_999).map { String($0) } ?? String(value)
}

/// Seconds as people write them: without what binary fractions make of thousandths of them.
package func plainSeconds(_ value: Double) -> String { plainNumber(wholeThousandths(value)) }

/// The thousandth that a sum of thousandths stands for; any other number as it is.
package func wholeThousandths(_ value: Double) -> Double {
  let thousandths = (value * 1000).rounded() / 1000
  return abs(value - thousandths) < 1e-9 ? thousandths + 0 : value
}

/// `1 stage`, `2 stages`.
package func counted(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
