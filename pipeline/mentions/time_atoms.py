"""The table of what each kind of atom adds to a point of time: the kind, written in the rules, names the function."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipeline.lexis.timeatoms import Atom
from pipeline.lexis.timenumbers import Numbers
from pipeline.mentions.time_days import (
    fill_day,
    fill_digits,
    fill_feast,
    fill_lunar,
    fill_lunar_day,
    fill_month_day,
    fill_part,
    fill_week,
    fill_week_of,
)
from pipeline.mentions.time_point import Point
from pipeline.mentions.time_story import Story
from pipeline.mentions.time_years import (
    fill_century,
    fill_decade,
    fill_edge,
    fill_first,
    fill_half,
    fill_month,
    fill_plan,
    fill_quarter,
    fill_season,
    fill_tail,
    fill_third,
    fill_year,
)

Fill = Callable[[Point, Atom, Story, Numbers], None]

FILL: Mapping[str, Fill] = {
    "year": fill_year,
    "half": fill_half,
    "quarter": fill_quarter,
    "season": fill_season,
    "month": fill_month,
    "first": fill_first,
    "third": fill_third,
    "day": fill_day,
    "digits": fill_digits,
    "month_day": fill_month_day,
    "lunar": fill_lunar,
    "lunar_day": fill_lunar_day,
    "feast": fill_feast,
    "week": fill_week,
    "weekday": fill_week,
    "week_of": fill_week_of,
    "decade": fill_decade,
    "century": fill_century,
    "plan": fill_plan,
    "part": fill_part,
    "edge": fill_edge,
    "tail": fill_tail,
}
