"""What is code in a Swift text and what is not, and what the code declares."""

import unittest

from swift_source import SwiftSource, tokenize


def words(text: str) -> list[str]:
    return [token.text for token in tokenize(text) if token.kind == "word"]


class LexerTests(unittest.TestCase):
    def test_comments_are_dropped(self) -> None:
        self.assertEqual(words("one // two\nthree /* four */ five /// six\n"), ["one", "three", "five"])

    def test_comments_nest(self) -> None:
        self.assertEqual(words("one /* two /* three */ four */ five"), ["one", "five"])

    def test_a_comment_without_an_end_takes_the_rest(self) -> None:
        self.assertEqual(words("one /* two /* three */ four"), ["one"])

    def test_strings_are_dropped(self) -> None:
        self.assertEqual(words('one "two // three" four "five \\" six" seven "" ten'), ["one", "four", "seven", "ten"])

    def test_strings_of_several_lines_are_dropped(self) -> None:
        self.assertEqual(words('one """\n  two "three" /* \\""" four\n  """ five'), ["one", "five"])

    def test_raw_strings_are_dropped(self) -> None:
        self.assertEqual(words(r'one #"two " three \(four)"# five ##"six "# seven"## eight'), ["one", "five", "eight"])

    def test_raw_strings_of_several_lines_are_dropped(self) -> None:
        self.assertEqual(words('one #"""\n two """ three \\(four)\n"""# five'), ["one", "five"])

    def test_patterns_are_dropped(self) -> None:
        self.assertEqual(words('one(/two["\']\\/ [^"]*/) three, #/four " / five/# six'), ["one", "three", "six"])
        self.assertEqual(words("one / two\n  / three(four) / 5 / six"), ["one", "two", "three", "four", "six"])

    def test_interpolated_code_is_kept(self) -> None:
        self.assertEqual(words(r'"one \(two(three)) four" five'), ["two", "three", "five"])
        self.assertEqual(words(r'#"one \#(two) \(three)"# four'), ["two", "four"])
        self.assertEqual(words('"""\n  one \\(two)\n  """ three'), ["two", "three"])

    def test_interpolated_strings_nest(self) -> None:
        self.assertEqual(words(r'"a \(one("b \(two) c") + ")") d" three'), ["one", "two", "three"])

    def test_lines_are_counted_through_everything(self) -> None:
        text = 'a\n/* \n */ b\n"""\n  \\(\n  c) \\\n  """\nd // e\nf'
        lines = {token.text: token.line for token in tokenize(text) if token.kind == "word"}
        self.assertEqual(lines, {"a": 1, "b": 3, "c": 6, "d": 8, "f": 9})

    def test_names_in_backticks_and_numbers(self) -> None:
        self.assertEqual([token.text for token in tokenize("`in` 0..<1_000 2.5e-3 0x1F $0 try! x try !y")], [
            "in", "0", "..<", "1_000", "2.5e-3", "0x1F", "$0", "try!", "x", "try", "!", "y"])


class DeclarationTests(unittest.TestCase):
    SOURCE = SwiftSource.read("Sources/Model/File.swift", """
        internal import Roads
        import struct Signals.Plan
        public struct Street { enum Side { case left }; func length(_ part: Int) -> Int { 0 } }
        private final class Cache { var count = 0 }
        struct Junction: Sendable {}
        extension Street.Side { struct Kerb {} }
        fileprivate func helper() {}
        func shared() { func local() {} }
        let text = "struct Quoted {}"  // struct Commented {}
        """)

    def test_imports_are_modules(self) -> None:
        self.assertEqual(self.SOURCE.imports, [("Roads", 2), ("Signals", 3)])

    def test_types_and_functions_at_file_scope(self) -> None:
        self.assertEqual(self.SOURCE.types, {"Street", "Junction"})
        self.assertEqual(self.SOURCE.functions, {"shared"})

    def test_private_ones_are_hidden(self) -> None:
        self.assertEqual(self.SOURCE.hidden, {"Cache", "helper"})

    def test_nested_ones_belong_to_the_type_around_them(self) -> None:
        self.assertEqual(self.SOURCE.inside["Street"], {"Side", "length", "Kerb"})


if __name__ == "__main__":
    unittest.main()
