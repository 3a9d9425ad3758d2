"""Articles that stand twice in a page or in a run are told, and named by document and article."""

from __future__ import annotations

from pathlib import Path

import opencc

import pipeline

ROOT = Path(__file__).parents[2]
STORY = (ROOT / "samples" / "culture.txt").read_text("utf-8")
OTHER = (ROOT / "samples" / "economy.txt").read_text("utf-8")


def told(texts: list[str]) -> list[object]:
    return [d.doc.meta.get("reprint_of") for d in pipeline.extract_texts(texts)]


def test_a_run_names_the_first_of_two() -> None:
    again = "转载一篇旧文\n晨报记者 何晴\n" + "\n".join(STORY.split("\n")[3:])
    first, other, second = told([STORY, OTHER, again])
    assert first is None and other is None
    assert isinstance(second, dict) and second["a1"]["doc"] == "0" and second["a1"]["article"] == "a1"
    assert float(second["a1"]["similarity"]) >= 0.7


def test_a_page_names_its_own_article() -> None:
    page = f"{STORY}\n\n\n{OTHER}\n\n\n{STORY}"
    document = pipeline.extract(page)
    assert [a.title.text for a in document.articles if a.title] == [
        "老戏台又响起了锣鼓",
        OTHER.split("\n")[0],
        "老戏台又响起了锣鼓",
    ]
    assert document.doc.meta["reprint_of"] == {"a3": {"doc": "-", "article": "a1", "similarity": "1.00"}}


def test_another_script_and_hard_wraps_are_the_same_text() -> None:
    wrapped = "\n".join(line[i : i + 19] for line in STORY.split("\n") for i in range(0, max(len(line), 1), 19))
    traditional = opencc.OpenCC("s2t").convert(STORY)
    first, second, third = told([STORY, wrapped, traditional])
    assert first is None and isinstance(second, dict) and isinstance(third, dict)


def test_runs_know_nothing_of_each_other() -> None:
    assert told([STORY]) == told([STORY]) == [None]
