"""Forms of lines: what is asked often is compiled anew, and answers as before."""

from __future__ import annotations

import pytest

from pipeline.intake.forms import MOST_HAN, OFTEN, Form
from pipeline.intake.signs import signs_of
from pipeline.rulebook import load

LONG = [
    form
    for form in signs_of(load()).forms.of(("byline", "caption", "trailing", "run-in"))
    if form.pattern.source.count(r"\p{Han}") > MOST_HAN
]
TEXTS = (
    "□本报记者 周一帆 高远",
    "新桥夜景 本报记者 周一帆 摄",
    "（记者 周一帆）",
    "记者从会上获悉，新桥通车。",
    "文/图 何晴",
)


@pytest.mark.parametrize("form", LONG, ids=lambda form: form.pattern.id)
def test_a_form_that_is_asked_often_answers_as_before(form: Form) -> None:
    fresh = Form(form.pattern, form.role, form.kind, form.first, form.last, form.has, form.without, form.are_names)

    def answers() -> list[object]:
        return [m and (m.span(), m.groupdict()) for m in map(fresh.search, TEXTS)]

    before = answers()
    for _ in range(OFTEN):
        answers()
    assert answers() == before
