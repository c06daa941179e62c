"""What ties a Spanish, German, French or Portuguese sentence to its place: patterns as data.

Openers that may be dropped are none that hedge or deny, and their sentence stays a sentence without them; German keeps
the adverbs that its verb follows. `lost` and the gates see lower case.
"""

from __future__ import annotations

import re

from scheduler.cutting.rules import ABOUT_THE_TEXT, ADVERTISES, Rules, Telling


def _opener(*words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(words)})\s+", re.IGNORECASE)


def _gates(promotion: str, about_the_text: str) -> tuple[tuple[str, Telling], ...]:
    return (
        (ADVERTISES, Telling(pattern=re.compile(rf"\b(?:{promotion})"))),
        (ABOUT_THE_TEXT, Telling(pattern=re.compile(rf"\b(?:{about_the_text})"))),
    )


SPANISH = Rules(
    language="es",
    connective=_opener(
        r"(?:sin embargo|además|por (?:lo )?tanto|por ejemplo|de hecho|en resumen|en cambio|por otro lado|asimismo"
        r"|en conclusión|por consiguiente|finalmente|por último|no obstante),",
        r"(?:pero|y|así que)(?! no\b),?",
    ),
    lost=re.compile(
        r"(?:est[oaeá]s?(?! (?:año|mes|semana|verano|invierno|otoño|primavera))|es[oae]s?|ést[ae]s?|ell[oa]s?|él"
        r"|aquello|lo anterior|por es[oa]|por ello|por est[aeo]|debido a|amb[oa]s|dich[oa]s?|tales|otr[oa]s?)\b(?!\?)"
    ),
    gates=_gates(
        r"ll[aá]m[ae]nos|ll[aá]menos|cont[aá]ct[ae]nos|p[oó]ngase en contacto|ponte en contacto|(?:reserv[ae]|pid[ae]"
        r"|agend[ae]) (?:su|tu|una|la|ya)? ?cita|suscr[ií]b|s[ií]g[au]enos|s[ií]ganos|haz clic|haga clic"
        r"|más información|código promocional|nuestra clínica ofrece|nuestro consultorio ofrece|boletín",
        r"figura \d|fig\. ?\d|tabla \d|ver (?:más )?(?:arriba|abajo)|véase|a continuación|(?:más )?arriba mencionad"
        r"|mencionad[oa]s? (?:arriba|anteriormente)|(?:en )?este (?:artículo|vídeo|video|post)|esta entrada|sig[ua]e?"
        r" leyendo|siguiente (?:tabla|lista|figura)",
    ),
)

GERMAN = Rules(
    language="de",
    connective=_opener(r"(?:und|aber|doch|denn)(?! nicht\b)"),
    lost=re.compile(
        r"(?:dies(?:e[rsnm]?)?(?! (?:woche|jahr|monat|sommer|winter))|das (?:ist|war|kann|wird|hat|führt|bedeutet|heißt"
        r"|liegt|gilt|hilft|macht|zeigt)|dadurch|deshalb|deswegen|daher|darum|dabei|dazu|davon|dafür|danach|daraus"
        r"|hier(?:bei|zu|für|durch)|dort|er|ihn|ihm|beide[rsn]?|letztere[rs]?|erstere[rs]?|solche[rsn]?|außerdem"
        r"|trotzdem|allerdings|jedoch|dennoch|zudem|zum beispiel|stattdessen|also ist|so (?:kann|wird|ein|eine)"
        r"|einige davon|viele davon)\b"
    ),
    gates=_gates(
        r"rufen sie (?:uns|an|jetzt)|ruf uns|kontaktier|vereinbaren sie|buchen sie|jetzt (?:buchen|anrufen|termin)"
        r"|newsletter|abonnier|folgen sie uns|folge? uns|mehr erfahren|weiterlesen|gutschein|rabattcode|unsere praxis"
        r" bietet|melden sie sich",
        r"abb(?:ildung|\.)? ?\d|tabelle \d|siehe (?:oben|unten|abb)|klick(?:en sie|e)? hier|hier klicken|im folgenden"
        r"|die folgenden?|folgende (?:tabelle|liste)|oben (?:genannt|erwähnt|beschrieben)|(?:in )?diese[rsm] (?:artikel"
        r"|beitrag|video)|lesen sie weiter",
    ),
)

FRENCH = Rules(
    language="fr",
    after_odd_space=re.compile(r"(?<=\s)[,.](?![\d.])"),
    connective=_opener(
        r"(?:cependant|toutefois|néanmoins|de plus|en effet|par exemple|par conséquent|ainsi|en résumé|en revanche"
        r"|d['’]ailleurs|en outre|enfin|ensuite|donc|or|bref),",
        r"(?:mais|et)(?! (?:non|pas)\b),?",
    ),
    lost=re.compile(
        r"(?:cela|ceci|ça|c['’]est (?:pourquoi|pour cela|ainsi|aussi|donc)|c(?:elui|elle|eux|elles)(?:-ci|-là)"
        r"|ce (?:dernier|sont)|ces|cet|cette(?! (?:année|semaine|saison))|ils|elles?|les deux|tous deux|eux|leurs?"
        r"|dans ce cas|pour cela|d['’]autres)\b"
    ),
    gates=_gates(
        r"appelez-nous|contactez-nous|prenez rendez-vous|prendre rendez-vous (?:en|sur)|réservez|inscrivez-vous"
        r"|abonnez-vous|suivez-nous|en savoir plus|newsletter|code promo|notre cabinet (?:propose|offre)"
        r"|n['’]hésitez pas",
        r"figure \d|fig\. ?\d|tableau \d|voir (?:ci-dessus|ci-dessous|plus (?:haut|bas))|ci-dessus|ci-dessous"
        r"|cliquez|(?:dans )?cet article|cette vidéo|lisez la suite|suivants? :|suivantes? :",
    ),
)

PORTUGUESE = Rules(
    language="pt",
    connective=_opener(
        r"(?:no entanto|porém|contudo|além disso|por exemplo|portanto|assim|ou seja|de fato|em resumo|por outro lado"
        r"|entretanto|por fim|finalmente|logo),",
        r"(?:mas|e)(?! não\b),?",
    ),
    lost=re.compile(
        r"(?:isso|isto|aquilo|est[ea]s?(?! (?:ano|mês|semana|verão|inverno))|ess[ea]s?|el[ea]s?|amb[oa]s|por isso"
        r"|com isso|tais|tal|outr[oa]s?|nesse caso|d(?:isso|essa|esse))\b"
    ),
    gates=_gates(
        r"ligue (?:para nós|agora|já|hoje)|entre em contato|fale conosco|marque (?:sua|uma|já)|agende|inscreva-se"
        r"|siga-nos|saiba mais|cupom|código promocional|nossa clínica oferece|newsletter",
        r"figura \d|fig\. ?\d|tabela \d|veja (?:acima|abaixo)|clique|a seguir|acima mencionad|mencionad[oa]s? acima"
        r"|(?:n)?este (?:artigo|vídeo|post)|continue lendo",
    ),
)
