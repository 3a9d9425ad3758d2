"""The review page in a real browser: every key, decisions, corrections by selection, filters, what is kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.audit.reviews import Review, decisions
from pipeline.audit.reviews import decoded as review_of
from pipeline.core.items import text_digest

Site = Callable[..., str]
TEXT = (
    "青柏县水泥厂扩建\n"
    "    本报讯（记者 林小禾）青柏县水泥厂去年产\n"
    "量达120万吨，同比增长7.5%。厂长罗明远说：“今\n"
    "年要产130万吨。”厂里有职工860人，其中女\n"
    "工210人、男工650人。\n"
)
FACTS = "[role=option]"
CHOSEN = "[role=option][aria-selected=true]"


def keys(window: Any, *names: str) -> None:
    for name in names:
        window.keyboard.press(name)


def chosen(window: Any) -> str:
    return str(window.locator(CHOSEN).get_attribute("aria-label"))


def records(window: Any) -> list[dict[str, Any]]:
    return list(window.evaluate("page.reviews.records"))


def verdicts(window: Any) -> list[str]:
    return [record["verdict"] for record in records(window)]


def select(window: Any, words: str) -> None:
    """Select words of the text with the means of the browser, across marks and line breaks."""
    found = window.evaluate(
        """(words) => {
            const leaves = [...document.querySelectorAll("#text span")].filter((n) => !n.querySelector("span"));
            const text = leaves.map((n) => n.textContent).join("");
            const start = text.indexOf(words);
            if (start < 0) return false;
            const at = (offset, end) => {
                for (const leaf of leaves) {
                    const long = leaf.textContent.length;
                    if (offset < long || (end && offset === long)) return [leaf.firstChild, offset];
                    offset -= long;
                }
            };
            getSelection().setBaseAndExtent(...at(start, false), ...at(start + words.length, true));
            return true;
        }""",
        words,
    )
    assert found, words


def downloaded(window: Any, press: str = "s") -> list[Review]:
    with window.expect_download() as download:
        window.keyboard.press(press)
    return [review_of(line) for line in Path(download.value.path()).read_bytes().splitlines()]


@pytest.fixture
def page(window: Any, site: Site) -> Any:
    window.goto(site(TEXT))
    return window


def test_the_text_is_the_source_whatever_is_marked(page: Any) -> None:
    assert page.evaluate("document.getElementById('text').textContent") == TEXT
    # Flat: a mark never stands in a mark.
    assert page.locator("#text .mark .mark").count() == 0
    assert page.locator("#text .mark").count() > 10


def test_j_and_k_go_through_the_facts(page: Any) -> None:
    first = chosen(page)
    keys(page, "j")
    second = chosen(page)
    keys(page, "ArrowDown", "k", "k")
    assert first == chosen(page) != second
    keys(page, "k")
    assert chosen(page) == first


def test_a_and_x_decide_and_go_on_and_u_takes_back(page: Any) -> None:
    first = chosen(page)
    keys(page, "a", "x")
    assert verdicts(page) == ["accept", "reject"]
    assert chosen(page) != first
    keys(page, "u")
    assert verdicts(page) == ["accept", "reject", "undo"]
    keys(page, "u", "u")
    assert verdicts(page)[3:] == ["undo"]
    assert chosen(page) == first
    assert page.locator("#judged").inner_text().startswith("0 of ")


def test_undo_brings_back_the_decision_before(page: Any) -> None:
    keys(page, "a", "k", "x", "k")
    assert chosen(page).startswith("rejected")
    keys(page, "u")
    assert chosen(page).startswith("accepted")


def test_a_decision_is_the_record_of_the_log(page: Any) -> None:
    page.fill("#reviewer", "汪澄")
    page.locator("#list").focus()
    keys(page, "a", "x", "u")
    reviews = downloaded(page)
    assert [(r.verdict, r.reviewer) for r in reviews] == [("accept", "汪澄"), ("reject", "汪澄"), ("undo", "汪澄")]
    assert {r.source for r in reviews} == {text_digest(TEXT)}
    assert {r.doc for r in reviews} == {"d1"}
    assert len(decisions(reviews)) == 1


def test_a_value_is_corrected(page: Any) -> None:
    keys(page, "/")
    page.fill("#search", "120万吨")
    page.locator("#list").focus()
    keys(page, "e")
    page.fill("#correct [name=value]", "1300000")
    page.fill("#correct [name=note]", "应为一百三十万")
    page.locator("#correct .primary").click()
    (review,) = downloaded(page)
    assert review.verdict == "correct"
    assert review.correction is not None and review.correction.kinds == ("value",)
    assert review.note == "应为一百三十万"


def test_a_change_is_corrected_and_taken_away(page: Any) -> None:
    for field, value, change in (
        ("direction", "decrease", {"direction": "decrease", "role": "by", "basis": "yoy"}),
        ("role", "to", {"direction": "decrease", "role": "to", "basis": "yoy"}),
    ):
        page.fill("#search", "7.5%")
        page.locator(FACTS, has_text="7.5%").first.click()
        keys(page, "e")
        page.select_option(f"#correct [name='change.{field}']", value)
        page.click("#correct .primary")
        assert records(page)[-1]["correction"] == {"norm": {"change": change}}
    page.locator("#list").focus()
    keys(page, "e")
    for field in ("direction", "role"):
        page.select_option(f"#correct [name='change.{field}']", "")
    page.fill("#correct [name='change.basis']", "")
    page.click("#correct .primary")
    assert downloaded(page)[-1].correction.norm == {"change": None}  # type: ignore[union-attr]


def test_a_span_and_an_argument_are_corrected_by_selecting_text(page: Any) -> None:
    page.fill("#search", "210人")
    page.locator(FACTS, has_text="quantity").last.click()
    keys(page, "e")
    for words, role in (("其中女\n工210人", "quantity"), ("厂里", "place")):
        select(page, words)
        page.click(f"#correct [data-take={role}]")
    page.click("#correct .primary")
    (review,) = downloaded(page)
    start = TEXT.index("其中女")
    assert review.correction is not None
    assert review.correction.spans == ((start, start + 9),)
    assert review.correction.args["place"] == ((TEXT.index("厂里"), TEXT.index("厂里") + 2),)  # type: ignore[index]


def test_a_span_is_corrected_without_a_mouse(page: Any) -> None:
    page.fill("#search", "130万吨")
    page.locator(FACTS, has_text="quantity").first.click()
    keys(page, "e", "Tab", "ArrowLeft", "ArrowLeft", "Shift+ArrowLeft", "Tab")
    page.click("#correct .primary")
    (review,) = downloaded(page)
    at = TEXT.index("130万吨")
    assert review.correction is not None and review.correction.spans == ((at - 2, at + 4),)


def test_a_selection_that_a_touch_takes_away_is_still_meant(page: Any) -> None:
    keys(page, "e")
    select(page, "水泥厂")
    page.wait_for_timeout(50)
    page.evaluate("getSelection().removeAllRanges()")
    page.locator("#correct [data-take]").last.click()
    assert "水泥厂" in page.locator("#correct .taking").last.inner_text()
    page.locator("#correct [data-take]").last.click()
    assert "Nothing is selected" in page.locator("#say").inner_text()


def test_a_type_is_corrected_and_an_argument_taken_away(page: Any) -> None:
    page.fill("#search", "860人")
    page.locator("#list").focus()
    keys(page, "e")
    page.click("#correct [data-drop=subject]")
    page.click("#correct .primary")
    page.fill("#search", "罗明远")
    page.locator("#list").focus()
    keys(page, "e")
    page.select_option("#correct [name=type]", "event")
    page.click("#correct .primary")
    first, second = downloaded(page)
    assert first.correction is not None and first.correction.args == {"subject": None}
    assert second.correction is not None and second.correction.type == "event"


def test_a_correction_that_changes_nothing_is_none(page: Any) -> None:
    keys(page, "e")
    page.click("#correct .primary")
    assert "Nothing was changed" in page.locator("#say").inner_text()
    keys(page, "Escape")
    assert page.locator("#correct").is_hidden() and verdicts(page) == []


def test_a_missing_fact_is_added_and_taken_back(page: Any) -> None:
    keys(page, "+")
    assert "Select the words" in page.locator("#say").inner_text()
    before = page.locator(FACTS).count()
    select(page, "扩建")
    keys(page, "+")
    page.select_option("#correct [name=type]", "event")
    select(page, "水泥厂")
    page.click("#correct [data-take=agent]")
    page.click("#correct .primary")
    assert page.locator(FACTS).count() == before + 1
    (review,) = downloaded(page)
    assert (review.verdict, review.item.type, review.item.rule) == ("add", "event", None)
    assert review.item.args == {"trigger": ((6, 8),), "agent": ((3, 6),)}
    assert review.item.text == "扩建"
    keys(page, "u")
    assert page.locator(FACTS).count() == before


def test_a_rejected_candidate_is_shown_and_can_be_added(page: Any) -> None:
    before = page.locator(FACTS).count()
    keys(page, "r")
    assert page.locator(FACTS).count() > before
    page.locator(".row.rejected, .row.lost").first.click()
    assert page.locator("#detail .note").count() == 1
    keys(page, "a")
    assert page.locator("#correct").is_visible()
    keys(page, "Escape", "r")
    assert page.locator(FACTS).count() == before


def test_the_chosen_fact_shows_its_arguments_rule_and_steps(page: Any) -> None:
    page.fill("#search", "120万吨")
    roles = page.locator("#text [data-role]").evaluate_all("all => all.map(n => [n.dataset.role, n.textContent])")
    assert ["quantity", "120万吨"] in roles and ["time", "去年"] in roles
    detail = page.locator("#detail").inner_text()
    assert "rules/facts_quantity.toml:" in detail and "1200000" in detail and "STEPS" in detail.upper()


def test_a_click_on_a_mark_chooses_and_another_what_lies_below(page: Any) -> None:
    mark = page.locator("#text .mark", has_text="130万吨").first
    mark.click()
    first = page.evaluate("page.current.type")
    mark.click()
    assert {first, page.evaluate("page.current.type")} == {"quantity", "quote"}


def test_lines_as_they_came_or_paragraphs(page: Any) -> None:
    assert page.locator(".line").count() == 5
    keys(page, "w")
    paragraphs = page.locator(".part.paragraph").all_inner_texts()
    assert any("去年产量达120万吨" in text for text in paragraphs)
    select(page, "去年产量达120万吨")
    start = TEXT.index("去年产")
    assert page.evaluate("page.textView.selected()") == [[start, start + 11]]


def test_filters_narrow_the_list(page: Any) -> None:
    every = page.locator(FACTS).count()
    page.locator(".filters summary").first.click()
    page.locator("#types .chip", has_text="quote").click()
    assert page.locator(FACTS).count() == 1
    page.click("#clear")
    page.select_option("#name", "罗明远")
    assert page.locator(FACTS).count() == 2
    page.click("#clear")
    page.locator("#confidence").evaluate("(n) => { n.value = 0.5; n.dispatchEvent(new Event('input')); }")
    assert page.locator(".row.found .unsure").count() == 0
    page.click("#clear")
    rule = page.evaluate("page.current.rule")
    page.select_option("#rule", rule)
    assert set(page.evaluate("page.view.map(e => e.rule)")) == {rule}
    page.locator("#list").focus()
    keys(page, "c")
    assert page.locator(FACTS).count() == every
    page.locator(FACTS, has_text="role").first.click()
    keys(page, "a")
    page.select_option("#decided", "accept")
    assert page.locator(FACTS).count() == 1
    page.select_option("#decided", "open")
    assert page.locator(FACTS).count() == every - 1 - page.evaluate("page.data.checks.length")
    page.click("#clear")
    page.locator("#layers .chip", has_text="Mentions").click()
    assert page.locator(FACTS).count() > every


def test_a_check_that_fails_stands_out(window: Any, site: Site) -> None:
    window.goto(site("青柏县水泥厂营业收入由40亿元增加到50亿元，增长20%。"))
    assert window.locator("#text .mark.failed").count() >= 1
    assert window.locator(".row .alarm").count() >= 1
    window.locator(".filters summary").first.click()
    window.select_option("#checks", "failed")
    window.locator(FACTS).first.click()
    assert "Check fails" in window.locator("#detail .wrong").first.inner_text()


def test_search_help_and_fields_leave_the_keys_alone(page: Any) -> None:
    keys(page, "/")
    page.keyboard.type("jax?")
    assert page.input_value("#search") == "jax?" and verdicts(page) == []
    keys(page, "Escape", "c", "?")
    assert page.locator("#help-box").is_visible()
    keys(page, "a")
    assert verdicts(page) == []
    keys(page, "Escape")
    assert page.locator("#help-box").is_hidden()


def test_counts_by_rule_are_of_what_is_listed(page: Any) -> None:
    page.locator("#rules summary").click()
    page.locator("#rule-rows tr").first.wait_for()
    counts = page.locator("#rule-rows tr td:nth-child(2)").all_inner_texts()
    assert sum(map(int, counts)) == page.evaluate("page.view.filter(e => e.rule).length")


def test_n_goes_to_the_next_that_is_not_judged(page: Any) -> None:
    keys(page, "a", "a", "k", "k", "n")
    assert not chosen(page).startswith("accepted")
    assert page.evaluate("page.view.indexOf(page.current)") == 2


def test_decisions_are_kept_and_brackets_turn_the_pages(window: Any, site: Site) -> None:
    window.goto(site(TEXT, TEXT + "完。\n"))
    keys(window, "a", "x")
    window.reload()
    assert verdicts(window) == ["accept", "reject"]
    keys(window, "]")
    window.wait_for_url("**/00002-d2.html")
    assert verdicts(window) == []
    keys(window, "[")
    window.wait_for_url("**/00001-d1.html")
    assert verdicts(window) == ["accept", "reject"]


def test_reviews_are_loaded_again_in_another_browser(page: Any, chromium: Any, tmp_path: Path) -> None:
    keys(page, "a", "x")
    saved = tmp_path / "reviews.jsonl"
    own = records(page)
    changed = {**own[0], "source": "0" * 64}
    other = {**own[1], "rules": "sha256:" + "0" * 64, "reviewer": "another"}
    stranger = {**changed, "doc": "elsewhere"}
    lines = [json.dumps(r, ensure_ascii=False) for r in (*own, changed, other, stranger)]
    saved.write_text("\n".join([*lines, "{no json", ""]), "utf-8")
    second = chromium.new_context().new_page()
    second.goto(page.url)
    second.set_input_files("#load", saved)
    second.locator("#say", has_text="loaded").wait_for()
    told = second.locator("#say").inner_text()
    assert "3 decisions loaded" in told and "text has changed" in told
    assert "1 of other documents" in told and "1 made under other rules" in told and "line 6" in told
    assert second.evaluate("page.reviews.records.map(r => r.verdict)") == ["accept", "reject", "reject"]
    second.set_input_files("#load", saved)
    second.locator("#say", has_text="0 decisions loaded").wait_for()
    second.context.close()


def test_decisions_on_what_is_not_found_now_are_told(page: Any, tmp_path: Path) -> None:
    keys(page, "a")
    gone = records(page)[0]
    gone["item"] = {**gone["item"], "spans": [[0, 1]]}
    (tmp_path / "reviews.jsonl").write_text(json.dumps(gone), "utf-8")
    assert page.locator("#lost").is_hidden()
    page.set_input_files("#load", tmp_path / "reviews.jsonl")
    page.locator("#lost", has_text="1 decision on items that are not found now").wait_for()


def test_a_browser_that_keeps_nothing_is_told_and_works(window: Any, site: Site) -> None:
    window.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }});"
    )
    window.goto(site(TEXT))
    assert "keeps nothing" in window.locator("#say").inner_text()
    keys(window, "a", "x")
    assert [r.verdict for r in downloaded(window)] == ["accept", "reject"]


def test_themes_follow_the_system_and_the_reader(page: Any) -> None:
    page.emulate_media(color_scheme="light")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("#theme")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == light != dark
    page.reload()
    assert page.locator("#theme").inner_text() == "Theme: light"


def test_the_index_searches_counts_and_knows_what_is_judged(window: Any, site: Site) -> None:
    window.goto(site(TEXT, "临江铁路全长68公里，总投资约85亿元。\n"))
    keys(window, "a", "a")
    window.click("#doc-index")
    window.locator("#rows tr").nth(1).wait_for()
    assert window.locator("#judged").inner_text().startswith("2 of ")
    assert window.locator("figure").count() == 4
    window.fill("#search", "水泥厂扩建")
    window.locator("#shown", has_text="1 document").wait_for()
    window.fill("#search", "")
    window.select_option("#type", "quote")
    assert window.locator("#rows tr").count() == 1
    with window.expect_download() as download:
        window.click("#save")
    assert len(Path(download.value.path()).read_bytes().splitlines()) == 2
