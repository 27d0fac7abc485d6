"""Each rule, with code that keeps it and code that breaks it."""

import contextlib
import subprocess
import sys
import tempfile
import tomllib
import unittest
from pathlib import Path
from typing import Any, Callable, Iterable, Iterator

import check
import layers
from project import DEBTS_FILE, RULES_FILE, Breach, Project, read
from whole_numbers import check_whole_numbers

LAYERS = {"Formats": {"Text": [], "Roads": ["Text"], "Sumo": ["Text", "Roads"], ".": ["Text", "Sumo"]}}
VALUE = {"Text/Value.swift": "struct Value {}\nfunc plain() {}\n"}


@contextlib.contextmanager
def tree(files: dict[str, str]) -> Iterator[Path]:
    """A folder with these files."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        yield Path(folder)


def broken(
    rule: Callable[[Project], Iterable[Breach]], files: dict[str, str], rules: dict[str, Any],
    debts: dict[str, Any] = {},
) -> list[str]:
    """The breaches of one rule, as they are printed."""
    with tree(files) as root:
        return [str(breach) for breach in rule(Project(root, rules, debts))]


class ImportTests(unittest.TestCase):
    RULES = {"imports": {"Model": ["Heap"]}}

    def test_listed_modules_are_imported(self) -> None:
        files = {"Sources/Model/A.swift": "internal import Heap\n"}
        self.assertEqual(broken(layers.check_imports, files, self.RULES), [])

    def test_others_are_not(self) -> None:
        files = {"Sources/Model/A.swift": "// import Heap\n@preconcurrency import Foundation\n"}
        self.assertEqual(broken(layers.check_imports, files, self.RULES), [
            "Sources/Model/A.swift:2: Model may not import Foundation; it may import Heap"])

    def test_a_module_needs_a_row(self) -> None:
        found = broken(layers.check_imports, {"Sources/New/A.swift": ""}, self.RULES)
        self.assertEqual(found, [f"Sources/New/A.swift:1: {RULES_FILE} has no row in [imports] for New"])


class LayerTests(unittest.TestCase):
    def broken(self, files: dict[str, str], debts: dict[str, Any] = {}, parts: dict[str, Any] = {}) -> list[str]:
        """The forbidden uses in a module; every row of it has a file."""
        rows = {f"{folder}/Row.swift": "" for folder in LAYERS["Formats"]}
        files = {f"Sources/Formats/{name}": text for name, text in (rows | VALUE | files).items()}
        return broken(layers.check_uses, files, {"layers": LAYERS, "parts": parts}, debts)

    def test_a_higher_folder_uses_a_lower_one(self) -> None:
        self.assertEqual(self.broken({"Sumo/Net.swift": "struct Net { let value: Value }"}), [])

    def test_a_lower_folder_does_not_use_a_higher_one(self) -> None:
        found = self.broken({"Sumo/Net.swift": "struct Net {}", "Roads/Lane.swift": "\nextension Net {}"})
        self.assertEqual(found, [
            "Sources/Formats/Roads/Lane.swift:2: Formats/Roads may not use Net of Sumo; it may use Text"])

    def test_functions_at_file_scope_are_uses_where_they_are_called(self) -> None:
        upper = {"Sumo/Net.swift": "func net() {}"}
        self.assertEqual(len(self.broken(upper | {"Roads/Lane.swift": "let lane = net()"})), 1)
        for harmless in (
            "let net = 1", "let lane = road.net()", "enum Lane { case net(Int) }", "struct Lane { func net() {} }",
        ):
            self.assertEqual(self.broken(upper | {"Roads/Lane.swift": harmless}), [], harmless)

    def test_a_name_that_stands_for_something_else_is_no_use(self) -> None:
        upper = {"Sumo/Net.swift": "struct Net {}"}
        for harmless in (
            "// Net\n", 'let lane = "Net"', "struct Lane { enum Net {}; let net: Net }", "private struct Net {}",
            "let lane: Other.Net",
        ):
            self.assertEqual(self.broken(upper | {"Roads/Lane.swift": harmless}), [], harmless)

    def test_a_nested_type_of_another_file_hides_a_name_in_extensions(self) -> None:
        files = {
            "Sumo/Net.swift": "struct Net {}", "Roads/Lane.swift": "struct Lane { struct Net {} }",
            "Roads/Lane+Net.swift": "extension Lane { func net() -> Net { Net() } }"}
        self.assertEqual(self.broken(files), [])

    def test_a_name_after_that_of_its_module_is_a_use(self) -> None:
        files = {"Sumo/Net.swift": "struct Net {}", "Roads/Lane.swift": "let lane: Formats.Net"}
        self.assertEqual(len(self.broken(files)), 1)

    def test_a_known_debt_passes_and_one_that_has_gone_does_not(self) -> None:
        debts = {"Formats": {"Roads/Lane.swift": ["Net"]}}
        upper = {"Sumo/Net.swift": "struct Net {}"}
        self.assertEqual(self.broken(upper | {"Roads/Lane.swift": "let lane: Net"}, debts), [])
        self.assertEqual(self.broken(upper | {"Roads/Lane.swift": "let lane: Value"}, debts), [
            f"{DEBTS_FILE}:1: Formats/Roads/Lane.swift no longer breaks a rule with Net: remove it from the list"])

    def test_a_part_is_files_that_stand_apart_from_their_folder(self) -> None:
        files = {"Reader.swift": "let reader: Lane", "Roads/Lane.swift": "struct Lane {}"}
        self.assertEqual(len(self.broken(files)), 1)
        self.assertEqual(self.broken(files, parts={"Formats": {"Sumo": ["Read*"]}}), [])

    def test_folders_within_a_folder_belong_to_it(self) -> None:
        files = {"Sumo/Net.swift": "struct Net {}", "Roads/Deep/Lane.swift": "let lane: Net"}
        self.assertEqual(len(self.broken(files)), 1)

    def test_a_folder_needs_a_row_and_a_row_files(self) -> None:
        files = {f"Sources/{folder}/A.swift": "" for folder in ("Formats/Text", "Formats/New", "Model/Deep")}
        found = broken(layers.check_uses, files, {"layers": {"Formats": {"Text": [], "Roads": []}}})
        self.assertEqual(found, [
            f"Sources/Formats/New/A.swift:1: {RULES_FILE} does not say in [layers] what Sources/Formats/New may use",
            f"Sources/Model/Deep/A.swift:1: {RULES_FILE} does not say in [layers] what Sources/Model/Deep may use",
            f"{RULES_FILE}:1: Formats has no files in Roads: remove the row"])

    def test_rows_use_rows_above_them(self) -> None:
        self.assertEqual(broken(layers.check_order, {}, {"layers": LAYERS}), [])
        found = broken(layers.check_order, {}, {"layers": {"Formats": {"Text": ["Roads"], "Roads": ["Text"]}}})
        self.assertEqual(found, [
            f"{RULES_FILE}:1: Formats: the row of Text may use rows above it only, which Roads is not"])


class PlainRuleTests(unittest.TestCase):
    def test_forbidden_code(self) -> None:
        rule = {"code": ["print(", "try!", "@unchecked Sendable"], "except": ["Sources/tool"], "why": "so it is"}
        rules = {"forbidden": [rule]}
        harmless = 'page.print(1)\nfunc print(_ text: String) {}\n// print(1)\nlet a = "try!"\nif try !done() {}\n'
        self.assertEqual(broken(check.check_forbidden_code, {"Sources/Model/A.swift": harmless}, rules), [])
        self.assertEqual(broken(check.check_forbidden_code, {"Sources/tool/A.swift": "print(1)"}, rules), [])
        files = {"Sources/Model/A.swift": 'print(1)\nlet a = "\\(try! b())"\nclass C: @unchecked Sendable {}\n'}
        self.assertEqual(broken(check.check_forbidden_code, files, rules), [
            "Sources/Model/A.swift:1: no print( here: so it is", "Sources/Model/A.swift:2: no try! here: so it is",
            "Sources/Model/A.swift:3: no @unchecked Sendable here: so it is"])

    def test_long_files(self) -> None:
        files = {"Sources/Model/A.swift": "\n" * 3, "Tests/ModelTests/A.swift": "\n" * 4}
        found = broken(check.check_lengths, files, {"files": {"longest": 3}})
        self.assertEqual(found, ["Tests/ModelTests/A.swift:4: 4 lines: split the file, 3 are allowed"])

    def test_tracked_products(self) -> None:
        rules = {"files": {"untracked": ["Package.resolved", ".build"]}}
        files = {"Package.resolved": "", "Deep/.build/A.o": "", "Deep/build/A.swift": "", "B.swift": ""}
        with tree(files) as root:
            project = Project(root, rules, {})
            self.assertEqual(list(check.check_tracked(project)), [])
            subprocess.run(["git", "init", "--quiet", str(root)], check=True)
            self.assertEqual(list(check.check_tracked(project)), [])
            subprocess.run(["git", "-C", str(root), "add", "--force", "."], check=True)
            found = [breach.path for breach in check.check_tracked(project)]
            self.assertEqual(found, ["Deep/.build/A.o", "Package.resolved"])


class WholeNumberTests(unittest.TestCase):
    RULES = {"folders": ["Sources/Formats"], "helper": "Sources/Formats/Whole.swift", "advice": "ask", "allowed": []}

    def found(self, code: str, path: str = "Sources/Formats/A.swift", allowed: list[dict[str, str]] = []) -> list[str]:
        return broken(check_whole_numbers, {path: code}, {"whole_numbers": self.RULES | {"allowed": allowed}})

    def test_a_decimal_number_is_converted_by_the_helper_alone(self) -> None:
        code = "func f(_ x: Double) -> Int { Int(x / 2) }"
        self.assertEqual(self.found(code), ["Sources/Formats/A.swift:1: Int(x / 2) may trap: ask"])
        self.assertEqual(self.found(code, "Sources/Formats/Whole.swift"), [])
        self.assertEqual(self.found(code, "Sources/Model/A.swift"), [])

    def test_what_is_not_known_to_be_whole_is_found(self) -> None:
        for code in (
            "let a = Int(b)", "let a = UInt8(b.rounded())", "let a = b.map { Int($0) } ?? 0", "let a = b.map(Int.init)",
            "let a = Int.init(b)", "let a = Int(2 * 0.5)", "let a = Int(1e30)", "let b = 1.5\nlet a = Int(b)",
            "let a = [Int(b)] ?? c", "if let a = f(Int(b)) {}", 'let a = "\\(Int(b))"', "let a = Int(b ?? 0)",
            "let a = Int(c ? 1 : b)", 'let a = Int(b == "" ? 1.5 : 2)', "let a = Int(max(1, b))", "let a = Int(b[0])",
            "func f(b: Int) {}\nfunc g(b: Double) { let a = Int(b) }",
            "func f(b: Int) {}\nlet a = c.map { b in Int(b) }",
            "func f(b: Int) {}\nif case let .some(b) = c { d(Int(b)) }", "let b = c\n  / 2\nlet a = Int(b)",
            "for b in c { d(Int(b)) }", "for b in 0...x { d(Int(b)) }", "let (b, c) = (0, 0.5)\nlet a = Int(c)",
        ):
            self.assertEqual(len(self.found(code)), 1, code)

    def test_labels_texts_optionals_and_whole_numbers_pass(self) -> None:
        for code in (
            "let a = Int(exactly: b)", "let a = Int(truncatingIfNeeded: b)", "let a = Int(b, radix: 16)",
            "guard let a = Int(b), a > 0 else { return }", "if c, let a = Int(b) {}", "let a = Int(b) ?? 0",
            "let a = Int(b) != nil", "func f(b: String) { c(Int(b)) }", "let a = Int(b.joined())",
            'let a = Int("1\\(b)")', "let b = String(c)\nlet a = Int(b)",
            "func f(b: Substring) { c(Int(b.dropFirst())) }", "func f(b: UInt8) { c(Int(b - 48)) }",
            "let a = Int32(b.count)", "let b: [Int32] = []\nlet a = Int(b[0] - b[1])",
            "func f(b: ArraySlice<UInt8>) { for c in b { d(Int(c)) } }", "let b = [UInt8](c)\nlet a = Int(b[2...][3])",
            "for b in 0..<c.count { d(UInt64(b)) }", "let a = Int((1 + 2) << 3)",
            "struct S { let b: Int32? }\nlet a = Int(s.b!)", "let b = 3\nlet a = Int32(max(b, 1))",
            "let (b, c) = (0, 0.5)\nlet a = Int8(b)", "let b: Int = f()\n  * 2\nlet a = Int32(b)",
            "let a: [Int] = f(b)", "let a = Integer.Int(b)", "for b in c.indices { d(Int8(b)) }",
        ):
            self.assertEqual(self.found(code), [], code)

    def test_an_allowed_conversion_passes_and_one_that_has_gone_does_not(self) -> None:
        allowed = [{"file": "Sources/Formats/A.swift", "expression": "Int(f(b))", "reason": "a byte"}]
        self.assertEqual(self.found("let a = Int(f(b))", allowed=allowed), [])
        self.assertEqual(self.found("let a = 1", allowed=allowed), [
            f"{RULES_FILE}:1: Sources/Formats/A.swift has no Int(f(b)) to allow: remove the entry"])


class CommandTests(unittest.TestCase):
    def run_in(self, files: dict[str, str], *options: str) -> tuple[int, str]:
        """The exit code and the output of the command in a tree with a small table of rules."""
        rules = """
            forbidden = []
            imports.Formats = []
            files = {longest = 600, untracked = []}
            layers.Formats = {Text = [], Roads = []}
            whole_numbers = {folders = [], helper = "", advice = "", allowed = []}
            """
        with tree({RULES_FILE: rules, DEBTS_FILE: ""} | files) as root:
            command = [sys.executable, "-B", check.__file__, str(root), *options]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            return done.returncode, done.stdout + done.stderr

    GOOD = {"Sources/Formats/Text/A.swift": "struct Value {}", "Sources/Formats/Roads/B.swift": ""}
    BAD = GOOD | {"Sources/Formats/Roads/B.swift": "let a: Value"}

    def test_exit_codes(self) -> None:
        self.assertEqual(self.run_in(self.GOOD), (0, ""))
        self.assertEqual(self.run_in(self.BAD), (
            1, "Sources/Formats/Roads/B.swift:1: Formats/Roads may not use Value of Text; it may use no other\n"))

    def test_the_graph_and_the_debts(self) -> None:
        self.assertEqual(self.run_in(self.BAD, "--graph"), (0, "Formats: Roads -x Text, files 1: Value 1\n"))
        debts = tomllib.loads(self.run_in(self.BAD, "--debts")[1])
        self.assertEqual(debts, {"Formats": {"Roads/B.swift": ["Value"]}})

    def test_the_rules_of_the_project_have_no_circle(self) -> None:
        rules = tomllib.loads(read(check.ROOT / RULES_FILE))
        self.assertEqual(broken(layers.check_order, {}, rules), [])


if __name__ == "__main__":
    unittest.main()
