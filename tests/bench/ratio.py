"""Speed of the whole extraction as a ratio to ``jieba.lcut`` on the same text in the same process.

    python tests/bench/ratio.py [FILE.txt|FILE.jsonl …] [--passes 5] [--stages]

Without files the project's own texts are read. Prints characters per CPU second of both and the median ratio over
alternating passes: single figures drift with the machine, the ratio holds. Python's bytecode and all rules are warm.
``--stages`` adds a table of the chain's steps: microseconds a character, megabytes of UTF-8 a CPU second, share of the
whole, and the step's own speed as a multiple of ``jieba.lcut``.
"""

from __future__ import annotations

import argparse
import json
import logging
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
AMOUNTS = ("quantities", "times")
"""The steps that read numerals, units and times begin with these."""


def texts_of(files: list[Path]) -> list[str]:
    """The documents of the files: a .jsonl line's ``text`` each, any other file whole."""
    from pipeline.intake.decode import decode

    out = []
    for file in files:
        if file.suffix == ".jsonl":
            with file.open(encoding="utf-8") as lines:
                out += [json.loads(line)["text"] for line in lines]
        else:
            out.append(decode(file.read_bytes()).text)
    return out


def own_texts() -> list[str]:
    """The project's samples, and the sentences of the quality gate as articles of a thousand characters."""
    articles = texts_of(sorted((ROOT / "samples").glob("*.txt")))
    lines = (ROOT / "tests" / "gate" / "cases.txt").read_text("utf-8").splitlines()
    paragraph: list[str] = []
    for line in lines:
        if line and line[0] not in "#QTEFRS":
            paragraph.append(line.partition(" @")[0])
        if sum(map(len, paragraph)) > 1000:
            articles.append("\n".join(paragraph))
            paragraph = []
    return articles


def first_texts(files: list[Path], chars: int) -> list[str]:
    """The first documents of the files, of the project's own texts where there are none, up to so many characters."""
    texts: list[str] = []
    size = 0
    for text in texts_of(files) if files else own_texts():
        if size < chars:
            texts.append(text)
            size += len(text)
    return texts


def loaded_lcut() -> Callable[[str], list[str]]:
    """``jieba.lcut``, its dictionary loaded."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    lcut: Callable[[str], list[str]] = jieba.lcut
    return lcut


def cpu(work: object) -> float:
    """CPU seconds of one call."""
    start = time.process_time()
    work()  # type: ignore[operator]
    return time.process_time() - start


def stages(texts: list[str]) -> dict[str, float]:
    """CPU seconds of each step, over all ``texts`` as one batch: step by step, as the chain works them."""
    from pipeline.chain import _uncollected, with_intake
    from pipeline.chain.assemble import assemble
    from pipeline.chain.jobs import job_of_text
    from pipeline.chain.stages import STAGES, setting
    from pipeline.core.model import View
    from pipeline.intake.layout import lay_out
    from pipeline.lexis.amountscan import scan_amounts_all
    from pipeline.lexis.fold import fold
    from pipeline.lexis.scan import Scan, _settle
    from pipeline.lexis.timescan import scan_times_all
    from pipeline.output.jsonl import line
    from pipeline.rulebook import load
    from pipeline.tokens.segment import segment

    rules = load(None)
    how = setting(rules)
    spent: dict[str, float] = {}

    def step(name: str, work: Callable[[], Any]) -> Any:
        start = time.process_time()
        made = work()
        spent[name] = time.process_time() - start
        return made

    with _uncollected():
        jobs = step("decode", lambda: [job_of_text(text, None, str(i), None) for i, text in enumerate(texts)])
        pages = step("layout", lambda: [lay_out(job.decoded.text, rules) for job in jobs])
        clean = [article.text for page in pages for article in page.articles]
        folded = step("fold", lambda: [fold(text) for text in clean])
        times = step("times: scan", lambda: scan_times_all(folded, rules))
        amounts = step("quantities: scan", lambda: scan_amounts_all(folded, rules))
        scans: list[Scan] = step(
            "quantities and times settled", lambda: [_settle(t, a) for t, a in zip(times, amounts, strict=True)]
        )
        words = step("words", lambda: [segment(f, s.marks, rules) for f, s in zip(folded, scans, strict=True)])
        views = [View(text, plain, tokens=cut) for text, plain, cut in zip(clean, folded, words, strict=True)]
        made = iter(zip(views, scans, strict=True))
        worked = [
            [with_intake(next(made), job, a) for a in page.articles] for job, page in zip(jobs, pages, strict=True)
        ]
        works = [work for some in worked for work in some]
        for name, run in STAGES.items():
            step(_step_name(name), lambda: run(works, how))  # noqa: B023
        found = [(job, page, [v for v, _ in some]) for job, page, some in zip(jobs, pages, worked, strict=True)]
        documents = step("records", lambda: [assemble(*one, rules.digest, False) for one in found])
        step("JSON lines", lambda: [line(document) for document in documents])
    return spent


def _step_name(component: str) -> str:
    name = component.removeprefix("zh_")
    return f"{name}: norms" if name in AMOUNTS else name


def table(runs: list[tuple[float, dict[str, float]]], size: int, octets: int) -> None:
    """Print each step's time and speed, its share of the whole and its speed as a ratio to ``jieba.lcut``.

    ``size`` and ``octets``: how many characters the texts have, and how many bytes in UTF-8.
    ``runs``: the seconds of ``jieba.lcut`` and of each step, measured in alternation; the medians are printed.
    """
    steps = {name: [row[name] for _, row in runs] for name in runs[0][1]}
    together = [sum(row[n] for n in row if n.startswith(AMOUNTS)) for _, row in runs]
    whole = [sum(row.values()) for _, row in runs]
    print(f"{'step':32s} {'us/char':>8s} {'MB/s':>7s} {'share':>6s} {'x lcut':>7s}")
    for name, seconds in {**steps, "= quantities and times": together, "= all steps": whole}.items():
        median = statistics.median(seconds)
        ratio = statistics.median(lcut / s for (lcut, _), s in zip(runs, seconds, strict=True) if s)
        speed = octets / median / 1e6 if median else 0
        print(
            f"{name:32s} {median / size * 1e6:8.3f} {speed:7.1f} {median / statistics.median(whole):6.1%} {ratio:7.2f}"
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--passes", type=int, default=5)
    parser.add_argument("--chars", type=int, default=200_000, help="how much text a pass works, at the most")
    parser.add_argument("--stages", action="store_true", help="print a table of the steps too")
    args = parser.parse_args()
    texts = first_texts(args.files, args.chars)
    size = sum(map(len, texts))
    while size < 20_000:  # the samples are short: a pass must last long enough to be measured
        texts, size = texts * 2, size * 2

    from pipeline import extract_texts

    lcut = loaded_lcut()
    list(extract_texts(texts[:2]))
    rows = []
    runs = []
    for _ in range(args.passes):
        reference = cpu(lambda: [lcut(t) for t in texts])
        whole = cpu(lambda: [None for _ in extract_texts(texts)])
        rows.append((size / reference, size / whole, reference / whole))
        if args.stages:
            runs.append((reference, stages(texts)))
    reference, extraction, ratio = (statistics.median(column) for column in zip(*rows, strict=True))
    print(f"jieba.lcut {reference:,.0f}  extraction {extraction:,.0f} characters per CPU second  ratio {ratio:.2f}")
    if args.stages:
        table(runs, size, sum(len(text.encode("utf-8", "replace")) for text in texts))


if __name__ == "__main__":
    main()
