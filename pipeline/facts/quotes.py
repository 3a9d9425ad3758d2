"""Quote facts: who said what. The verbs stand in rules/quote_cues.tsv, the wording in rules/facts_quotes.toml."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from pipeline.core.model import Argument, Fact
from pipeline.core.trace import Trace
from pipeline.facts.quotes_content import Content, Utterance, content_of, quotation_before
from pipeline.facts.quotes_cues import Cue, Marks, QuoteWords, cues_of, words_of
from pipeline.facts.quotes_phrases import Speaker, are_writers
from pipeline.facts.quotes_speakers import document_of, speaker_of
from pipeline.facts.roles_orgs import OrgWords, company_meant, org_words
from pipeline.facts.scene import Scene, argument
from pipeline.rulebook import Rulebook

SOURCE = "source"
"""What verbs of reporting need before them."""
REPORT, VERB = "report", "v"
"""What words of news need before them, and the part of speech of verbs."""
DEMAND, LEADING = "demand", ("v", "p")
"""What verbs of demanding need, and parts of speech that make it no demand of the speaker's: 符合|监管部门要求."""


def quotes_in(scenes: Sequence[Scene], roles: Sequence[Sequence[Fact]], rules: Rulebook) -> list[list[Fact]]:
    """The quote facts of each of ``scenes``, in order: speaker, verb and what is attributed, without outer marks.

    Reads ``tokens``, ``sentences``, ``entities`` and ``times``; ``roles`` tell persons that no name stage found. A
    statement inside another's quotation gives no fact of its own, unless that is a report; ``norm["resolved_from"]`` is
    the pronoun that stood for the speaker.

    Step by step over all the scenes, not scene by scene: one step's code and tables stay in the cache.
    """
    words = words_of(rules)
    spoken = [n for n, scene in enumerate(scenes) if scene.hits.verbs]
    for n in spoken:
        if roles[n]:
            scenes[n].hold([role.args["person"].pieces[0] for role in roles[n]])
    cues = {n: found for n in spoken if (found := cues_of(scenes[n], words))}
    marks = [Marks(scenes[n].folded, words) for n in cues]
    said = [_utterances(scenes[n], cues[n], m, words, rules) for n, m in zip(cues, marks, strict=True)]
    out: list[list[Fact]] = [[] for _ in scenes]
    for n, m, told in zip(cues, marks, said, strict=True):
        out[n] = _facts(scenes[n], told, m, words, rules)
    return out


def _facts(scene: Scene, said: Sequence[Utterance], marks: Marks, words: QuoteWords, rules: Rulebook) -> list[Fact]:
    """The facts of what is said, without what is said within another's quotation; but a medium's report tells who said
    it: 据某报报道，何苗表示，…"""
    out: list[Fact] = []
    over = 0
    stops = sorted([one.start for one in said])
    for one in said:
        if one.start < over and one.cue.start < over:
            continue
        if one.before and one.before[0] < over:
            # The quotation before is what somebody else said.
            one = replace(one, before=None, start=min(one.speaker.clause, one.cue.start))
        content = content_of(scene, one, marks, words, stops)
        if content is not None:
            out.append(_fact(scene, one, content, org_words(rules)))
            if one.cue.verb.needs not in (SOURCE, REPORT):
                over = content.end
            if rules.trace is not None:
                _note(rules.trace, out[-1], one)
        else:
            _turned_away(rules, one.cue, "nothing that was said stands beside it")
    return out


def _note(trace: Trace, fact: Fact, said: Utterance) -> None:
    cue, speaker = said.cue, said.speaker
    trace.begin()
    trace.step("cue", cue.start, cue.end, cue.wording.rule.id, cue.verb.row.id)
    trace.step("speaker", speaker.start, speaker.end, str(fact.norm["speaker"]))
    if speaker.pronoun:
        trace.step("pronoun", *speaker.pronoun, str(fact.norm["speaker"]))
    at = fact.args["content"].pieces[0]
    trace.keep("fact.quote", *at, reach=None)


def _turned_away(rules: Rulebook, cue: Cue, why: str) -> None:
    if rules.trace is not None:
        rules.trace.reject("fact.quote", cue.start, cue.end, why, cue.verb.row.id, cue.wording.rule.id)


def _utterances(scene: Scene, cues: list[Cue], marks: Marks, words: QuoteWords, rules: Rulebook) -> list[Utterance]:
    out: list[Utterance] = []
    last: Speaker | None = None
    for cue in cues:
        if marks.holding(cue.start) is not None:
            continue
        speaker = speaker_of(scene, cue, words, last, rules)
        if speaker is None or speaker.carried or scene.folded[speaker.start : cue.start] in words.sets["pointers"]:
            cue, speaker = document_of(scene, cue, words) or (cue, speaker)
        if speaker is None or not _fits(scene, cue, speaker, words):
            _turned_away(rules, cue, "nobody stands there who could have said it")
            continue
        before = quotation_before(scene, speaker.clause, marks, words) if cue.verb.after else None
        if before is None and cue.wording.reach == "none":
            _turned_away(rules, cue, "nothing that was said stands beside it")
            continue
        out.append(Utterance(cue, speaker, before, before[0] if before else min(speaker.clause, cue.start)))
        last = speaker
    return out


def _fits(scene: Scene, cue: Cue, speaker: Speaker, words: QuoteWords) -> bool:
    """Whether the cue takes this speaker: 报道 a source (据…报道), 预计 and 消息 somebody with a name."""
    needs = cue.verb.needs
    if cue.verb.writers and are_writers(scene, speaker, words):
        return True
    if cue.wording.bare and not (speaker.name or speaker.pronoun or speaker.end in scene.holders):
        # 在一定程度上与一些国家过分强调…有关: nobody who could speak
        text = scene.folded[speaker.start : speaker.end]
        if text not in words.sets["pronouns"] and words.speakers.search(text) is None:
            return False
    if needs == "mark" and cue.wording.reach != "none" and scene.folded[cue.after : cue.after + 1] not in words.open:
        return speaker.sourced or scene.folded.startswith(words.starts["sources"], speaker.clause)
    if needs == "issuer" and scene.folded.endswith(words.starts["issued"], speaker.start, speaker.end):
        return False  # 审查结果公布，…: what is made public tells nothing itself
    if needs == SOURCE:
        # 记者何苗报道： is a byline
        named = speaker.name is not None and speaker.name.label == "ORG"
        telling = words.starts["authorities"] + words.starts["reports"]
        return speaker.sourced or named or scene.folded.endswith(telling, speaker.start, speaker.end)
    if needs == DEMAND:
        return _demands(scene, speaker, words)
    if needs == "speaker" and speaker.name is None and not speaker.pronoun:
        # 意见建议，整理介绍: nouns as well, unless those who can speak stand before them
        text = scene.folded[speaker.start : speaker.end]
        inside = scene.entities(speaker.start, speaker.end)
        held = speaker.end in scene.holders
        return held or bool(inside) or text in words.sets["pronouns"] or words.speakers.search(text) is not None
    if needs in ("name", REPORT):
        return _is_named(scene, cue, speaker, words)
    return not speaker.carried or cue.verb.carries


def _is_named(scene: Scene, cue: Cue, speaker: Speaker, words: QuoteWords) -> bool:
    """Whether somebody with a name foretells or has news, one pointed to (该行预计), or before a sign those who speak:
    业内人士预计，…; 据云岭警方消息，…"""
    if speaker.carried:
        return False
    name = speaker.name or scene.begins.get(speaker.start)
    text = scene.folded[speaker.start : speaker.end]
    if name is not None and name.label in ("ORG", "PER") or text.startswith(words.starts["pointers"]):
        return True
    if cue.wording.bare or cue.verb.needs == REPORT and not speaker.sourced:
        return False
    acts = any(scene.tags[i] == VERB for i in scene.tokens(speaker.start, speaker.end))
    return not acts and words.speakers.search(text) is not None


def _demands(scene: Scene, speaker: Speaker, words: QuoteWords) -> bool:
    """Whether the speaker, who may demand something, is the subject of its clause."""
    if speaker.sourced or speaker.carried:
        return False
    subject = speaker.start if speaker.name is not None else speaker.end
    leading = scene.tokens(speaker.clause, subject) if speaker.clause < subject else ()
    if any(scene.tags[i] in LEADING for i in leading):
        return False
    return speaker.name is not None or words.speakers.search(scene.folded[speaker.start : speaker.end]) is not None


def _fact(scene: Scene, said: Utterance, content: Content, orgs: OrgWords) -> Fact:
    speaker = said.speaker
    args = {
        "speaker": argument(speaker.start, speaker.end),
        "cue": argument(said.cue.start, said.cue.end),
        "content": Argument(content.pieces),
    }
    name, pronoun = _named(scene, speaker, orgs)
    norm = {"kind": content.kind, "speaker": name, "resolved_from": pronoun}
    return Fact("quote", args, norm, scene.sentence(said.cue.start), said.cue.wording.rule.id, "0.85")


def _named(scene: Scene, speaker: Speaker, orgs: OrgWords) -> tuple[str, str | None]:
    """The name of ``speaker``, and the pronoun or the kind (公司) that stood for it."""
    text = scene.view.text
    said = text[speaker.start : speaker.end]
    if speaker.meant is not None:
        name = scene.ends.get(speaker.meant[1])
        return (name.norm.name if name is not None else text[slice(*speaker.meant)]), said
    if speaker.name is not None and speaker.name.start <= speaker.start:
        return speaker.name.norm.name, text[speaker.pronoun[0] : speaker.pronoun[1]] if speaker.pronoun else None
    meant = (
        company_meant(scene, speaker.start, orgs) if scene.folded[speaker.start : speaker.end] in orgs.kinds else None
    )
    if meant is not None:
        return scene.begins[meant.start].norm.name, said
    return said, text[speaker.pronoun[0] : speaker.pronoun[1]] if speaker.pronoun else None
