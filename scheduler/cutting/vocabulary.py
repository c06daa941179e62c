"""The English words that the cutter knows, as data: what a rule means reads as a list."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


HEDGES = _words(
    """about almost appear appears around average believe can case cases could experience few generally help helps
    likely many may might most mostly nearly often over partly perhaps possibly probably rarely roughly seem seems
    seldom several should some sometimes suggest suggests tend tends think time typically unlikely up usually would"""
)

IMPERATIVES = _words(
    """add aim allow apply ask avoid be begin believe book breathe bring brush build buy call change check choose clean
    come consider cook cover cut do don't drink eat enjoy ensure exercise expect explore find focus follow get give go
    have hold imagine include invest keep know lean learn leave let lift limit listen look lower maintain make measure
    mind move never note notice open pay plan practice practise prepare press protect pull push put raise read record
    reduce remember repeat replace rest rinse rub run save say schedule see seek set share sit sleep soak speak spend
    stand start stay stick stop stretch switch take talk tell think train treat trust try turn understand use visit wait
    walk warm wash watch wear work write"""
)

ABSOLUTES = _words(
    """absolutely all always any anyone anything completely entire ever every everybody everyone everything exactly
    impossible must never no nobody none nothing only whole"""
)

KEY_WORDS = _words(
    """bad because best better biggest difference first good great important instead key least less life matter matters
    mistake more most must need needs people power rather real really remember right secret should simple strongest
    success than time trust truth value world worth wrong"""
)

FEELING = _words(
    """afraid amazing angry bad beautiful best better calm comfort confident danger dangerous death die difficult easy
    enjoy fail failing failure fear free gain good great happy hard harm hate healthy helpful honest hope hurt hurts
    improve inspire joy lose loss lost love mistake mistakes never opportunity pain painful passion perfect poor problem
    problems proud risk safe sick stress strong success tired trust value weak win wonderful worry worse worst wrong"""
)

FUNCTION_WORDS = _words(
    """a about after again all also am an and any are as at be because been before being between both but by can could
    did do does down during each few for from had has have he her here his how i if in into is it its just may might
    more most must my no not of off on once one only or other our out over own same shall she should so some such than
    that the their them then there these they this those through to too two under until up us very was we were what
    when where which while who why will with would you your"""
)

PERSONAL = _words("i me my mine we us our ours you your yours")
SECOND_PERSON = _words("you your yours yourself you're you'll you've you'd")
FIRST_PERSON = _words("i i'm i've i'll i'd my me mine myself")
