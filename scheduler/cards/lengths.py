"""Lengths as templates write them: small sums over named edges, such as "B - 9.6", instead of code a template."""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Mapping

from scheduler.domain.errors import CardRefused

_LONGEST = 200
_FARTHEST = 250.0
_OPERATORS: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_FUNCTIONS: Mapping[str, Callable[..., float]] = {"max": max, "min": min}
_Node = ast.expr

OTHER = "other"


class Length:
    """A length in u, one for each size or one for all; it may name edges (L, R, T, B) and earlier elements' results."""

    __slots__ = ("_by_size",)

    def __init__(self, value: object) -> None:
        """`value` is a number, a sum in words, or a table of these by size, with `other` for the rest.

        Raises ValueError when it is none of these.
        """
        table = value if isinstance(value, Mapping) else {OTHER: value}
        self._by_size = {str(size): (str(sum_), _parsed(sum_)) for size, sum_ in table.items()}

    def at(self, size: str, names: Mapping[str, float]) -> float:
        """The length at one size. Raises CardRefused when it uses a name that is not there."""
        words, tree = self._by_size.get(size) or self._by_size.get(OTHER) or ("", None)
        if tree is None:
            raise CardRefused(
                f"The template gives no length for the size {size}.", hint=f"Add `{size} = …` or `other = …`."
            )
        try:
            value = _value(tree, names)
        except KeyError as error:
            hint = f"Known here are {', '.join(sorted(names))}."
            raise CardRefused(f"The template's length “{words}” uses {error}, which is not there.", hint=hint) from None
        except (ZeroDivisionError, OverflowError):
            value = math.inf
        if not abs(value) <= _FARTHEST:
            hint = f"Lengths lie between -{_FARTHEST:g} and {_FARTHEST:g}."
            raise CardRefused(f"The template's length “{words[:_LONGEST]}” leads off the card.", hint=hint)
        return value


def _parsed(value: object) -> _Node:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError("a length is a number or a sum such as “B - 9.6”")
    words = str(value)
    if len(words) > _LONGEST:
        raise ValueError(f"a length is at most {_LONGEST} characters long")
    try:
        tree = ast.parse(words.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ValueError(f"“{words}” is not a sum") from None
    _require_sum(tree, words)
    return tree


def _require_sum(node: _Node, words: str) -> None:
    """Only numbers, names, + - * /, max and min: a template is data and can't run anything."""
    match node:
        case ast.Constant(value=int() | float()) | ast.Name() | ast.Attribute(value=ast.Name()):
            return
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            parts = [left, right]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            parts = [operand]
        case ast.Call(func=ast.Name(id=name), args=[_, *_] as parts, keywords=[]) if name in _FUNCTIONS:
            pass
        case _:
            raise ValueError(f"“{words}” is not a sum of numbers, names, max and min")
    for part in parts:
        _require_sum(part, words)


def _value(node: _Node, names: Mapping[str, float]) -> float:
    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.Name(id=name):
            return names[name]
        case ast.Attribute(value=ast.Name(id=name), attr=part):
            return names[f"{name}.{part}"]
        case ast.BinOp(left=left, op=op, right=right):
            return _OPERATORS[type(op)](_value(left, names), _value(right, names))
        case ast.UnaryOp(operand=operand):
            return -_value(operand, names)
        case ast.Call(func=ast.Name(id=name), args=arguments):
            values = [_value(argument, names) for argument in arguments]
            return _FUNCTIONS[name](values)
    raise AssertionError(node)  # pragma: no cover - _require_sum lets nothing else in
