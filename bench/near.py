"""Near copies among very many short texts: time, memory, what is found and what is not.

PYTHONPATH=src python bench/near.py [NUMBER]    1,000,000 at first takes some ten minutes

Texts are orders of 20 to 50 words put together at random from 4,000 syllables; each tenth is a copy
of an earlier one with no, one or two words changed. The truth is therefore known.
"""

import random
import resource
import sys
import time

from vanban.near import NEAR, find_near_copies, likeness, runs_of

SYLLABLES = 4_000
SIZES = (10_000, 100_000)


def texts(number: int) -> tuple[list[str], dict[int, int]]:
    """Texts, and of each copy the index of what it copies."""
    rng = random.Random(7)
    words = [f"{a}{b}" for a in "bcdđghklmnpqrstvx" for b in range(SYLLABLES // 17 + 1)]
    found: list[str] = []
    copies: dict[int, int] = {}
    for index in range(number):
        if index and index % 10 == 0:
            of = rng.randrange(index)
            said = found[of].split()
            for _ in range(rng.randrange(3)):
                said[rng.randrange(len(said))] = rng.choice(words)
            copies[index] = of
        else:
            said = rng.choices(words, k=rng.randint(20, 50))
        found.append(" ".join(said))
    return found, copies


def main(sizes: tuple[int, ...]) -> None:
    """Print a table, one line a number of texts."""
    print("| texts | CPU s | µs per text | peak memory MB | of these the texts | copies found |")
    print("|---" * 6 + "|")
    for number in sizes:
        corpus, copies = texts(number)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        began = time.process_time()
        found = {c.index for c in find_near_copies(corpus)}
        seconds = time.process_time() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        near = {
            index
            for index, of in copies.items()
            if likeness(runs_of([corpus[index]]), runs_of([corpus[of]])) >= NEAR
        }
        print(
            f"| {number:,} | {seconds:.1f} | {seconds / number * 1e6:.0f} | {peak:.0f} "
            f"| {before:.0f} | {len(near & found):,} of {len(near):,}, {len(found - copies.keys())}"
            " that are none |",
            flush=True,
        )


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
