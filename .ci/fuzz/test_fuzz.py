"""What the fuzzer itself promises."""

import stat
import tempfile
import unittest
from pathlib import Path
from random import Random

import judging
import mutations
from minimising import minimised


class Mutations(unittest.TestCase):
    FILES = {
        "a.net.xml": b'<net>\n <edge id="a" from="b"/>\n <lane index="0"><x y="1"/></lane>\n</net>\n',
        "b.csv": b"junction,begin,count\nA,7:30,12\n", "c.yaml": b"a: 1\nb: [2, 3]\n", "d.json": b'{"a": [1, 2]}'}

    def test_the_same_seed_does_the_same(self):
        one = [mutations.damage(self.FILES, Random(seed)) for seed in range(300)]
        self.assertEqual(one, [mutations.damage(self.FILES, Random(seed)) for seed in range(300)])

    def test_most_of_it_changes_something(self):
        changed = sum(mutations.damage(self.FILES, Random(seed))[0] != self.FILES for seed in range(300))
        self.assertGreater(changed, 200)

    def test_an_empty_file_can_be_damaged(self):
        for seed in range(300):
            mutations.damage({"a.xml": b"", "b.csv": b"", "c.json": b""}, Random(seed))


class Judging(unittest.TestCase):
    def outcome(self, script: str, files=None):
        with tempfile.TemporaryDirectory() as scratch:
            tool = Path(scratch) / "tool"
            tool.write_text("#!/bin/sh\n" + script)
            tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
            return judging.run(tool, ["check", "in/a"], files or {"a": b"x\n"}, Path(scratch) / "run").word

    def test_ends(self):
        for script, word in [
            ("exit 0", "0"), ("exit 70", "internal"), ("kill -ILL $$", "trap"), ("exit 65", "silent"),
            ("echo 'in/a:1:2: error: wrong' >&2; exit 65", "65"), ("echo 'in/a: error: wrong' >&2; exit 65", "misplaced"),
            ("echo 'in/a: error: there is no such file' >&2; exit 65", "65"), ("touch out/.hidden", "left"),
            ("touch out/a.csv; exit 1", "partial"), ("printf '\\033[2J'", "control"), ("echo '=1+1,2' > out/a.csv", "formula"),
            ("echo '<a>' > out/a.xml", "unreadable"), ("echo '{' > out/a.json", "unreadable"),
        ]:
            self.assertEqual(self.outcome(script), word, script)

    def test_smaller(self):
        with tempfile.TemporaryDirectory() as scratch:
            tool = Path(scratch) / "tool"
            tool.write_text("#!/bin/sh\ngrep -q bad in/a && exit 70\nexit 0\n")
            tool.chmod(0o755)
            files = {"a": b"one\ntwo bad three\nfour\n", "b": b"else\n"}
            run = Path(scratch) / "run"
            outcome = judging.run(tool, ["check"], files, run)
            self.assertEqual(minimised(tool, ["check"], files, {}, outcome, run), {"a": b"bad"})


if __name__ == "__main__":
    unittest.main()
