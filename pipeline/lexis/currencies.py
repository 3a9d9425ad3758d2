"""Which currency a name means that several share (比索, 卢比, 元): places and other money named near it decide."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from pipeline.lexis.amounthit import AmountHit
from pipeline.rulebook import Rulebook

REACH = 200
"""Characters that are looked through on each side for a place."""


class Homes:
    """The shared names with the places of their currencies. Get it by `homes`."""

    def __init__(self, rules: Rulebook) -> None:
        """Reads the columns ``shared``, ``places`` and ``local`` of the table ``currencies``."""
        self.names: dict[str, str] = {}
        """The shared names with the code that stands where no place is named: of the first row that has the name."""
        self._places: dict[str, list[tuple[str, str]]] = {}
        rows = rules.rows("currencies")
        self._yuan: str = rows[0]["code"]
        self._own: Sequence[str] = rows[0]["marks"] or ()
        self._local = [(word, row["code"]) for row in rows for word in row["local"] or ()]
        for row in rows:
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

    def settled(self, text: str, hits: list[AmountHit]) -> list[AmountHit]:
        """The amounts of ``text`` with 元 as the currency that it names elsewhere: 营收新台币90亿元，每股盈余3.5元.

        Where it names the yuan too, each stays what it says.
        """
        for word, code in self._local:
            if word in text and not any(own in text for own in self._own):
                return [self._as(hit, code) for hit in hits]
        return hits

    def _as(self, hit: AmountHit, code: str) -> AmountHit:
        """``hit`` in the currency ``code`` where it is in yuan."""
        if hit.kind != "money" or not hit.unit.startswith(self._yuan):
            return hit
        return replace(hit, unit=code + hit.unit[len(self._yuan) :])


def homes(rules: Rulebook) -> Homes:
    """The shared names of ``rules``, made once."""
    return rules.once(Homes, Homes)
