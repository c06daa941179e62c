"""What stays on one line though a space divides it: names and titles, numbers and units, dates, the last two words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from scheduler.cards.smallwords import small_words
from scheduler.cards.typography import NO_BREAK
from scheduler.cards.units import UNITS

_LONGEST_BOUND_ENDING = 24
_LONGEST_COUNTED = 10
_MARKS = "“„«‘([¿¡»‚"

_ABBREVIATED_TITLES = (
    r"(?:Drs?|Mrs?|Ms|Mx|Prof|Profa|St|Rev|Sr|Sra|Srta|Dra|Dña|Hon|Capt|Lt|Col|Hr|Fr|Dipl|Ing|Mag|med|jur|Sig"
    r"|Dott|Avv|dhr|mevr|drs|mgr|inż|hab|dr|prof|ing|проф|акад|им|д-р|г-н|г-жа|κ|e\.g|i\.e|vs|bzw|vgl|ca)\."
)
# Titles without a stop, before a capital letter.
_TITLES: Mapping[str, str] = {
    "en": "Doctor Professor Nurse Dr Mr Mrs Ms Mx Prof Saint Sir Dame",
    "de": "Herr Herrn Frau Doktor Professor Professorin Schwester Dr Prof",
    "fr": "M Mme Mlle Dr Pr Me Monsieur Madame Docteur Docteure Maître Professeur Professeure Saint Sainte",
    "es": "Don Doña Doctor Doctora Señor Señora Profesor Profesora San Santa",
    "it": "Signor Signora Dottor Dottoressa Professor Professoressa San Santa",
    "pt": "Dom Dona Doutor Doutora Senhor Senhora Professor Professora São Santa",
    "nl": "Meneer Mevrouw Dokter Doctor Professor",
    "pl": "pan pani Pan Pani Pana Panią dr mgr doktor profesor",
    "ru": "доктор Доктор профессор Профессор господин госпожа г-н г-жа д-р",
    "sv": "Herr Fru Doktor Professor Dr",
    "da": "Hr Fru Doktor Professor Dr",
    "nb": "Herr Fru Doktor Professor Dr",
    "cs": "pan paní Pan Paní doktor doktorka profesor",
    "fi": "Herra Rouva Tohtori Professori",
    "el": "κύριος κυρία Κύριος Κυρία Δρ",
}
_NUMBERED = (
    r"(?:[§№#]|[Nn][°º]|[Nn]\.º|(?:No|Nos|Nr|Fig|Abb|Tab|Vol|Bd|Art|Abs|Kap|Ch|S|p|pp|art|fig|cap|pág|núm|nr"
    r"|str|rys|rozdz"
    r"|стр|рис|гл|ст|п|σελ)\.|(?i:type|typ|tipo|phase|stage|step|grade|level|chapter|page|room|stufe|schritt"
    r"|seite|kapitel|"
    r"étape|page|paso|passo|fase|página|pagina))"
)
_MONTHS = (
    r"(?i:jan(?:uary|uar|vier|uari|ner)?|feb(?:ruary|ruar|ruari)?|f[ée]vrier|mar(?:ch|s|zo|ço|t|ca)?|märz"
    r"|apr(?:il|ile)?"
    r"|avril|abril|ma[iyjo]|maggio|maio|mayo|maja|june?i?|juin|junio|junho|giugno|czerwca|jul[iy]?|juillet"
    r"|julio|julho|luglio"
    r"|lipca|aug(?:ust|ustus|usti)?|août|agosto|sierpnia|sept?(?:ember|embre|iembre)?|setembro|settembre"
    r"|września|o[ck]t(?:ober"
    r"|obre|ubre)?|outubro|ottobre|października|nov(?:ember|embre|iembre|embro)?|listopada|de[cz](?:ember|embre"
    r"|iembre|embro)?"
    r"|décembre|dicembre|diciembre|grudnia|stycznia|lutego|kwietnia|января|февраля|марта|апреля|мая|июня|июля|августа"
    r"|сентября|октября|ноября|декабря)"
)
_NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty ninety eine "
    "einem einen einer zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig deux trois "
    "quatre cinq sept huit neuf dix douze quinze vingt trente dos tres cuatro cinco seis siete ocho nueve diez "
    "doce quince veinte treinta due tre quattro cinque sei sette otto nove dieci dodici venti trenta dois duas "
    "três quatro oito dez vinte trinta twee drie vijf zes zeven negen tien twaalf twintig två fyra fem sex sju "
    "åtta nio tio tolv tjugo dwa dwie trzy cztery pięć sześć siedem osiem dziewięć dziesięć два две три четыре "
    "пять шесть семь восемь девять десять двадцать тридцать"
)
_NUMBER_WORDS = frozenset(_NUMBERS.split())

# What may be anywhere, and what has a number in it. They are compiled when a text needs them.
_ANYWHERE = (
    rf"(?<!\w)(?:{_ABBREVIATED_TITLES}|Dott\.ssa|Sig\.ra)( )(?=[“„«]?\w)",
    r"(?<!\w)§§?( )(?=\w)",
    r"(?<!\w)[^\W\d_]{1,2}\.( )(?=[^\W\d_]{1,3}\.)",
    r"(?<!\w)[^\W\d_a-z]\.( )(?=[^\W\d_a-z])",
)
_WITH_NUMBERS = (
    rf"(?<!\w){_NUMBERED}( )(?=\d)",
    r"(?<=\d)( )(?=\d{3}(?!\d))",
    rf"\d[\d.,–]*( )(?={UNITS}(?!\w))",
    r"(?<!\w)(?:€|\$|£|¥|EUR|USD|GBP|CHF|Fr\.|Rs\.?|R\$)( )(?=\d)",
    rf"(?<!\w)\d\d?(?:st|nd|rd|th|er|[.º])?( )(?={_MONTHS}(?!\w))",
    rf"(?<!\w)\d\d?( )(?=de {_MONTHS}(?!\w))|(?<!\w)de( )(?={_MONTHS}(?!\w))",
    rf"(?<!\w){_MONTHS}\.?( )(?=\d)",
    r"(?<=\d[hH])( )(?=\d\d)|(?<=\d\u00a0[hH])( )(?=\d\d)|(?<=\d)( )(?=[hH](?: ?\d\d)?\b)",
    r"(?<=\d)( )(?=[+×x=/–−-] ?\d)|(?<=\d [+×x=/−])( )(?=\d)",
)
_COUNTED = r"(?<![\w.,:/])(?!(?:19|20)\d\d )\d[\d.,–]*( )([^\W\d_]+)"
# Czech, Polish, Slovak, Russian and Ukrainian never leave a word of one letter at a line's end.
_ONE_LETTER = r"(?<![\w’'])[aiouwzksvAIOUWZKSVаиоувскяіАИОУВСКЯІ]( )(?=[\w„«“])"
_WITHOUT_LONE_LETTERS = frozenset({"pl", "cs", "sk", "ru", "uk", "be"})


def bind(text: str, language: str = "en") -> str:
    """Spaces that no line break may take become no-break spaces; the words stay the same."""
    tag = language.lower().split("-")[0]
    numbered = any(map(str.isdigit, text))
    for pattern in (*_ANYWHERE, *_WITH_NUMBERS) if numbered else _ANYWHERE:
        text = re.sub(pattern, _bound, text)
    if numbered:
        small = small_words(language).opening
        text = re.sub(_COUNTED, lambda found: _counted(found, small), text)
    text = _with_bound_number_words(text)
    if titles := _TITLES.get(tag):
        text = re.sub(rf"(?<!\w)(?:{'|'.join(titles.split())})( )(?=(\w))", _before_capital, text)
    if tag in _WITHOUT_LONE_LETTERS:
        text = re.sub(_ONE_LETTER, _bound, text)
    return _with_bound_ending(text)


def _bound(found: re.Match[str]) -> str:
    return found.group().replace(" ", NO_BREAK)


def _before_capital(found: re.Match[str]) -> str:
    return _bound(found) if found[2].isupper() else found.group()


def _counted(found: re.Match[str], small: frozenset[str]) -> str:
    word = found[2]
    return found.group() if word.lower() in small or len(word) > _LONGEST_COUNTED else _bound(found)


def _with_bound_number_words(text: str) -> str:
    """Numbers in words stay with their unit, as those in digits do."""
    words = text.split(" ")
    joined = words[0]
    for last, word in pairwise(words):
        number = last.split(NO_BREAK)[-1].strip(_MARKS).lower() in _NUMBER_WORDS
        joined += (NO_BREAK if number and re.match(rf"{UNITS}(?!\w)", word) else " ") + word
    return joined


def _with_bound_ending(text: str) -> str:
    words = text.split(" ")
    if len(words) > 3 and len(words[-1]) + len(words[-2]) < _LONGEST_BOUND_ENDING:
        return NO_BREAK.join((" ".join(words[:-1]), words[-1]))
    return text
