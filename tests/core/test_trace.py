"""The trace: steps of what is kept, reasons of what is not."""

from pipeline.core.trace import Drop, Step, Trace


def test_steps_go_to_the_candidate_that_was_looked_at():
    trace = Trace()
    trace.begin()
    trace.step("unit", 2, 3, "km", "unit.length.kilometre")
    trace.begin()
    trace.step("number", 5, 7, "12")
    trace.keep("quantity", 5, 8)
    assert trace.taken().steps == {("quantity", 5, 8): (Step("number", 5, 7, "12"),)}


def test_steps_beside_the_candidate_are_kept_within_reach():
    for reach, kept in ((0, ["in"]), (3, ["near", "in"]), (None, ["far", "near", "in"])):
        trace = Trace()
        for what, start in (("far", 0), ("near", 8), ("in", 10)):
            trace.step(what, start, start + 1, "")
        trace.keep("time", 10, 12, reach)
        assert [s.what for s in trace.taken().steps["time", 10, 12]] == kept


def test_the_first_reason_stands_and_is_gone_with_its_candidate():
    trace = Trace()
    trace.why("a road", "quantity.block.road")
    trace.why("no unit")
    trace.reject("quantity", 1, 3)
    trace.reject("quantity", 4, 6)
    assert trace.taken().drops == (
        Drop("quantity", 1, 3, "a road", by="quantity.block.road"),
        Drop("quantity", 4, 6, ""),
    )


def test_a_loser_takes_its_steps_along():
    trace = Trace()
    trace.step("number", 0, 2, "15")
    trace.keep("quantity", 0, 2)
    winner = (("time", 0, 4), "time.date.day")
    trace.lose("quantity", (0, 2), "quantity.count", winner, "longer")
    (drop,) = trace.taken().drops
    assert drop.against == winner and drop.steps == (Step("number", 0, 2, "15"),)
    assert trace.taken().drops == ()
