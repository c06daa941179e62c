"""The other end of `children`: sets its own limits, runs the named functions, answers with JSON."""

from __future__ import annotations

import importlib
import resource
import sys
from collections.abc import Callable
from typing import Any, get_type_hints

from pydantic import TypeAdapter
from pydantic_core import from_json, to_json

from scheduler.domain.errors import QuotidianError

MIB = 1024 * 1024


def main() -> None:
    """Reads one request, writes one answer."""
    request = from_json(sys.stdin.buffer.read())
    _limit(**request["limits"])
    sys.stdout.buffer.write(to_json(_answer(request["functions"], request["argument"], unseen=request["unseen"])))


def _limit(*, cpu_seconds: int, memory_mib: int, file_mib: int, **_: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory_mib * MIB, memory_mib * MIB))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_mib * MIB, file_mib * MIB))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(functions: list[str], argument: object, *, unseen: int) -> dict[str, Any]:
    results = []
    try:
        value = argument
        for index, name in enumerate(functions):
            function = _function(name)
            value = function(_typed(function, value) if index == 0 else value)
            results.append(value)
    except QuotidianError as error:
        place = {"path": error.path, "line": error.line, "setting": error.setting, "retry_after": error.retry_after}
        return {"error": {"type": type(error).__name__, "message": error.message, "hint": error.hint, **place}}
    return {"results": results[unseen:]}


def _function(name: str) -> Callable[[Any], Any]:
    module, _, attribute = name.partition(":")
    function: Callable[[Any], Any] = getattr(importlib.import_module(module), attribute)
    return function


def _typed(function: Callable[[Any], Any], argument: object) -> object:
    parameter = next(hint for name, hint in get_type_hints(function).items() if name != "return")
    return TypeAdapter(parameter).validate_python(argument)
