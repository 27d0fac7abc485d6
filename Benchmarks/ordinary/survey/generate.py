"""Writes the networks as files: `python3 -m survey.generate FOLDER`."""

import argparse
from pathlib import Path

from . import draw, network_file


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1, help="draws other networks of the same kinds; 1 by default")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for name in draw.names():
        text = network_file.text(draw.network(name, arguments.seed))
        (arguments.folder / f"{name}.yaml").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
