"""The engine's word lists and reference rows: YAML edited by people, compiled JSON that is read.

`python -m vanban.data.build` writes `compiled/`; a check refuses a tree where the two differ.
"""

import json
from functools import cache
from pkgutil import get_data
from typing import Any

__all__ = ["load"]


@cache
def load(name: str) -> Any:
    """The compiled content of `data/<name>.yml`; callers must not change it.

    Args:
        name: path below `data/` without its ending, such as "units" or "bodies/central".
    """
    content = get_data(__name__, f"compiled/{name}.json")
    assert content is not None
    return json.loads(content)
