"""Views over the tables of an archive in a database: what users ask of it, in SQL that SQLite and DuckDB both read.

Sums are of DOUBLE, for databases have no decimals in common; the exact number stands as text in ``norm_value``.
"""

from __future__ import annotations

from collections.abc import Mapping

AMOUNT = "CAST({0}.norm_value AS DOUBLE)"

DIGITS = (
    "(length(quantity) - length(" + "replace(" * 10 + "quantity" + "".join(f", '{d}', '')" for d in range(10)) + "))"
)
"""How many digits the text of an amount has."""
WHOLE = "length(ltrim(value, '-'))"
LAST = f"""CASE WHEN instr(value, '.') > 0 THEN instr(value, '.') - length(value)
                     WHEN {DIGITS} = 0 THEN {WHOLE} - length(rtrim(ltrim(value, '-'), '0'))
                     WHEN {DIGITS} < {WHOLE} THEN {WHOLE} - {DIGITS} ELSE 0 END"""
"""The last place that an amount is told to, as a power of ten: 1.2 with a scale of 10000 is told to thousands."""
HALF = f"0.5 * CAST('1e' || ({LAST}) AS DOUBLE)"
"""Half of the last place: 3.5 is any amount from 3.45 to 3.55."""

VIEWS: Mapping[str, str] = {
    # Facts of articles that were not printed before, so that nothing is counted twice.
    "original_facts": """
        SELECT f.*
        FROM facts f LEFT JOIN reprints r ON r.number = f.number AND r.article = f.article
        WHERE r.number IS NULL""",
    # Every amount that is told of something, with its number to reckon with and who is quoted with it.
    "quantities": f"""
        SELECT f.number, f.doc, f.fact, f.published, f.subject, f.property, f.quantity, m.norm_kind AS kind,
               f.norm_value AS value, {AMOUNT.format("f")} AS amount, f.norm_low AS low, f.norm_high AS high,
               f.norm_unit AS unit, f.norm_modifier AS modifier, f.norm_time AS time, f.norm_per AS per,
               f.norm_change_role AS change_role, f.norm_change_direction AS change_direction,
               f.norm_change_basis AS change_basis, f.modality, f.polarity,
               coalesce(q.norm_speaker, q.speaker) AS speaker, f.sentence
        FROM original_facts f
        LEFT JOIN arguments a ON a.number = f.number AND a.fact = f.fact AND a.role = 'quantity'
        LEFT JOIN mentions m ON m.number = a.number AND m.mention = a.mention
        LEFT JOIN facts q ON q.number = f.number AND q.fact = f.quoted_in
        WHERE f.type = 'quantity'""",
    "money_by_speaker": """
        SELECT speaker, unit AS currency, count(*) AS amounts, count(DISTINCT number) AS documents,
               sum(amount) AS total, max(amount) AS largest
        FROM quantities
        WHERE kind = 'money' AND speaker IS NOT NULL
        GROUP BY speaker, unit
        ORDER BY amounts DESC, speaker, currency""",
    "roles_by_organisation": """
        SELECT org, person, title, norm_former AS former, count(DISTINCT number) AS documents
        FROM original_facts
        WHERE type = 'role' AND org IS NOT NULL
        GROUP BY org, person, title, norm_former
        ORDER BY org, documents DESC, person, title""",
    "failed_checks": """
        SELECT c.number, c.doc, d.title, c.rule, c.expected, c.actual, c.tolerance, c.facts
        FROM checks c JOIN documents d ON d.number = c.number
        WHERE NOT c.ok
        ORDER BY c.number, c.rule, c.facts""",
    # What is said of one thing at one time, with the bounds between which the words leave the amount (see `HALF`). A
    # name means the same in every document; what has none (the whole city, the company) does so in its own alone. A
    # sentence that gives one claim several values tells them of several things (respectively), and is left out.
    "claims": f"""
        WITH named AS (
            SELECT f.number, f.fact, min(CASE WHEN e.mention = a.mention THEN e.norm_name ELSE f.subject END) AS name
            FROM facts f
            JOIN arguments a ON a.number = f.number AND a.fact = f.fact AND a.role = 'subject'
            JOIN mentions e ON e.number = f.number AND e.type = 'entity' AND instr(f.subject, e.text) > 0
            WHERE f.type = 'quantity'
            GROUP BY f.number, f.fact),
        told AS (
            SELECT q.*, coalesce(n.name, q.subject) AS about,
                   CASE WHEN n.name IS NULL THEN q.number END AS within,
                   CASE WHEN q.modifier IN ('less_than', 'at_most') THEN -1e300
                        WHEN q.modifier IN ('nearly', 'approx') THEN amount - 0.1 * abs(amount)
                        WHEN amount IS NULL THEN CAST(low AS DOUBLE) ELSE amount - {HALF} END AS least,
                   CASE WHEN q.modifier IN ('more_than', 'at_least') THEN 1e300
                        WHEN q.modifier IN ('nearly', 'approx') THEN amount + 0.1 * abs(amount)
                        WHEN amount IS NULL THEN CAST(high AS DOUBLE) ELSE amount + {HALF} END AS most
            FROM quantities q LEFT JOIN named n ON n.number = q.number AND n.fact = q.fact
            WHERE q.subject IS NOT NULL AND q.time IS NOT NULL AND (q.property IS NOT NULL OR n.name IS NOT NULL)
                  AND q.polarity = 'affirmed' AND q.modality IN ('asserted', 'reported')),
        keyed AS (
            SELECT told.*, about || '|' || coalesce(property, '') || '|' || time || '|' || unit || '|'
                   || coalesce(kind, '') || '|' || coalesce(per, '') || '|' || coalesce(change_role, '') || '|'
                   || coalesce(change_direction, '') || '|' || coalesce(change_basis, '') || '|'
                   || coalesce(CAST(within AS VARCHAR), '') AS claim
            FROM told
            WHERE least IS NOT NULL AND most IS NOT NULL)
        SELECT k.*
        FROM keyed k
        JOIN (SELECT claim, number, sentence FROM keyed
              GROUP BY claim, number, sentence HAVING count(DISTINCT least) = 1) s
             ON s.claim = k.claim AND s.number = k.number AND s.sentence = k.sentence""",
    # Claims of which no one amount fits all that is said: each with where it stands.
    "claims_with_two_values": """
        SELECT claim, about, property, time, quantity, value, low, high, unit, modifier, speaker, number, doc, sentence
        FROM claims
        WHERE claim IN (SELECT claim FROM claims GROUP BY claim HAVING max(least) > min(most))
        ORDER BY claim, least, number""",
}
"""The views, in an order in which each stands on those before it."""


def view_statements() -> list[str]:
    """The statements that make the views."""
    return [f"CREATE VIEW {name} AS {query}" for name, query in VIEWS.items()]
