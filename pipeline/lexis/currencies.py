"""Which currency a name means that several share (比索, 卢比): the place that the paragraph names nearest decides."""

from __future__ import annotations

from pipeline.rulebook import Rulebook

REACH = 200
"""Characters that are looked through on each side for a place."""


class Homes:
    """The shared names with the places of their currencies. Get it by `homes`."""

    def __init__(self, rules: Rulebook) -> None:
        """Reads the columns ``shared`` and ``places`` of the table ``currencies``."""
        self.names: dict[str, str] = {}
        """The shared names with the code that stands where no place is named: of the first row that has the name."""
        self._places: dict[str, list[tuple[str, str]]] = {}
        for row in rules.rows("currencies"):
            for name in row["shared"] or ():
                self.names.setdefault(name, row["code"])
                self._places.setdefault(name, []).extend((place, row["code"]) for place in row["places"] or ())

    def code(self, name: str, text: str, start: int) -> str:
        """The code that ``name`` behind the number at ``start`` stands for.

        The nearest place before the number, in its paragraph; else the nearest behind it; else the name's own code.
        """
        low = max(0, start - REACH, text.rfind("\n", 0, start) + 1)
        places = self._places[name]
        at, code = max((text.rfind(place, low, start), code) for place, code in places)
        if at >= 0:
            return code
        high = text.find("\n", start, start + REACH)
        high = start + REACH if high < 0 else high
        behind = [(at, code) for place, code in places if (at := text.find(place, start, high)) >= 0]
        return min(behind)[1] if behind else self.names[name]


def homes(rules: Rulebook) -> Homes:
    """The shared names of ``rules``, made once."""
    return rules.once(Homes, Homes)
