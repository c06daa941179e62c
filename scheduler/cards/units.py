"""What a number is a number of, in the languages we cut, as data: symbols, money, time, measures."""

from __future__ import annotations

_SYMBOLS = (
    r"%|‰|°[CF]?|[kKmMcµn]?[gmlL]|mcg|IU|kcal|cal|kJ|mmHg|bpm|Hz|[kM]?W|Mbit|[kMG]B|km/h|m²|mg|ha|"
    r"€|\$|£|¥|₽|₴|EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|zł|Kč|kr|Ft|lei|лв|руб|грн|"
    r"am|pm|a\.m\.|p\.m\.|o’clock|Uhr|uhr|h|min|Min|std|Std|Mio|Mrd|tys|mln|млн|тыс"
)
_WORDS = (
    # en
    r"(?:milli|bi|tri)?llion|thousand|hundred|per\scent|percent|seconds?|minutes?|hours?|days?|nights?|weeks?|months?"
    r"|years?|decades?|times|people|patients|euros?|dollars?|pounds?|cents?|miles?|steps|degrees"
    # de
    r"|Prozent|Sekunden?|Minuten?|Stunden?|Tage?n?|Nächten?|Wochen?|Monate?n?|Jahre?n?|Mal|Millionen|Milliarden"
    r"|Franken"
    r"|Menschen|Patienten|Patientinnen|Personen|Schritte|Grad"
    # fr
    r"|pour\scent|secondes?|heures?|jours?|nuits?|semaines?|mois|ans?|années?|fois|personnes|millions?"
    r"|milliards?|francs"
    # es, pt
    r"|por\sciento|por\scento|segundos?|minutos?|horas?|d[ií]as?|noches?|noites?|semanas?|mes(?:es)?|mês|años?"
    r"|anos?|veces"
    r"|vezes|personas|pessoas|millones|milhões|mil|pesos|reais|pasos|passos"
    # it
    r"|per\scento|second[oi]|minut[oi]|or[ae]|giorn[oi]|nott[ei]|settiman[ae]|mes[ei]|ann[oi]|volt[ae]|persone"
    r"|milioni"
    # nl
    r"|procent|seconden?|minuten?|uur|uren|dag(?:en)?|nacht(?:en)?|week|weken|maand(?:en)?|jaar|keer|mensen|miljoen"
    # sv, da, nb
    r"|prosent|sekund(?:er)?|minut(?:er)?|minutter|timm(?:ar|e)|timer?|dag(?:ar|e|er)?|veck(?:a|or)|uger?|uker?"
    r"|månad(?:er)?"
    r"|måned(?:er)?|år|gång(?:er)?|gange?r?|personer|miljon(?:er)?|kronor|kroner"
    # pl, cs
    r"|minuta?y?|godzin[ay]?|dni|dzień|tygodni[ae]?|tydzień|miesi[ąę]c[ye]?|lat|lata|rok|razy|osób|milion(?:y"
    r"|ów)?|złotych"
    r"|hodin[ay]?|dn[íůy]|týdn[yůe]|měsíc[eů]?|let|rok[yů]|korun|procenta?"
    # ru, uk
    r"|процент(?:а|ов)?|секунд[аы]?|минут[аы]?|час(?:а|ов)?|дн(?:я|ей)|день|ноч(?:ь|и|ей)|недел[яиь]|месяц(?:а"
    r"|ев)?|год(?:а|у)?"
    r"|лет|раза?|человека?|людей|рублей|тысяч[аи]?|миллион(?:а|ов)?|хвилин[аи]?|годин[аи]?|днів|тижн[іяв]+|років|роки"
    # el
    r"|λεπτ[άό]|ώρ(?:α|ες)|μέρ(?:α|ες)|ημέρες|εβδομάδ(?:α|ες)|μήν(?:α|ες)|χρόνι[αο]|φορές|ευρώ|τοις\sεκατό"
)
# Of scripts that write number, unit and what follows without a space.
_UNSPACED = (
    r"％|[个個]月|小[时時]|分[钟鐘]|天|周|週(?!間)|[岁歲]|倍|年(?<!\d{4}年)(?!間)|週間|時間|分間|日間|年間|[かヶ]月|人"
    r"|개월|시간|주일?|명|배|퍼센트"
)
UNITS = rf"(?:{_SYMBOLS}|{_WORDS}|{_UNSPACED})"
