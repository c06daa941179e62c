"""What stays on one line though a space divides it: names and titles, numbers and units, dates, the last two words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from scheduler.cards.smallwords import small_words
from scheduler.cards.typography import NO_BREAK
from scheduler.cards.units import UNITS

_LONGEST_BOUND_ENDING = 24
_LONGEST_COUNTED = 10

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
_NUMBER_WORDS = (
    r"(?i:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|ninety"
    r"|eine[mnr]?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|zwanzig|dreißig|deux|trois|quatre"
    r"|cinq|sept|huit"
    r"|neuf|dix|douze|quinze|vingt|trente|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|quince|veinte|treinta"
    r"|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|dodici|venti|trenta|dois|duas|três|quatro|oito|dez"
    r"|vinte|trinta"
    r"|twee|drie|vijf|zes|zeven|negen|tien|twaalf|twintig|två|tre|fyra|fem|sex|sju|åtta|nio|tio|tolv|tjugo|dwa"
    r"|dwie|trzy|cztery"
    r"|pięć|sześć|siedem|osiem|dziewięć|dziesięć|два|две|три|четыре|пять|шесть|семь|восемь|девять|десять"
    r"|двадцать|тридцать)"
)

_BINDINGS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\w)(?:{_ABBREVIATED_TITLES}|Dott\.ssa|Sig\.ra)( )(?=[“„«]?\w)",
        rf"(?<!\w){_NUMBERED}( )(?=\d)",
        r"(?<!\w)§§?( )(?=\w)",
        r"(?<=\d)( )(?=\d{3}(?!\d))",
        rf"(?:\d[\d.,–]*|(?<!\w){_NUMBER_WORDS})( )(?={UNITS}(?!\w))",
        r"(?<!\w)(?:€|\$|£|¥|EUR|USD|GBP|CHF|Fr\.|Rs\.?|R\$)( )(?=\d)",
        rf"(?<!\w)\d\d?(?:st|nd|rd|th|er|[.º])?( )(?={_MONTHS}(?!\w))",
        rf"(?<!\w)\d\d?( )(?=de {_MONTHS}(?!\w))|(?<!\w)de( )(?={_MONTHS}(?!\w))",
        rf"(?<!\w){_MONTHS}\.?( )(?=\d)",
        r"(?<=\d[hH])( )(?=\d\d)|(?<=\d\u00a0[hH])( )(?=\d\d)|(?<=\d)( )(?=[hH](?: ?\d\d)?\b)",
        r"(?<!\w)[^\W\d_]{1,2}\.( )(?=[^\W\d_]{1,3}\.)",
        r"(?<!\w)[^\W\d_a-z]\.( )(?=[^\W\d_a-z])",
        r"(?<=\d)( )(?=[+×x=/–−-] ?\d)|(?<=\d [+×x=/−])( )(?=\d)",
    )
)
_COUNTED = re.compile(r"(?<![\w.,:/])(?!(?:19|20)\d\d )\d[\d.,–]*( )([^\W\d_]+)")
# Czech, Polish, Slovak, Russian and Ukrainian never leave a word of one letter at a line's end.
_ONE_LETTER = re.compile(r"(?<![\w’'])[aiouwzksvAIOUWZKSVаиоувскяіАИОУВСКЯІ]( )(?=[\w„«“])")
_WITHOUT_LONE_LETTERS = frozenset({"pl", "cs", "sk", "ru", "uk", "be"})


def bind(text: str, language: str = "en") -> str:
    """Spaces that no line break may take become no-break spaces; the words stay the same."""
    tag = language.lower().split("-")[0]
    for pattern in _BINDINGS:
        text = pattern.sub(_bound, text)
    small = small_words(language).opening
    text = _COUNTED.sub(lambda found: _counted(found, small), text)
    if titles := _TITLES.get(tag):
        text = re.sub(rf"(?<!\w)(?:{'|'.join(titles.split())})( )(?=(\w))", _before_capital, text)
    if tag in _WITHOUT_LONE_LETTERS:
        text = _ONE_LETTER.sub(_bound, text)
    return _with_bound_ending(text)


def _bound(found: re.Match[str]) -> str:
    return found.group().replace(" ", NO_BREAK)


def _before_capital(found: re.Match[str]) -> str:
    return _bound(found) if found[2].isupper() else found.group()


def _counted(found: re.Match[str], small: frozenset[str]) -> str:
    word = found[2]
    return found.group() if word.lower() in small or len(word) > _LONGEST_COUNTED else _bound(found)


def _with_bound_ending(text: str) -> str:
    words = text.split(" ")
    if len(words) > 3 and len(words[-1]) + len(words[-2]) < _LONGEST_BOUND_ENDING:
        return NO_BREAK.join((" ".join(words[:-1]), words[-1]))
    return text
