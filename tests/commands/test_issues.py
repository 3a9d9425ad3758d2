"""What is told of documents that were worked all the same."""

from __future__ import annotations

import pytest

from pipeline.chain import extract
from pipeline.commands.issues import NAMED, Issues

OPEN = "滨江新桥昨天上午通车，全长一千二百米。\n" * 3 + "桥面有双向六车道，市民步行过\n"


@pytest.mark.parametrize(("quiet", "verbose", "told"), [(False, 0, NAMED + 1), (False, 1, NAMED + 9), (True, 0, 0)])
def test_issues_of_so_many_documents_are_told(
    quiet: bool, verbose: int, told: int, capsys: pytest.CaptureFixture[str]
) -> None:
    document, issues = extract(OPEN), Issues(quiet, verbose)
    for _ in range(NAMED + 9):
        issues.tell(document)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == told
    assert not told or "breaks off" in lines[0] and ("more documents" in lines[-1]) == (not verbose)
