"""Pages at their limits in a real browser: hostile text, long and crowded ones, readers who need help to see."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pipeline.audit.explained import Making
from pipeline.audit.page_data import page_data
from pipeline.audit.site import document_page, write_site
from pipeline.chain.explain import explain_document
from pipeline.core.explanations import RuleRef
from pipeline.intake.source import Source
from tests.audit.test_site import made

Site = Callable[..., str]
HOSTILE = (
    '</script><script>window.stolen = 1</script><img src=x onerror="window.stolen = 1">\r\n'
    "<!--{data}{script}${stolen}`'\"&lt;&#60; 总投资85亿元\u202e元万021\u202c，\u2066全长68公里\u2069。"
    "\x07\x1b[31m\x7f\r\n"
    "局长<b>周启明</b>说：“😀今年要建12座\u200b车站𠮷。”\u2028javascript:alert(1)\r\n"
)
FACT = "第{n}车间去年生产面粉{n}万吨，今年计划生产{m}万吨。\n"
QUIET = "面粉厂的仓库里今天没有别的消息。" * 375 + "总投资85亿元。" * 3
PHONE = {"width": 390, "height": 844}


def many(facts: int) -> str:
    return "青柏县面粉厂年报\n" + "".join(FACT.format(n=n, m=n + 1) for n in range(1, facts // 2 + 1))


def test_hostile_text_is_text(window: Any, site: Site) -> None:
    window.goto(site(HOSTILE))
    assert window.evaluate("window.stolen") is None
    assert window.locator("#text img, #text script, #text b").count() == 0
    assert window.evaluate("page.data.text") == HOSTILE
    shown = window.locator("#text").evaluate("n => n.textContent")
    assert "</script><script>window.stolen = 1</script>" in shown
    assert "\u202e" not in shown and "\u2066" not in shown and "\x1b" not in shown
    titles = window.locator("#text .unseen").evaluate_all("all => all.map(n => n.title)")
    assert {"U+202E", "U+2066", "U+001B", "U+007F", "U+200B", "U+2028"} <= set(titles)
    window.keyboard.press("w")
    assert window.locator("#text img").count() == 0


def test_hostile_names_and_rule_notes_are_text(window: Any, tmp_path: Path) -> None:
    evil = "</p></script><img src=x onerror='window.stolen = 1'>\u202e"
    document, explanation = explain_document(Source(evil, f"{evil}.txt", "总投资85亿元。", "0" * 64))
    rules = {rule: RuleRef(rule, evil, 1, evil) for rule in Making().references}
    write_site(tmp_path / "review", [page_data(document, explanation, rules)], rules, force=False)
    for page in (next((tmp_path / "review" / "documents").iterdir()), tmp_path / "review" / "index.html"):
        window.goto(page.as_uri())
        window.locator("details").evaluate_all("all => all.forEach(n => n.open = true)")
        assert "onerror" in window.locator("body").inner_text()
        assert window.locator("img").count() == 0 and window.evaluate("window.stolen") is None
        assert "\u202e" not in window.locator("main").inner_text()


def test_the_policy_stops_what_is_not_ours(chromium: Any, site: Site) -> None:
    page = chromium.new_context().new_page()
    page.goto(site("总投资85亿元。"))
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.stolen = 1";
            const image = document.createElement("img");
            image.src = "http://127.0.0.1:9/x.png";
            image.setAttribute("onerror", "window.stolen = 2");
            document.body.append(script, image);
        }"""
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.stolen") is None
    assert page.evaluate("fetch('http://127.0.0.1:9/').then(() => 'out', () => 'stopped')") == "stopped"
    page.context.close()


def test_selected_words_count_in_code_points(window: Any, site: Site) -> None:
    window.goto(site(HOSTILE))
    window.evaluate(
        """() => {
            const leaves = [...document.querySelectorAll("#text span")].filter((n) => !n.children.length);
            const leaf = leaves.find((n) => n.textContent.includes("𠮷"));
            const at = leaf.textContent.indexOf("𠮷");
            getSelection().setBaseAndExtent(leaf.firstChild, at, leaf.firstChild, at + 2);
        }"""
    )
    at = HOSTILE.index("𠮷")
    assert window.evaluate("page.textView.selected()") == [[at, at + 1]]
    for start, end, words in window.evaluate(
        "page.entries.flatMap(e => e.spans.map(([a, b]) => [a, b, page.source.slice(a, b)]))"
    ):
        assert HOSTILE[start:end] == words


def test_crossing_and_parted_spans_are_flat(window: Any, site: Site) -> None:
    text = "临江铁路全长68公里，总投资约85亿元。"
    window.goto(site(text))
    window.evaluate(
        """() => {
            const rest = {layer: "fact", label: null, rule: null, text: "", args: {}, norm: {}, confidence: "1.00"};
            for (const [type, spans] of [["role", [[0, 6]]], ["event", [[4, 10]]], ["quote", [[2, 3], [12, 15]]]]) {
                page.found.push({...addedEntry({item: {...rest, type, spans}}), status: "found"});
            }
            page.changed();
        }"""
    )
    assert window.locator("#text .mark .mark").count() == 0
    assert window.locator("#text").evaluate("n => n.textContent") == text
    pieces = window.evaluate(
        """["role", "event", "quote"].map(type => {
            const entry = page.found.find(e => e.rule === null && e.type === type);
            return page.textView.leaves.get(entry).map(n => [n.start, n.end]);
        })"""
    )
    merged = [sorted({o for a, b in leaves for o in range(a, b)}) for leaves in pieces]
    assert merged == [[*range(6)], [*range(4, 10)], [2, 12, 13, 14]]
    crossing = window.evaluate("page.textView.byStart.get(4).style.boxShadow")
    assert "--role" in crossing and "--event" in crossing


def test_a_line_of_ten_megabytes_shows(chromium: Any, tmp_path: Path) -> None:
    data = made("总投资85亿元。")
    long = msgspec.structs.replace(data, text=data.text + "长" * (10_000_000 // 3))
    path = tmp_path / "long.html"
    path.write_bytes(document_page(long, {}))
    page = chromium.new_context().new_page()
    page.set_default_timeout(20_000)
    page.goto(path.as_uri())
    assert page.evaluate("document.getElementById('text').textContent.length") == len(long.text)
    page.keyboard.press("a")
    assert page.evaluate("page.reviews.records.length") == 1
    page.context.close()


YARDSTICK = """() => {
    const box = document.body.appendChild(document.createElement("div"));
    for (let i = 0; i < 3000; i++) box.appendChild(document.createElement("span")).textContent = "桥" + i;
    const height = box.offsetHeight;
    box.remove();
    return height;
}"""
"""What makes and measures 3,000 words: the page's thread works `NOMINAL` milliseconds for it on a quiet machine."""
NOMINAL = 36.0
PRESS = """(key) => {
    document.getElementById("list").dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
    return new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}"""


@pytest.mark.parametrize("text", [many(500), QUIET], ids=["500 facts", "6,000 characters"])
def test_keys_are_answered_at_once(window: Any, site: Site, text: str) -> None:
    window.goto(site(text))
    meter = window.context.new_cdp_session(window)
    # The time that the page's own thread works: what else the machine does is not counted, but makes it slower.
    meter.send("Performance.enable", {"timeDomain": "threadTicks"})

    def worked() -> float:
        metrics = meter.send("Performance.getMetrics")["metrics"]
        return 1000 * next(float(m["value"]) for m in metrics if m["name"] == "TaskDuration")

    times: dict[str, float] = {}
    for key in "-jaxuk-rrmmww" * 4:  # the least of several: a busy machine makes any one of them longer
        began = worked()
        window.evaluate(YARDSTICK if key == "-" else PRESS, key)
        times[key] = min(times.get(key, 1e9), worked() - began)
    if "面粉厂年报" in text:
        assert window.evaluate("page.found.filter(e => e.layer === 'fact' && e.status === 'found').length") >= 500
    yardstick = times.pop("-")
    assert max(times.values()) < 100 * max(1.0, yardstick / NOMINAL), (yardstick, times)


def violations(window: Any) -> list[str]:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe here: uv sync --group browser")
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in axe.Axe().run(window).response["violations"]]


@pytest.mark.parametrize(("scheme", "wide"), [("light", True), ("dark", True), ("light", False)])
def test_axe_finds_nothing(window: Any, site: Site, scheme: str, wide: bool) -> None:
    window.emulate_media(color_scheme=scheme)
    if not wide:
        window.set_viewport_size(PHONE)
    window.goto(site("青柏县水泥厂营业收入由40亿元增加到50亿元，增长20%。厂长罗明远说：“今年要产130万吨。”\n"))
    found = []
    for steps in (["r", "m", "j", "a", "x", "j"], ["e"], ["Escape", "w", "?"]):
        for key in steps:
            window.keyboard.press(key)
        window.locator(".filters details").evaluate_all("all => all.forEach(n => n.open = true)")
        found += violations(window)
    window.keyboard.press("Escape")
    window.goto(window.url.replace("documents/00001-d1.html", "index.html"))
    window.locator("#rows tr").first.wait_for()
    assert found + violations(window) == []


def test_the_phone_has_all_in_reach(chromium: Any, site: Site) -> None:
    context = chromium.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(site("临江铁路全长68公里，总投资约85亿元。"))
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.locator("#text .mark", has_text="68公里").first.tap()
    page.tap("[data-do=accept]")
    assert page.evaluate("page.reviews.records.length") == 1
    for action in ("before", "next", "accept", "reject", "correct", "add", "undo"):
        box = page.locator(f".verdicts [data-do={action}]").bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"] and box["height"] >= 36
    context.close()


def test_the_phone_opens_at_the_text_not_at_the_list(chromium: Any, site: Site) -> None:
    context = chromium.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(site("\n".join(f"临江铁路第{n}段全长{n}8公里，总投资约{n}5亿元。" for n in range(1, 60))))
    page.locator("[role=option]").first.wait_for()
    box = page.locator("#text [data-role]").first.bounding_box()
    panel = page.locator(".verdicts").bounding_box()
    assert box and panel and 0 < box["y"] < panel["y"]
    context.close()


def test_screenshots_for_eyes(window: Any, site: Site, tmp_path: Path) -> None:
    folder = Path(os.environ.get("SCREENSHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    page = Path(__file__).parents[2] / "samples" / "page.txt"
    window.goto(site(page.read_text("utf-8"), (page.parent / "health.txt").read_text("utf-8"), published="2024-05-31"))
    for name, scheme, size, keys in (
        ("list", "light", (1400, 860), ""),
        ("fact", "light", (1400, 860), "jjjjjjjj"),
        ("dark", "dark", (1400, 860), "jaxw"),
        ("phone", "light", (390, 844), "w"),
        ("check", "light", (1400, 860), "w]"),
    ):
        window.emulate_media(color_scheme=scheme)
        window.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
        for key in keys:
            window.keyboard.press(key)
        if "]" in keys:
            window.wait_for_url("**/00002*")
            window.locator(".row .alarm").first.click()
        window.screenshot(path=folder / f"{name}.png")
    assert {p.name for p in folder.glob("*.png")} >= {"list.png", "fact.png", "dark.png", "phone.png", "check.png"}
