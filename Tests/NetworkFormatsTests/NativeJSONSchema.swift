import Foundation
import NetworkBuilding

@testable import NetworkFormats

/// A value that a schema is held against.
indirect enum SchemaValue {
  case text(String)
  case number(Double)
  case list([SchemaValue])
  case object([(key: String, value: SchemaValue)])

  init(_ node: YAMLNode) {
    switch node.content {
    case .scalar(let text, let isPlain):
      if isPlain, let number = Double(text) { self = .number(number) } else { self = .text(text) }
    case .sequence(let nodes): self = .list(nodes.map(SchemaValue.init))
    case .mapping(let entries): self = .object(entries.map { ($0.key.value, SchemaValue($0.value)) })
    }
  }
}

/// A JSON Schema (draft 2020-12), for the keywords that `network.schema.json` uses; others are refused.
struct JSONSchema {
  struct UnknownKeyword: Error {
    var name: String
  }
  private let root: [String: Any]

  init(contentsOf path: String) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    root = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
  }

  /// Where the value breaks the schema, in words; empty when it keeps to it.
  func problems(_ value: SchemaValue) throws -> [String] { try check(value, root, at: "") }

  private static let annotations: Set = ["$schema", "$defs", "title", "description"]

  private func check(_ value: SchemaValue, _ schema: Any, at path: String) throws -> [String] {
    guard let schema = schema as? [String: Any] else { return [] }
    var problems: [String] = []
    for keyword in schema.keys.sorted() where !Self.annotations.contains(keyword) {
      guard let rule = schema[keyword] else { continue }
      problems += try check(value, keyword, rule, schema, at: path)
    }
    return problems
  }

  private func check(
    _ value: SchemaValue, _ keyword: String, _ rule: Any, _ schema: [String: Any], at path: String
  ) throws -> [String] {
    func require(_ condition: Bool) -> [String] { condition ? [] : ["\(path): \(keyword) \(rule)"] }
    let number = rule as? Double ?? 0
    switch (keyword, value) {
    case ("$ref", _): return try check(value, definition(rule), at: path)
    case ("type", _): return require(Self.types(value).contains(rule as? String ?? ""))
    case ("const", .number(let given)): return require(given == number)
    case ("const", _): return require(false)
    case ("enum", .text(let text)): return require((rule as? [String] ?? []).contains(text))
    case ("enum", _): return require(false)
    case ("anyOf", _):
      let choices = try (rule as? [Any] ?? []).map { try check(value, $0, at: path) }
      return require(choices.contains { $0.isEmpty })
    case ("minimum", .number(let given)): return require(given >= number)
    case ("maximum", .number(let given)): return require(given <= number)
    case ("pattern", .text(let text)):
      let pattern = try Regex(rule as? String ?? "")
      return require(text.firstMatch(of: pattern) != nil)
    case ("minItems", .list(let items)): return require(items.count >= Int(number))
    case ("maxItems", .list(let items)): return require(items.count <= Int(number))
    case ("items", .list(let items)):
      return try items.enumerated().flatMap { try check($1, rule, at: "\(path)/\($0)") }
    case ("minProperties", .object(let entries)): return require(entries.count >= Int(number))
    case ("required", .object(let entries)):
      let missing = (rule as? [String] ?? []).filter { key in !entries.contains { $0.key == key } }
      return missing.map { "\(path): has no \($0)" }
    case ("propertyNames", .object(let entries)):
      return try entries.flatMap { try check(.text($0.key), rule, at: "\(path)/\($0.key)") }
    case ("properties", .object(let entries)):
      let known = rule as? [String: Any] ?? [:]
      return try entries.flatMap { entry in
        try known[entry.key].map { try check(entry.value, $0, at: "\(path)/\(entry.key)") } ?? []
      }
    case ("additionalProperties", .object(let entries)):
      let known = schema["properties"] as? [String: Any] ?? [:]
      return try entries.filter { known[$0.key] == nil }.flatMap { entry in
        (rule as? Bool) == false
          ? ["\(path): unknown key \(entry.key)"]
          : try check(entry.value, rule, at: "\(path)/\(entry.key)")
      }
    case ("minimum", _), ("maximum", _), ("pattern", _), ("minItems", _), ("maxItems", _), ("items", _),
      ("minProperties", _), ("required", _), ("propertyNames", _), ("properties", _),
      ("additionalProperties", _):
      return []
    default: throw UnknownKeyword(name: keyword)
    }
  }

  private func definition(_ reference: Any) throws -> Any {
    let name = (reference as? String ?? "").split(separator: "/").last.map(String.init) ?? ""
    guard let definition = (root["$defs"] as? [String: Any])?[name] else { throw UnknownKeyword(name: name) }
    return definition
  }

  private static func types(_ value: SchemaValue) -> [String] {
    switch value {
    case .text: ["string"]
    case .number(let number): number == number.rounded() ? ["number", "integer"] : ["number"]
    case .list: ["array"]
    case .object: ["object"]
    }
  }
}
