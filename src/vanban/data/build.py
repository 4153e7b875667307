"""Compile `data/**/*.yml` to `data/compiled/**/*.json`: checked NFC, stable order, no surprises.

python -m vanban.data.build           write the compiled files
python -m vanban.data.build --check   exit 1 if a compiled file is missing, stale or left over
"""

import json
import sys
import unicodedata
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
OUT = HERE / "compiled"


def main(arguments: list[str]) -> int:
    """Compile every YAML file, or only compare with --check; returns the exit status."""
    wanted = {
        OUT / source.relative_to(HERE).with_suffix(".json"): compile_file(source)
        for source in sorted(HERE.rglob("*.yml"))
    }
    present = set(OUT.rglob("*.json"))
    stale = [p for p, text in wanted.items() if p not in present or p.read_text("utf-8") != text]
    extra = sorted(present - wanted.keys())
    if "--check" in arguments:
        for path in [*stale, *extra]:
            sys.stderr.write(f"{path.relative_to(HERE)} is not what `make data` would write\n")
        return 1 if stale or extra else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[path], "utf-8")
    for path in extra:
        path.unlink()
    return 0


def compile_file(source: Path) -> str:
    """The JSON text of one YAML file.

    Raises:
        ValueError: the file is not NFC.
    """
    text = source.read_text("utf-8")
    if not unicodedata.is_normalized("NFC", text):
        raise ValueError(f"{source} is not in Unicode normal form C")
    content = yaml.load(text, Loader=_Loader)
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"


class _Loader(yaml.CSafeLoader):
    """SafeLoader that refuses a key given twice and leaves dates as the strings they are."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        mapping: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=deep)
            if key in mapping:
                raise ValueError(f"{key!r} is given twice{key_node.start_mark}")
            mapping[key] = self.construct_object(value_node, deep=deep)
        return mapping


_Loader.yaml_implicit_resolvers = {
    letter: [
        pair for pair in pairs if pair[0] in ("tag:yaml.org,2002:int", "tag:yaml.org,2002:null")
    ]
    for letter, pairs in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
"""Only whole numbers and null are not text: no "NO" for Norway, no 1.5 as a float, no dates."""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
