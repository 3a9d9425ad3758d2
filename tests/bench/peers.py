"""Our amounts and times beside those of other extractors, each as a multiple of ``jieba.lcut`` on the same text.

    python tests/bench/peers.py [FILE.txt|FILE.jsonl …] [--chars 20000] [--env FOLDER]

JioNLP (times and money) and Recognizers-Text (numbers, percentages, currencies, dimensions, dates and times) are
installed into a virtual environment of their own, made in ``FOLDER`` and kept there; what cannot be installed is
skipped with a word. Each is warm, and measured in CPU seconds in a process that cuts the same text with jieba.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import venv
from pathlib import Path

from ratio import AMOUNTS, cpu, first_texts, loaded_lcut, stages

PEERS = {
    "JioNLP": ["jionlp==1.5.31"],
    # its release asks for less than it needs: it reads a table that emoji has no more since 2.0
    "Recognizers-Text": ["recognizers-text-suite==1.0.2a2", "emoji==1.7.0"],
}
WORK = {
    "JioNLP": """
import jionlp
def work(text):
    jionlp.ner.extract_time(text, time_base=1717084800.0)
    jionlp.ner.extract_money(text)
""",
    "Recognizers-Text": """
import recognizers_suite as r
readers = [getattr(r, f"recognize_{kind}") for kind in ("number", "percentage", "currency", "dimension", "datetime")]
def work(text):
    for read in readers:
        read(text, r.Culture.Chinese)
""",
}
HARNESS = """
import json, logging, sys, time
import jieba
jieba.setLogLevel(logging.WARNING)
jieba.initialize()
texts = json.load(sys.stdin)
def cpu(do):
    start = time.process_time()
    for text in texts:
        do(text)
    return time.process_time() - start
failed = 0
def tried(text):
    global failed
    try:
        work(text)
    except Exception:
        failed += 1
work(texts[0])
rows = [(cpu(jieba.lcut), cpu(tried)) for _ in range(3)]
print(json.dumps({"rows": rows, "failed": failed // 3}))
"""


def python_of(folder: Path) -> Path:
    """The interpreter of the virtual environment in ``folder``, made where there is none."""
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
    return python


def measured(name: str, texts: list[str], folder: Path) -> str:
    """A peer's row of the table, or why there is none."""
    python = python_of(folder / name.lower())
    install = [python, "-m", "pip", "install", "-q", "jieba==0.42.1", *PEERS[name]]
    if (done := subprocess.run(install, capture_output=True, text=True)).returncode:
        return f"{name:24s} skipped: {(done.stderr.strip().splitlines() or ['pip failed'])[-1]}"
    script = WORK[name] + HARNESS
    done = subprocess.run(
        [python, "-c", script], input=json.dumps(texts), capture_output=True, text=True, encoding="utf-8"
    )
    if done.returncode:
        return f"{name:24s} skipped: {(done.stderr.strip().splitlines() or ['it failed'])[-1]}"
    told = json.loads(done.stdout.splitlines()[-1])
    note = f"  ({told['failed']} of {len(texts)} texts raised an error)" if told["failed"] else ""
    return row(name, told["rows"], sum(map(len, texts))) + note


def row(name: str, rows: list[tuple[float, float]], size: int) -> str:
    """A row: microseconds a character, and the speed as a multiple of ``jieba.lcut``."""
    spent = statistics.median(own for _, own in rows)
    ratio = statistics.median(lcut / own for lcut, own in rows)
    return f"{name:24s} {spent / size * 1e6:9.2f} {ratio:8.3f}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--chars", type=int, default=20_000, help="how much text is worked, at the most")
    parser.add_argument("--env", type=Path, default=Path(".peers"), help="where the peers' environments are kept")
    args = parser.parse_args()
    texts, lcut = first_texts(args.files, args.chars), loaded_lcut()
    size = sum(map(len, texts))
    stages(texts)
    runs = [(cpu(lambda: [lcut(t) for t in texts]), stages(texts)) for _ in range(5)]
    print(f"{size:,d} characters in {len(texts)} texts")
    print(f"{'':24s} {'us/char':>9s} {'x lcut':>8s}")
    amounts = [(cut, sum(s for name, s in spent.items() if name.startswith(AMOUNTS))) for cut, spent in runs]
    print(row("zhfacts, amounts, times", amounts, size))
    print(row("zhfacts, everything", [(cut, sum(spent.values())) for cut, spent in runs], size))
    for name in PEERS:
        print(measured(name, texts, args.env))


if __name__ == "__main__":
    main()
