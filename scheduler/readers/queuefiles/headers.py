"""What people call the columns of a table of posts, in four languages and in the bulk uploads of other programs.

Sources: the help pages of Buffer, Hootsuite, SocialBee, Publer, Sprout Social and Later about bulk uploads.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum


class Field(StrEnum):
    """What a column holds."""

    ID = "id"
    TEXT = "text"
    CHANNELS = "channels"
    WHEN = "when"
    TIME = "time"
    CAMPAIGN = "campaign"
    LINK = "link"
    PICTURE = "picture"
    TEMPLATE = "template"
    ALT_TEXT = "alt_text"
    HASHTAGS = "hashtags"
    CATEGORY = "category"
    EXPIRES = "expires"
    LATE = "late"
    EVERGREEN = "evergreen"
    VIDEO = "video"


# One line a language where it differs; the first word is the one that the documentation uses.
ALIASES: Mapping[Field, tuple[str, ...]] = {
    Field.ID: ("id", "post id", "row id", "key", "nummer", "numéro", "número", "kennung", "identifiant"),
    Field.TEXT: (
        *("text", "message", "content", "caption", "post", "copy", "post text", "post content", "message text"),
        *("post copy", "body", "tweet", "update", "status", "post caption", "captions"),
        *("nachricht", "beitrag", "inhalt", "beitragstext", "texte", "contenu", "légende", "publication"),
        *("texto", "mensaje", "contenido", "publicación", "leyenda"),
    ),
    Field.CHANNELS: (
        *("channels", "channel", "profile", "profiles", "account", "accounts", "network", "networks", "platform"),
        *("platforms", "social network", "social networks", "social account", "social profile", "social profiles"),
        *("kanal", "kanäle", "konto", "konten", "netzwerk", "netzwerke", "plattform", "canal", "canaux", "compte"),
        *("comptes", "réseau", "réseaux", "canales", "cuenta", "cuentas", "red", "redes", "red social"),
    ),
    Field.WHEN: (
        *("when", "date", "date time", "date and time", "datetime", "posting time", "post time", "publish date"),
        *("publish at", "publish time", "published at", "scheduled at", "scheduled for", "scheduled date"),
        *("scheduled time", "schedule", "schedule date", "schedule time", "post at", "post at specific time"),
        *("post date", "posting date", "send at", "day", "scheduled date and time", "date time scheduled"),
        *("wann", "datum", "termin", "zeitpunkt", "datum und uhrzeit", "datum uhrzeit", "veröffentlichung"),
        *("veröffentlichungsdatum", "quand", "date et heure", "date heure", "date de publication", "jour"),
        *("cuándo", "fecha", "fecha y hora", "fecha hora", "fecha de publicación", "día"),
    ),
    Field.TIME: (*("time", "time 24hr", "time 24h", "time of day", "hour", "uhrzeit", "zeit", "heure", "hora"),),
    Field.CAMPAIGN: ("campaign", "campaign name", "kampagne", "campagne", "campaña"),
    Field.LINK: (
        *("link", "links", "url", "urls", "link url", "website", "landing page", "destination", "destination url"),
        *("web link", "webseite", "adresse", "lien", "liens", "enlace", "enlaces", "vínculo"),
    ),
    Field.PICTURE: (
        *("picture", "pictures", "image", "images", "image url", "image urls", "photo", "photos", "photo url"),
        *("media", "media url", "media urls", "picture url", "image link", "image file", "media file"),
        *("bild", "bilder", "foto", "bilddatei", "bild url", "imágen", "imagen", "imágenes", "medios"),
    ),
    Field.TEMPLATE: (
        *("template", "card template", "card", "quote card", "vorlage", "karte", "kartenvorlage", "modèle"),
        *("gabarit", "plantilla", "tarjeta"),
    ),
    Field.ALT_TEXT: (
        *("alt text", "alt texts", "alt", "alternative text", "alttext", "image description", "picture description"),
        *("alternativtext", "bildbeschreibung", "texte alternatif", "texto alternativo", "descripción de la imagen"),
    ),
    Field.HASHTAGS: ("hashtags", "hashtag", "hash tags", "mots dièse", "mots clics"),
    Field.CATEGORY: (
        *("category", "categories", "label", "labels", "tag", "tags", "bucket", "content category", "queue"),
        *("kategorie", "rubrik", "thema", "catégorie", "rubrique", "étiquettes", "categoría", "etiquetas"),
    ),
    Field.EXPIRES: (
        *("expires", "expiry", "expiry date", "expiration", "expiration date", "expires at", "expires on", "expire"),
        *("valid until", "end date", "expire at", "gültig bis", "läuft ab", "ablauf", "ablaufdatum", "bis"),
        *("expire le", "valable jusqu au", "date d expiration", "caduca", "caducidad", "fecha de caducidad"),
        *("válido hasta",),
    ),
    Field.LATE: (
        *("late", "if late", "when late", "if missed", "late rule", "bei verspätung", "verspätung", "en retard"),
        *("si en retard", "con retraso", "si se retrasa"),
    ),
    Field.EVERGREEN: ("evergreen", "recycle", "requeue"),
    Field.VIDEO: (*("video", "videos", "video url", "video urls", "gif", "gifs", "gif url", "gif urls", "reel"),),
}

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LONGEST = 120


def plain(header: str) -> str:
    """A header as it is compared, without case, accents, asides and signs: `postAtTime (UTC)` is `post at time`."""
    words = _CAMEL.sub(" ", _ASIDE.sub(" ", header[:_LONGEST].partition(" - ")[0]))
    letters = unicodedata.normalize("NFKD", words.casefold())
    return " ".join(re.findall(r"[^\W_]+", "".join(one for one in letters if not unicodedata.combining(one))))


_BY_NAME = {plain(alias): field for field, aliases in ALIASES.items() for alias in aliases}


def field_of(header: str) -> Field | None:
    """What a column of this name holds; None for a name that nobody told us."""
    return _BY_NAME.get(plain(header))
