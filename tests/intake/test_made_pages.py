"""Pages made here of our own articles: paragraphs are whole, articles apart, captions out of the sentences."""

from __future__ import annotations

from collections import Counter

import opencc
import pytest

from pipeline.intake.layout import lay_out
from pipeline.intake.page import Page
from pipeline.rulebook import load
from tests.intake.made import CLEAN, STYLES, Made, make

RULES = load()
SEEDS = range(12)
# Where nothing sets paragraphs apart, one that ends with its line cannot be told from one that goes on: our samples
# have long paragraphs, and each is on several pages.
FLOORS = {"wrap": 0.75, "wrap-blank": 0.7, "wrap-indent": 0.95, "wrap-parted": 0.95}
TRADITIONAL = opencc.OpenCC("s2t")
FULL = {ord(c): ord(c) + 0xFEE0 for c in "0123456789"}


def found(page: Page, source: str) -> list[list[str]]:
    """The paragraphs of each article, without space."""
    return [["".join("".join(source[a:b] for a, b in p.spans).split()) for p in x.paragraphs] for x in page.articles]


def right(made: Made, paragraphs: list[list[str]]) -> tuple[int, int, int]:
    """How many paragraphs are as they should be, how many should be, how many there are."""
    true, told = Counter(p for a in made.paragraphs for p in a), Counter(p for a in paragraphs for p in a)
    return sum((true & told).values()), true.total(), told.total()


@pytest.mark.parametrize("style", CLEAN)
def test_clean_text_is_left_alone(style: str) -> None:
    for seed in SEEDS:
        made = make(seed, style)
        assert found(lay_out(made.text, RULES), made.text) == made.paragraphs, seed


@pytest.mark.parametrize("style", [s for s in STYLES if s not in CLEAN])
def test_wrapped_pages_are_whole_again(style: str) -> None:
    hits = true = told = titles = all_titles = 0
    for seed in SEEDS:
        made = make(seed, style)
        page = lay_out(made.text, RULES)
        counts = right(made, found(page, made.text))
        hits, true, told = hits + counts[0], true + counts[1], told + counts[2]
        named = {"".join(made.text[slice(*a.title.spans[0])].split()) for a in page.articles if a.title}
        titles, all_titles = titles + len(named & set(made.titles)), all_titles + len(made.titles)
        inside = "".join(p for a in found(page, made.text) for p in a)
        assert not [c for c in made.captions if c in inside], seed
    assert 2 * hits / (true + told) >= FLOORS[style]
    assert titles / all_titles >= 0.9


def spans(text: str) -> list[list[tuple[tuple[int, int], ...]]]:
    return [[p.spans for p in a.paragraphs] for a in lay_out(text, RULES).articles]


@pytest.mark.parametrize("style", STYLES)
def test_traditional_script_is_read_alike(style: str) -> None:
    for seed in range(6):
        made = make(seed, style)
        other = "".join(c if len(t := TRADITIONAL.convert(c)) != 1 else t for c in made.text)
        assert other != made.text and spans(other) == spans(made.text), seed


@pytest.mark.parametrize("style", CLEAN)
def test_full_width_digits_are_read_alike(style: str) -> None:
    # On wrapped pages they make lines wider, so only clean text stays the same page.
    for seed in range(6):
        made = make(seed, style)
        assert spans(made.text.translate(FULL)) == spans(made.text), seed


@pytest.mark.parametrize("style", [s for s in STYLES if s not in CLEAN])
def test_pages_set_in_full_width_digits_are_whole_again(style: str) -> None:
    counts = [0, 0, 0]
    for seed in SEEDS:
        made = make(seed, style, FULL)
        for i, n in enumerate(right(made, found(lay_out(made.text, RULES), made.text))):
            counts[i] += n
    assert 2 * counts[0] / (counts[1] + counts[2]) >= FLOORS[style]
