"""Small words by language, as data: those that lean on the next word, and those with which a phrase begins.

A line doesn't end on a word that leans, and likes to end before a word that opens a phrase, as one would breathe there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class SmallWords(NamedTuple):
    """`leaning` words want the next one beside them and open a phrase too; `opening` ones only open a phrase."""

    leaning: frozenset[str]
    opening: frozenset[str]


# Articles, prepositions, conjunctions, possessives, negations.
_LEANING: Mapping[str, str] = {
    "en": "a an the of to in on at by for from with into onto via per and but or nor if as while no not my your "
    "his her its our their this these those without about after before because",
    "de": "der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner und oder "
    "aber denn sondern dass ob wenn weil als wie in im ins an am ans auf aus bei beim mit nach von vom "
    "vor zu zum zur für durch um ohne gegen über unter bis seit zwischen nicht sehr mein meine dein deine "
    "sein seine ihr ihre ihren ihrem ihrer unser unsere unseren euer eure dieser diese dieses diesen "
    "diesem jeder jede jedes jeden zwei",
    "fr": "le la les l’ un une des du de d’ au aux à en dans par pour sur sous sans avec chez vers entre et ou "
    "ni mais donc or car que qu’ qui si comme ne n’ se s’ ce c’ cet cette ces mon ma mes ton ta tes son "
    "sa ses notre nos votre vos leur leurs plus très pas j’ m’ t’ y lorsque quand chaque",
    "es": "el la los las lo un una unos unas de del a al en por para con sin sobre entre hacia hasta desde "
    "según tras y e o u ni pero que si como no se me te le les nos su sus mi mis tu tus nuestro nuestra "
    "este esta estos estas ese esa cada muy más cuando porque",
    "it": "il lo la i gli le l’ un uno una un’ di del dello della dei degli delle dell’ a al allo alla ai agli "
    "alle all’ da dal dalla dai dalle dall’ in nel nella nei nelle nell’ con su sul sulla sui sulle sull’ "
    "per tra fra e ed o ma che se come non si mi ti ci vi mio mia tuo tua suo sua nostro nostra vostro "
    "vostra loro questo questa ogni più",
    "pt": "o a os as um uma uns umas de do da dos das em no na nos nas num numa por pelo pela pelos pelas para "
    "pra com sem sobre entre até desde e ou nem mas que se como não ao à aos às seu sua seus suas meu "
    "minha teu tua nosso nossa este esta esse essa cada muito mais quando porque",
    "nl": "de het een en of maar want dat die als om te in op aan bij met naar van voor uit over onder door tot "
    "tegen zonder tussen mijn jouw je uw zijn haar hun ons onze dit deze elke elk geen niet zeer dan toen "
    "wanneer omdat",
    "pl": "a i o u w z ze we na do od po za ku dla przez przed przy bez nad pod oraz lub albo ale że czy nie "
    "jak gdy bo niż co ten ta to mój moja twój twoja jego jej ich nasz nasza każdy każda bardzo kiedy aby "
    "żeby",
    "ru": "а и о у в с к во со ко об на до от по за для из без над под при про через между или но что чтобы как "
    "если не ни же бы ли то мой моя твой его её их наш наша ваш ваша этот эта это каждый очень когда "
    "потому где",
    "uk": "а і й о у в з зі до від по за для із без над під при про через між або але що щоб як якщо не ні мій "
    "моя твій його її їх наш наша ваш ваша цей ця це кожен дуже коли бо де",
    "sv": "en ett den det de och eller men att som om i på av för med till från utan under över vid mot mellan "
    "hos inte min mitt mina din ditt dina sin sitt sina hans hennes vår vårt våra er ert era denna detta "
    "dessa varje när än",
    "da": "en et den det de og eller men at som om i på af for med til fra uden under over ved mod mellem hos "
    "ikke min mit mine din dit dine sin sit sine hans hendes vores jeres denne dette disse hver når end",
    "nb": "en et ei den det de og eller men at som om i på av for med til fra uten under over ved mot mellom "
    "hos ikke min mitt mine din ditt dine sin sitt sine hans hennes vår vårt våre deres denne dette disse "
    "hver når enn",
    "fi": "ja tai mutta että jos kun kuin ei en et emme ette eivät se ne tämä tuo nämä joka mikä hyvin sekä vaan",
    "cs": "a i k o s u v z ke ku se si ve ze na do od po za pro při bez nad pod před přes mezi nebo ale že aby "
    "když jako ne můj moje tvůj jeho její jejich náš naše váš vaše ten ta to každý velmi než",
    "sk": "a i k o s u v z ku so sa si vo zo na do od po za pre pri bez nad pod pred cez medzi alebo ale že aby "
    "keď ako nie môj moja tvoj jeho jej ich náš naša váš vaša ten tá to každý veľmi než",
    "ro": "un o cel cea cei cele de la în din cu pe pentru fără prin despre spre sub peste între și sau dar că "
    "să dacă ca nu mai al a ai ale meu mea tău ta său sa nostru când fiecare",
    "hu": "a az egy és vagy de hogy ha mint nem sem is minden nagyon amikor mert",
    "el": "ο η το οι τα του της των τον την τους τις ένας μια ένα σε στο στη στην στον στους στις στα από για "
    "με χωρίς προς ως και ή αλλά ότι πως να θα αν όταν δεν μη μην μου σου μας σας κάθε πολύ που",
    "tr": "bir ve veya ile ama ki de da için gibi her çok bu şu o",
    "ar": "في من إلى على عن مع بين عند حتى منذ أو ثم لكن أن إن لا لم لن ما هل قد كل هذا هذه ذلك التي الذي يا غير بدون",
    "fa": "در از به با بر تا برای و یا که اگر هر این آن را نه هیچ",
    "he": "של על את אל עם מן בין לפני אחרי או אבל כי אם לא אין יש כל זה זו גם רק מה בלי",
    "hi": "और या कि एक यह वह इस उस हर न नहीं बहुत जो अगर",
    "th": "การ ความ ที่ ของ และ หรือ แต่ ใน จาก กับ เพื่อ โดย คำ ผู้ ไม่ ให้ จะ ได้ เป็น ซึ่ง เมื่อ ถ้า ทุก",
    "zh": "在 和 与 與 或 把 被 从 從 对 對 向 为 為 最 很 不 没 沒 更 也 都 就 而 但 是 这 這 那 因为 因為 如果 每",
}
# Relative words, adverbs of time, short verbs: a line may end on them, and it may well begin with them.
_OPENING: Mapping[str, str] = {
    "en": "i you he she it we they over under upon between through during against until toward towards each "
    "every than that who whom whose which when where why how since so is are was were will would can "
    "could should may must has have had do does did never always only even just then",
    "de": "ich du er es wir man welche welcher welches wo wann warum damit bevor nachdem sobald ist sind war "
    "waren wird werden kann können soll sollte muss müssen darf hat haben nie immer nur auch noch schon "
    "dann",
    "fr": "je tu il elle on nous vous ils elles dont où quand avant après pendant depuis parce afin est sont "
    "était sera peut peuvent doit doivent a ont jamais toujours aussi encore puis",
    "es": "yo él ella usted ustedes nosotros ellos quien donde antes después durante mientras aunque es son era "
    "está están será puede pueden debe deben ha han hay nunca siempre también sólo solo luego",
    "it": "io lui lei noi voi chi cui dove quando prima dopo durante mentre perché anche è sono era sarà può "
    "possono deve devono ha hanno mai sempre solo poi",
    "pt": "eu você vocês ele ela nós eles elas quem onde antes depois durante enquanto embora é são era está "
    "estão será pode podem deve devem há nunca sempre também só depois",
    "nl": "ik jij hij zij wij we wie waar hoe voordat nadat terwijl is zijn was waren wordt worden kan kunnen "
    "moet moeten mag heeft hebben nooit altijd ook nog alleen dan",
    "pl": "ja ty on ona my wy oni który która które którzy gdzie kiedy jest są był była będzie może mogą musi "
    "trzeba nigdy zawsze tylko też",
    "ru": "я ты он она мы вы они который которая которое которые где когда пока есть был была будет может могут "
    "нужно надо никогда всегда только тоже",
    "sv": "jag du han hon vi ni vem vilken där hur innan efter medan eftersom är var blir kan ska måste får har "
    "hade aldrig alltid bara också",
    "el": "οποίος όπου πριν μετά είναι ήταν μπορεί πρέπει έχει ποτέ πάντα μόνο επίσης",
    "fi": "minä sinä hän me te he jotta koska ennen on ovat oli voi voivat pitää täytyy saa aina vain myös",
    "tr": "ki olan önce sonra",
    "da": "jeg du han hun vi hvem hvor før efter mens er var kan skal må har havde aldrig altid kun også",
    "nb": "jeg du han hun vi hvem hvor før etter mens er var kan skal må har hadde aldri alltid bare også",
}
_SAME = {"no": "nb", "nn": "nb"}
_NONE = SmallWords(frozenset(), frozenset())


def small_words(language: str) -> SmallWords:
    """Of a language tag; empty for a language that isn't listed."""
    tag = language.lower().split("-")[0]
    return _BY_LANGUAGE.get(_SAME.get(tag, tag), _NONE)


_BY_LANGUAGE = {
    tag: SmallWords(frozenset(words.split()), frozenset((words + " " + _OPENING.get(tag, "")).split()))
    for tag, words in _LEANING.items()
}
