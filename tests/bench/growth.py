"""What time and memory do as texts and rules grow, and what a start takes, as tables.

    python tests/bench/growth.py [FILES] [--largest 1000000] [--only length,documents,rules,memory,start]

Without files the project's own texts are read.

``length``     one document of 1,000 to ``--largest`` characters: the time of a character, against that in 100,000
``documents``  the same text cut into documents of 200 and of 100,000 characters
``rules``      the same work with ten times the names and ten times the patterns; those that are added are of signs that
               no text has, as most names and patterns of a large table are for one text
``memory``     the resident set of a process after loading, and its peak over a run
``start``      wall seconds of commands in new processes, and the modules whose import takes longest

All times but those of ``start`` are CPU seconds, the least of several passes.
"""

from __future__ import annotations

import argparse
import dataclasses
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from ratio import ROOT, own_texts, texts_of

from pipeline.rulebook import Rulebook

PRIVATE = 0xE000
"""The first of Unicode's private signs: no news has them."""
TIMES = 10


def least(work: Callable[[], object], passes: int = 3) -> float:
    """The least CPU seconds of several calls."""
    out = []
    for _ in range(passes):
        start = time.process_time()
        work()
        out.append(time.process_time() - start)
    return min(out)


def of_length(texts: Sequence[str], size: int) -> str:
    """A text of so many characters: the articles one after the other, again and again."""
    whole = "\n".join(texts) + "\n"
    return (whole * (size // len(whole) + 1))[:size]


def worked(texts: Sequence[str], rules: Rulebook) -> Callable[[], object]:
    """What works ``texts`` as one batch."""
    from pipeline.chain import _Chain, _work
    from pipeline.chain.jobs import job_of_text
    from pipeline.chain.stages import setting

    chain = _Chain(setting(rules), "rjieba", None)
    jobs = [job_of_text(text, None, str(i), None) for i, text in enumerate(texts)]
    return lambda: _work(chain, jobs, with_text=False)


def length(texts: Sequence[str], rules: Rulebook, largest: int) -> None:
    """Time a character against the length of a document."""
    sizes = [10**n for n in range(3, 8) if 10**n <= largest]
    spent = {}
    for size in sizes:
        copies = max(1, 20_000 // size)  # a short text must last long enough to be measured
        spent[size] = least(worked([of_length(texts, size)] * copies, rules), 3 if size < 10**7 else 1) / size / copies
    base = spent[min(10**5, sizes[-1])]
    print(f"{'characters':>12s} {'us/char':>8s} {'growth':>7s}")
    for size in sizes:
        print(f"{size:12,d} {spent[size] * 1e6:8.2f} {spent[size] / base:7.2f}")


def documents(texts: Sequence[str], rules: Rulebook) -> None:
    """Time a document and a character when one text is cut into short and long documents."""
    print(f"{'document':>12s} {'ms/doc':>8s} {'us/char':>8s}")
    whole = of_length(texts, 100_000)
    for size in (200, 100_000):
        parts = [whole[i : i + size] for i in range(0, len(whole), size)]
        spent = least(worked(parts, rules))
        print(f"{size:12,d} {spent / len(parts) * 1e3:8.2f} {spent / len(whole) * 1e6:8.2f}")


def with_names(rules: Rulebook) -> Rulebook:
    """The rules with ten times the names of organisations and places."""
    from pipeline.mentions.gazetteer import gazetteer

    count = (TIMES - 1) * len(gazetteer(rules).names)
    table = rules.tables["organisations"]
    names = tuple("".join(chr(PRIVATE + number // 40**k % 40) for k in range(4)) for number in range(count))
    row = dataclasses.replace(table.rows[-1], id="organisation.bench", cells={**table.rows[-1].cells, "words": names})
    tables = {**rules.tables, "organisations": dataclasses.replace(table, rows=(*table.rows, row))}
    return Rulebook(tables, rules.files, rules.digest)


def with_patterns(rules: Rulebook) -> Rulebook:
    """The rules with each pattern nine times more, each of these behind a private sign of its own."""
    twin = Rulebook(rules.tables, rules.files, rules.digest)
    for name in rules.files:
        added = [
            dataclasses.replace(p, id=f"{p.id}.{n}", source=f"{chr(PRIVATE + n)}(?:{p.source})")
            for p in rules.patterns(name)
            for n in range(1, TIMES)
        ]
        filled = (*rules.patterns(name), *added)
        twin.once((Rulebook._fill, name), lambda _, filled=filled: filled)  # type: ignore[misc]
    return twin


def rules_growth(texts: Sequence[str], rules: Rulebook) -> None:
    """Time with ten times the names and the patterns, as multiples of that with the project's own."""
    some = [of_length(texts, 50_000)]
    base = least(worked(some, rules))
    print(f"{'rules':20s} {'time':>5s}")
    for told, grown in (("ten times names", with_names(rules)), ("ten times patterns", with_patterns(rules))):
        work = worked(some, grown)
        work()
        print(f"{told:20s} {least(work) / base:5.2f}")


def memory(texts: Sequence[str]) -> None:
    """The resident set after loading and the peak over a run, of a process of its own (read as Linux tells it)."""
    script = (
        "import sys; import pipeline; pipeline.extract('3月1日，有关部门通报。', None)\n"
        # not resource's figure, which a new process inherits from the one that started it
        "own = lambda: next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM'))\n"
        "print(own())\n"
        "for _ in pipeline.extract_texts([sys.stdin.read()] * 200): pass\n"
        "print(own())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        input=of_length(texts, 2000),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        encoding="utf-8",
    )
    loaded, peak = (int(kib) // 1024 for kib in done.stdout.split())
    print(f"memory: {loaded} MiB after one document, at most {peak} MiB over 200 documents")


def start() -> None:
    """Wall seconds of commands, and the slowest imports of an extraction."""
    article = str(ROOT / "samples" / "economy.txt")
    for told, command in (("--help", ["--help"]), ("extract", ["extract", article])):
        seconds = []
        for _ in range(7):
            began = time.perf_counter()
            subprocess.run([sys.executable, "cli.py", *command], capture_output=True, check=True, cwd=ROOT)
            seconds.append(time.perf_counter() - began)
        print(f"zhfacts {told:10s} {statistics.median(seconds):.2f} s")
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "cli.py", "extract", article], capture_output=True, check=True, cwd=ROOT
    )
    rows = [line.split("|") for line in done.stderr.decode().splitlines()[1:]]
    for own, whole, name in sorted(rows, key=lambda row: -int(row[1]))[:12]:
        print(f"  {int(whole) / 1000:7.1f} ms {name.strip()} (own {int(own.split(':')[1]) / 1000:.1f})")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--largest", type=int, default=1_000_000)
    parser.add_argument("--only", default="length,documents,rules,memory,start")
    args = parser.parse_args()
    from pipeline.rulebook import load

    texts, rules = texts_of(args.files) if args.files else own_texts(), load(None)
    worked(texts[:2], rules)()
    tables = {
        "length": lambda: length(texts, rules, args.largest),
        "documents": lambda: documents(texts, rules),
        "rules": lambda: rules_growth(texts, rules),
        "memory": lambda: memory(texts),
        "start": start,
    }
    for name in args.only.split(","):
        tables[name]()


if __name__ == "__main__":
    main()
