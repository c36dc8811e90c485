"""List what belongs to a feature, its folder and its files in both trees: `make feature NAME=x`.

Without a name it lists the features, each with the first line of its manifest.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from copying import Template  # noqa: E402

import features  # noqa: E402


def main(name: str) -> None:
    order = Template(ROOT).questions["order"]["default"]
    if not name:
        for each in order:
            manifest = ROOT / "features" / each / "manifest.yml"
            about = manifest.read_text(encoding="utf-8").partition("\n")[0]
            print(f"{each:22}{about.lstrip('# ')}")
    elif name in order:
        print(*features.belonging(ROOT, name), sep="\n")
    else:
        sys.exit(f"There is no feature {name}. `make feature` lists all.")


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]))
