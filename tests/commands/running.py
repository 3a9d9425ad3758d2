"""What a command did, for the tests of commands."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

TEXT = "全市新建公园12个，总面积3.6万平方米。昨天，园林局局长周启明说，明年再建8个。\n"


@dataclass(frozen=True)
class Done:
    code: int
    out: bytes
    err: str

    @property
    def documents(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.decode("utf-8").splitlines()]

    @property
    def told(self) -> list[str]:
        return self.err.splitlines()


Run = Callable[..., Done]
