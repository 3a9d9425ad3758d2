"""A batch over an archive of a wanted size, with each engine, as a table.

    python tests/bench/batch.py [FILE.txt|FILE.jsonl …] [--documents 2000] [--engines serial,local,ray] [--workers 1,2]

The archive is made of the texts of the files (without files: the project's samples), again and again under new ids.
``start``: seconds that a batch of one document takes; ``docs/s``: documents a second without them; ``overhead``: CPU
seconds of all processes, without those of a start, over those of a plain loop of the extraction alone on the same
documents; ``own``: the share of the process that schedules, its start included; ``MiB``: the most memory of any one.
Digests must be the same.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))


def rows_of(files: list[Path]) -> Iterator[dict[str, str]]:
    """The documents of the files, as rows of an archive."""
    from pipeline.intake.decode import decode

    for file in files:
        if file.suffix == ".jsonl":
            for line in file.read_text("utf-8").splitlines():
                yield {"text": json.loads(line)["text"]}
        else:
            yield {"text": decode(file.read_bytes()).text}


def make_archive(files: list[Path], documents: int, path: Path) -> None:
    """Write an archive of so many documents, ids counting from 0."""
    rows = list(rows_of(files))
    with path.open("w", encoding="utf-8") as out:
        for number, row in enumerate(islice(cycle(rows), documents)):
            out.write(json.dumps({"id": f"d{number}", **row}, ensure_ascii=False) + "\n")


def plain_loop(path: Path) -> float:
    """CPU seconds of the extraction alone over the archive, warm."""
    from pipeline.chain import extract_sources
    from pipeline.intake.sources import read

    list(extract_sources(islice(read([str(path)]), 1)))
    began = time.process_time()
    for _ in extract_sources(read([str(path)]), with_text=True, apart=True):
        pass
    return time.process_time() - began


def digest(out: Path) -> str:
    """Of all that a job wrote but for its summary."""
    sha = hashlib.sha256()
    for path in sorted(out.rglob("*.parquet")):
        sha.update(path.relative_to(out).as_posix().encode() + b"\0" + path.read_bytes())
    return sha.hexdigest()


def run(path: Path, out: Path, engine: str, workers: int) -> tuple[float, dict[str, float]]:
    """Seconds in all, and what the run tells of itself."""
    command = [sys.executable, str(ROOT / "cli.py"), "batch", str(path), "-o", str(out), "-q"]
    began = time.perf_counter()
    more = ["--engine", engine, "--workers", str(workers), "--shard-size", "512"]
    done = subprocess.run([*command, *more], check=False)
    if done.returncode:
        sys.exit(f"{engine}: exit code {done.returncode}")
    return time.perf_counter() - began, json.loads((out / "run.json").read_text("utf-8"))


def main() -> None:
    """Make the archive, run the engines, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--engines", default="serial,local")
    parser.add_argument("--workers", default="1,2")
    chosen = parser.parse_args()
    files = chosen.files or sorted((ROOT / "samples").glob("*.txt"))
    digests = set()
    with tempfile.TemporaryDirectory() as folder:
        path, single = Path(folder) / "archive.jsonl", Path(folder) / "single.jsonl"
        make_archive(files, chosen.documents, path)
        make_archive(files, 1, single)
        loop = plain_loop(path)
        print(f"plain loop: {chosen.documents / loop:.0f} documents a CPU second, {resource_peak() >> 20} MiB")
        print(f"{'engine':10}{'workers':>8}{'docs/s':>9}{'overhead':>10}{'own':>7}{'MiB':>6}{'start s':>9}")
        for engine in chosen.engines.split(","):
            for workers in (1,) if engine == "serial" else [int(w) for w in chosen.workers.split(",")]:
                out = Path(folder) / f"{engine}-{workers}"
                start, least = run(single, Path(f"{out}-start"), engine, workers)
                seconds, told = run(path, out, engine, workers)
                digests.add(digest(out))
                rate = chosen.documents / (seconds - start)
                # Ray's processes are not below this one.
                over = f"{(told['cpu_seconds'] - least['cpu_seconds']) / loop - 1:.1%}" if engine != "ray" else ""
                own = f"{told['own_cpu_seconds'] / told['cpu_seconds']:.1%}" if engine == "local" else ""
                peak = int(told["peak_bytes"]) >> 20
                print(f"{engine:10}{workers:8}{rate:9.0f}{over:>10}{own:>7}{peak:6}{start:9.1f}", flush=True)
    print("digests:", "all the same" if len(digests) == 1 else "DIFFERENT")


def resource_peak() -> int:
    """The most bytes that this process had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()
