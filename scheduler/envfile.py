"""settings.env as a file: its lines are checked, its keys kept from others, and values written among what is there."""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from io import StringIO
from pathlib import Path
from stat import S_IMODE

from dotenv.parser import Binding, parse_stream

from scheduler.domain.errors import SettingsUnusable

OWNER_ONLY = 0o600
OTHERS = 0o077
REMARKED = re.compile(r"((?:\w*__OPTIONS__\w+|NOTIFY|DASHBOARD_PASSWORD)[ \t]*=).*", re.IGNORECASE)
BEHIND = re.compile(
    r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|(?!['"])(?:(?!\s#)[^\n])*)(\s+\#[^\r\n]*)?$""", re.DOTALL
)
"""A value, in quotes or without, and a remark."""
NEEDS_NO_QUOTES = re.compile(r"[^\s'\"#$\\]+")


def check(file: Path) -> None:
    """Raises SettingsUnusable for a line that sets nothing, and for keys of accounts that others can read."""
    bindings = list(parse_stream(StringIO(_text(file))))
    for binding in bindings:
        if binding.error or (binding.key and binding.value is None):
            # The line is not shown, as it may hold a secret.
            line = binding.original.line + _lead(binding).count("\n")
            hint = "Write KEY=value, or # at the beginning of a remark."
            raise SettingsUnusable("This line sets nothing.", hint=hint, path=str(file), line=line)
    if file.stat().st_mode & OTHERS and any(map(_is_secret, bindings)):
        words = "The file holds keys of accounts or addresses of notices, and other users of this machine can read it."
        raise SettingsUnusable(words, hint=f"chmod 600 {file.name}", path=str(file))


def _is_secret(binding: Binding) -> bool:
    key = (binding.key or "").upper()
    return "__OPTIONS" in key or (key in ("NOTIFY", "DASHBOARD_PASSWORD") and bool(binding.value))


def without_secrets(data: bytes) -> bytes:
    """The same settings without keys of accounts, passwords and addresses of notices, also in remarks."""
    lines = []
    for binding in parse_stream(StringIO(data.decode("utf-8-sig"))):
        if binding.key and _is_secret(binding):
            lines.append(f"{_lead(binding)}# {binding.key}=\n")
        else:
            lines.append(binding.original.string if binding.key else REMARKED.sub(r"\1", binding.original.string))
    return "".join(lines).encode()


def put(file: Path, values: Mapping[str, str], *, prove: Callable[[Path], None]) -> None:
    """Sets values, by their keys; other lines and remarks stay, and so do the file's rights, but that nobody except the
    owner can read one with secrets. Who else would write meanwhile waits.

    `prove` looks at the new file before it takes the place of the old one, and raises where it isn't as it should be.
    """
    file = file.resolve()
    try:
        with _alone_with(file):
            _replace(file, _with(_text(file), values), prove)
    except OSError as error:
        raise SettingsUnusable(
            f"The file can't be written: {error.strerror}.", hint="Type it as the file's owner.", path=str(file)
        ) from None


@contextmanager
def _alone_with(file: Path) -> Iterator[None]:
    """The lock is on the file itself, in whose place another one may be once we have it."""
    while True:
        with file.open("rb") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            if os.path.samestat(os.fstat(held.fileno()), file.stat()):
                yield
                return


def _replace(file: Path, text: str, prove: Callable[[Path], None]) -> None:
    part, owner = file.with_name(f".{file.name}.part"), file.stat()
    part.unlink(missing_ok=True)
    has_secrets = any(map(_is_secret, parse_stream(StringIO(text))))
    with ExitStack() as undo:
        undo.callback(part.unlink, missing_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb") as new:
            os.fchown(new.fileno(), owner.st_uid, owner.st_gid)
            os.fchmod(new.fileno(), S_IMODE(owner.st_mode) & (~OTHERS if has_secrets else ~0))
            new.write(text.encode())
            new.flush()
            os.fsync(new.fileno())
        prove(part)
        part.replace(file)
        # The next one may write now: a part of this name is theirs.
        undo.pop_all()


def _with(text: str, values: Mapping[str, str]) -> str:
    lines = {key: f"{key}={_quoted(value)}" for key, value in values.items()}
    new = dict(lines)
    parts = []
    for binding in parse_stream(StringIO(text)):
        key = (binding.key or "").upper()
        new.pop(key, None)
        kept = binding.original.string
        parts.append(f"{_lead(binding)}{lines[key]}{_remark(kept)}\n" if key in lines else kept)
    if new and parts and not parts[-1].endswith("\n"):
        parts.append("\n")
    return "".join([*parts, *(f"{line}\n" for line in new.values())])


def _quoted(value: str) -> str:
    if NEEDS_NO_QUOTES.fullmatch(value):
        return value
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _remark(line: str) -> str:
    """What stands behind a value, with the blanks before it."""
    found = BEHIND.match(line.partition("=")[2].strip())
    return (found[1] or "") if found else ""


def _lead(binding: Binding) -> str:
    """Empty lines, which the parser counts to the line that follows them."""
    text = binding.original.string
    return text[: len(text) - len(text.lstrip())]


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8-sig")
