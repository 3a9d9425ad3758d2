"""Speed of the whole extraction as a ratio to ``jieba.lcut`` on the same text in the same process.

    python tests/bench/ratio.py [FILE.txt|FILE.jsonl …] [--passes 5] [--stages]

Without files the project's own texts are read. Prints characters per CPU second of both and the median ratio over
alternating passes: single figures drift with the machine, the ratio holds. Python's bytecode and all rules are warm.
"""

from __future__ import annotations

import argparse
import json
import logging
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))


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


def cpu(work: object) -> float:
    """CPU seconds of one call."""
    start = time.process_time()
    work()  # type: ignore[operator]
    return time.process_time() - start


def stages(texts: list[str]) -> None:
    """Print the share of each stage."""
    from pipeline.chain import _chain
    from pipeline.chain.components import KEY, new_views
    from pipeline.intake.layout import lay_out

    nlp = _chain("rjieba", None)
    rules = nlp.tokenizer.rules
    spent: dict[str, float] = {}

    def timed(name: str, start: float) -> None:
        spent[name] = spent.get(name, 0.0) + time.process_time() - start

    with nlp.memory_zone():
        for text in texts:
            start = time.process_time()
            page = lay_out(text, rules)
            timed("layout", start)
            for article in page.articles:
                start = time.process_time()
                new_views([article.text], rules)
                timed("scan + words", start)
                start = time.process_time()
                doc = nlp.make_doc(article.text)
                timed("tokenizer (scan + words + Doc)", start)
                doc.user_data[KEY].lines = article.lines
                for name, component in nlp.pipeline:
                    start = time.process_time()
                    doc = component(doc)
                    timed(name, start)
    chars = sum(map(len, texts))
    for name, seconds in spent.items():
        print(f"  {name:32s} {seconds / chars * 1e6:6.2f} µs a character")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--passes", type=int, default=5)
    parser.add_argument("--chars", type=int, default=200_000, help="how much text a pass works, at the most")
    parser.add_argument("--stages", action="store_true", help="print the share of each stage too")
    args = parser.parse_args()
    texts, size = [], 0
    for text in texts_of(args.files) if args.files else own_texts():
        if size < args.chars:
            texts.append(text)
            size += len(text)
    while size < 20_000:  # the samples are short: a pass must last long enough to be measured
        texts, size = texts * 2, size * 2

    import jieba

    from pipeline import extract_texts

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    list(extract_texts(texts[:2]))
    rows = []
    for _ in range(args.passes):
        reference = cpu(lambda: [jieba.lcut(t) for t in texts])
        whole = cpu(lambda: [None for _ in extract_texts(texts)])
        rows.append((size / reference, size / whole, reference / whole))
    lcut, extraction, ratio = (statistics.median(column) for column in zip(*rows, strict=True))
    print(f"jieba.lcut {lcut:,.0f}  extraction {extraction:,.0f} characters per CPU second  ratio {ratio:.2f}")
    if args.stages:
        stages(texts)


if __name__ == "__main__":
    main()
