/// The larger of two numbers.
///
/// The standard library's, which decides otherwise where one is not a number, takes five instructions for this one's one.
@inline(__always)
func max(_ first: Double, _ second: Double) -> Double { first > second ? first : second }
