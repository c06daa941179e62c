"""The settings as a person sees them: every key with its default and meaning, and the example file made of them."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import SecretStr

from scheduler.settings.schema import PREFIX, ChannelSettings, Settings

FILE = "settings.env"


def described() -> Iterator[tuple[str, str, str]]:
    """Every key of settings.env with its default as written there and its one-line meaning."""
    for name, field in Settings.model_fields.items():
        default = field.default
        if name == "channels":
            for inner, inner_field in ChannelSettings.model_fields.items():
                if inner != "options":
                    yield (
                        f"CHANNELS__FOLDER__{inner.upper()}",
                        _written(inner_field.default),
                        inner_field.description or "",
                    )
        elif isinstance(default, dict):
            for key, value in default.items():
                yield f"{name.upper()}__{key.upper()}", str(value), field.description or ""
        else:
            yield name.upper(), _written(default), field.description or ""


def _written(default: object) -> str:
    if default is None:
        return ""
    if isinstance(default, SecretStr):
        return default.get_secret_value()
    return ", ".join(default) if isinstance(default, tuple) else str(default)


def example() -> str:
    """The text of settings.env.example."""
    head = (
        "# Quotidian's settings. Every line shows its default; change what you need.\n"
        f"# A variable of the environment with {PREFIX} before the name wins over this file.\n"
    )
    return head + "".join(f"\n# {meaning}\n{key}={value}\n" for key, value, meaning in described())
