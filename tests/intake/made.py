"""Pages made of the samples' own articles, wrapped and interrupted, with the truth of what stands where."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "samples"
STYLES = ("one-a-line", "crlf", "indented", "blank-between", "wrap", "wrap-indent", "wrap-blank", "wrap-parted")
CLEAN = STYLES[:4]
NOT_FIRST = "，。、；：！？”’》）)%％"
NOT_LAST = "“‘《（("
CAPTIONS = (
    "工人在现场检修设备 本报记者 高远 摄",
    "市民排队办理手续 受访者供图",
    "▲改造后的街口 何晴/摄",
    "图为签约现场。",
)
BYLINES = (
    "本报记者 何晴 高远",
    "□本报记者 何晴",
    "文/图 晨报记者 周一帆",
    "晨报全媒体记者 高远 通讯员 李木",
    "（记者 周一帆）",
)
FURNITURE = (
    "责编 何晴 版式 高远 校对 李木",
    "新闻热线：0599-5550100",
    "—7—",
    "江湾晨报 2021年3月4日 星期四 A7",
    "本版图片除署名外均为资料图片",
)


@dataclass
class Made:
    """A page, and for each of its articles the paragraphs that are in it, without space."""

    text: str
    paragraphs: list[list[str]]
    titles: list[str]
    captions: list[str] = field(default_factory=list)


def articles() -> list[tuple[str, list[str]]]:
    """Title and paragraphs of the samples that hold one article, one paragraph a line."""
    out = []
    for name, encoding in (("economy", "utf-8"), ("culture", "utf-8"), ("earthquake.gb18030", "gb18030")):
        lines = [x.strip() for x in (SAMPLES / f"{name}.txt").read_text(encoding).split("\n") if x.strip()]
        body = [x for x in lines[1:] if len(x) > 40 and x[-1] in "。”"]
        out.append((lines[0], [x.removeprefix("本报讯 ") for x in body]))
    for line in (SAMPLES / "feed.jsonl").read_text("utf-8").splitlines():
        title, _, rest = json.loads(line)["text"].partition("\n")
        out.append((title, [x.strip() for x in rest.split("\n") if len(x.strip()) > 40]))
    return [(title, body) for title, body in out if body and len(title) < 30]


def wrap(text: str, width: int) -> Iterator[str]:
    """Lines of ``width`` characters; no line begins with a closing sign or ends with an opening one."""
    at = 0
    while at < len(text):
        end = min(at + width, len(text))
        if end < len(text):
            while end < len(text) and text[end] in NOT_FIRST and end < at + width + 2:
                end += 1
            while end - 1 > at and text[end - 1] in NOT_LAST:
                end -= 1
        yield text[at:end]
        at = end


def make(seed: int, style: str, signs: Mapping[int, int] | None = None) -> Made:
    """The page of this seed and style; its texts are set with ``signs`` instead of their own."""
    some = random.Random(f"{style} {seed}")
    width = some.randint(12, 30)
    chosen = some.sample(articles(), some.randint(2, 4))
    out, made = [], Made("", [], [])
    for title, body in chosen:
        byline = some.choice(BYLINES)
        out += ["", title, byline]
        made.titles.append("".join(title.split()))
        body = [p.translate(signs or {}) for p in body]
        made.paragraphs.append(["".join(p.split()) for p in body])
        broken = some.randrange(len(body)) if style not in CLEAN and some.random() < 0.6 else None
        for i, paragraph in enumerate(body):
            lines = list(_lines(paragraph, style, width))
            if i == broken and len(lines) > 3:
                caption = some.choice(CAPTIONS)
                lines.insert(some.randrange(1, len(lines) - 1), caption)
                made.captions.append("".join(caption.split()))
            out += lines
            if style in ("blank-between", "wrap-parted"):
                out.append("")
        if some.random() < 0.5:
            out.append(some.choice(FURNITURE))
    if style == "wrap-blank":
        out = [x for line in out for x in (line, "")]
    made.text = ("\r\n" if style == "crlf" else "\n").join(out)
    return made


def _lines(paragraph: str, style: str, width: int) -> Iterator[str]:
    indent = "　　" if style in ("indented", "wrap-indent") else ""
    if style in CLEAN:
        yield indent + paragraph
    else:
        yield from wrap(indent + paragraph, width)
