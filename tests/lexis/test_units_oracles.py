"""The factors of rules/units.tsv against published libraries: ucumvert reads the UCUM codes, pint the English names."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from pipeline.rulebook import Row, load

pint = pytest.importorskip("pint")
ucumvert = pytest.importorskip("ucumvert")
pytestmark = pytest.mark.filterwarnings("ignore")

UNITS = load().rows("units")
SIZED = [row for row in UNITS if row["factor"] is not None]
# SI units of the table as pint writes them
SI = {
    "Ohm": "ohm", "VA": "V * A", "var": "V * A", "Pa.s": "Pa * s", "N.m": "N * m", "m-1": "1 / m", "kg.m": "kg * m",
    "C/kg": "C / kg", "cd/m2": "cd / m ** 2", "m2": "m ** 2", "m3": "m ** 3", "m/s": "m / s", "m/s2": "m / s ** 2",
    "bit/s": "bit / s",
}  # fmt: skip
# Units that pint knows by an English name, where that is not the id; its plain ton, ounce and mil are others than ours.
NAMES = {
    "square-foot": "foot ** 2", "square-inch": "inch ** 2", "square-yard": "yard ** 2", "square-mile": "mile ** 2",
    "cubic-foot": "foot ** 3", "cubic-inch": "inch ** 3", "cubic-yard": "yard ** 3", "light-year": "light_year",
    "nautical-mile": "nautical_mile", "astronomical-unit": "astronomical_unit",
    "tonne": "metric_ton", "short-ton": "short_ton", "long-ton": "long_ton",
    "ounce": "troy_ounce", "av-ounce": "ounce", "fluid-ounce": "fluid_ounce", "imperial-gallon": "imperial_gallon",
    "horsepower": "metric_horsepower", "mmhg": "mmHg", "water-column.cm": "cmH2O", "atmosphere": "atm",
    "technical-atmosphere": "technical_atmosphere", "kilogram-force": "force_kilogram",
    "tonne-force": "force_metric_ton", "pound-force": "pound_force", "oil-equivalent": "toe", "tnt": "ton_TNT",
    "refrigeration-ton": "refrigeration_ton", "british-thermal-unit": "Btu_it",
    "calorie": "thermochemical_calorie",
    "rad": "rads", "electronvolt": "electron_volt", "knot": "knot",
}  # fmt: skip
PLAIN = (
    "kilometre metre mile foot inch yard angstrom hectare litre gallon pint quart bushel gram pound carat stone grain "
    "dalton watt joule erg volt ampere coulomb farad weber ohm hertz pascal psi bar torr newton dyne lumen lux "
    "becquerel curie sievert gray rem roentgen mole bit byte rankine kelvin radian steradian"
).split()


@pytest.fixture(scope="module")
def registry() -> Any:
    return ucumvert.PintUcumRegistry()


def base(registry: Any, unit: str) -> Any:
    """One of ``unit`` above none of it, in pint's base units."""
    return registry.Quantity(1, unit).to_base_units() - registry.Quantity(0, unit).to_base_units()


def expected(registry: Any, row: Row) -> float:
    return float(row["factor"]) * float(base(registry, SI.get(row["si"] or "s", row["si"] or "s")).magnitude)


def ucum(row: Row) -> str:
    return str(row["ucum"] or row["code"])


@pytest.mark.parametrize("row", [r for r in SIZED if ucum(r) != "-"], ids=lambda r: r.id)
def test_the_ucum_code_has_this_size(row: Row, registry: Any) -> None:
    one = base(registry, str(registry.from_ucum(ucum(row)).units))
    # ucumvert multiplies floats
    size = float(registry.from_ucum(ucum(row)).magnitude) if row["offset"] is None else 1.0
    assert float(one.magnitude) * size == pytest.approx(expected(registry, row), rel=1e-9)
    if row["si"] not in (None, "Bq"):  # pint counts decays
        assert one.dimensionality == base(registry, SI.get(row["si"], row["si"])).dimensionality


@pytest.mark.parametrize("name", [*NAMES, *PLAIN])
def test_the_english_name_has_this_size(name: str, registry: Any) -> None:
    row = next(r for r in UNITS if r.id.endswith(f".{name}"))
    found = base(registry, NAMES.get(name, name))
    assert float(found.magnitude) == pytest.approx(expected(registry, row), rel=1e-6)


@pytest.mark.parametrize("row", [r for r in UNITS if r["ucum"] == "-" and r["code"] != "mu"], ids=lambda r: r.id)
def test_a_code_that_is_none_of_ucum_is_not_read_as_one(row: Row, registry: Any) -> None:
    # but mu, which is 亩 to our readers and a milli-dalton to UCUM
    with pytest.raises(ucumvert.InvalidUcumError):
        registry.from_ucum(row["code"])


def test_breadth() -> None:
    spellings = {word for row in SIZED if row["role"] != "period" for word in row["words"]}
    assert len(spellings) >= 250
    assert len({row["dimension"] for row in SIZED}) >= 25
    assert all(isinstance(row["factor"], Fraction) for row in SIZED)
