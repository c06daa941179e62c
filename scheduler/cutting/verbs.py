"""Whether an English sentence has a verb that could carry it: “Simple as that.” has none.

The list holds frequent verbs; a word that ends as a past form or a contraction counts too, so that in doubt a sentence
passes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scheduler.cutting.rules import word_set

_AUXILIARIES = word_set(
    """am is are was were be do does did has have had can could will would shall should may might must cannot
    ought dare"""
)
_IRREGULAR = word_set(
    """ate became began begun bent bit bitten bled blew blown bought bound bred broke broken brought built burnt
    came caught chose chosen clung cost crept cut dealt drank drawn dreamt drew driven drove drunk dug eaten
    fallen fed fell felt flew flown forgave forgot forgotten fought found froze frozen gave given goes gone got
    gotten grew grown heard held hid hidden hit hung hurt kept knew known laid lain lay leant leapt learnt led
    left lent let lit lost made meant met mistook misunderstood outgrew overcame overtook paid proved put quit
    ran rang read ridden risen rode rose said sang sat saw seen sent set shaken shone shook shot shown shrank
    shrunk shut slept slid sold sought spelt spent spoke spoken sprang spread stole stolen stood stuck stung
    swam swept swore sworn swum taken taught thought threw thrown told took tore torn understood undertook upset
    went withdrew woke woken won wore worn wound written wrote"""
)
BASES = word_set(
    """air accept access accompany accumulate ache achieve acquire act activate adapt add address adjust adopt
    advise affect afford aggravate agree aim allocate allow alter analyze announce answer anticipate apologize
    appear apply appreciate approach argue arise arrange arrive ask assess assign assist assume attach attack
    attend attract automate avoid await balance ban bargain base bathe battle bear beat become beg begin behave
    believe belong benefit bet bind bite blame bleed blow boil boost borrow bother bounce bow break breathe
    breed brew bring browse brush build bundle burn bury buy calculate call calm cancel capture care carry catch
    cater cause cease celebrate challenge change charge chase chat cheat check cheer chew choose claim clarify
    clean clear click climb close coach collapse collect combine come comfort command commit communicate compare
    compete complain complement complete complicate conceal concern conclude condition conduct confirm conflate
    conflict confuse connect consider consist consult consume contact contain continue contradict contribute
    control convert cook cope correct cost cough counsel count cover crack crash crave create criticize cross
    cry cultivate cure cut cycle damage dance deal decide decline decorate decrease dedicate deepen defend
    define defy delay delegate delight deliver demand demonstrate deny depart depend deploy deposit derive
    describe deserve design destroy detect deteriorate determine develop devote diagnose die differ digest
    diminish disagree disappear discover discuss dissect dissolve distinguish distract divide do double doubt
    draft drag drain draw dream drift drink drive drop dry duplicate dwell earn ease eat edit educate elevate
    eliminate email embrace emerge emphasize employ empower enable encapsulate encourage end endure engage
    enhance enjoy enrich ensure enter entertain equal equip erase escape establish estimate evaluate evolve
    exceed excel exchange excite execute exercise exhaust exist expand expect experience explain explore expose
    express extend face facilitate fade fail fall fasten favor fear feature feed feel fight file fill film
    filter finance find finish fire fit fix flatten flex flip float flood flourish flow fly focus fold follow
    force forget forgive form foster found freeze freshen fuel fulfil fulfill function fund gain gather generate
    get give glow go grab grant greet grind grip grow guarantee guess guide hallucinate halt handle hang happen
    harden harm harvest hate haunt have heal hear heat help hide highlight hire hit hold honor honour hope host
    hug hurry hurt identify ignore illuminate illustrate imagine impact implement imply import impress improve
    include incorporate increase incur indicate induce inflame influence inform initiate inject insist inspect
    inspire install instruct insure integrate intend interact interfere interpret interrupt introduce invest
    investigate invite involve irritate isolate issue join judge jump justify keep kick kill kneel know label
    labor lack lag land last laugh launch lay lead lean learn leave lend let leverage lie lift like limit linger
    link list listen live load loan lock log look loosen lose love lower lubricate make manage manifest march
    mark massage master match matter mature maximize mean measure meet melt mend mention migrate mimic mind mine
    minimize mislead miss mix mobilize modify moisturize monitor motivate mount move multiply navigate need
    neglect negotiate notice nourish nurture obey object observe obstruct obtain occupy occur offer open operate
    oppose optimize order organize orient originate outline outlive outweigh overcome overlook overwhelm owe own
    pack paint participate partner pass pause pay penetrate perform persist personalize photograph pick picture
    pin place plan plant play please plug point polish pop populate portray position possess postpone pour
    practice practise praise pray predict prefer prepare prescribe present preserve press pretend prevail
    prevent price prioritize proceed process produce project promise promote prompt propose prosper protect
    prove provide publish pull purchase pursue push put qualify question quit race radiate raise range rank
    reach react read realise realize rebuild recall receive reckon recognise recognize recommend recover recruit
    reduce reflect reform refresh refuse regain regret regulate rehearse reignite reinforce reject relate relax
    release relieve relocate rely remain remedy remember remind remove renew renovate rent repair repeat replace
    replay reply report represent reproduce request require rescue research reside resist resolve resonate
    respond rest restore result resume retain retire retreat retrieve return reunite reveal reverse review
    revise reward rid ride ring rinse rise risk roll rotate ruin rule run rush sacrifice satisfy save say scale
    scan scare scatter schedule scrape scratch scream screen seal search secure see seek seem select sell send
    separate serve set settle shake shape share shave shed shelter shift shine shoot shop shorten shout show
    showcase shrink shut sigh sign signal simplify sing sink sit sleep slice slip slow smell smile smoke smooth
    snore solve sort sound span spare spark speak specialize specify spend spill spin split splurge spoil
    sponsor spot spray spread spring squat squeeze stack stage stain stand stare start starve state stay steal
    steer stem step stick stiffen stimulate sting stir stop store strain strengthen stretch strike strive
    struggle study stumble submit subside substitute succeed suck suffer suggest suit sum supply support suppose
    surprise surrender surround survive suspect swallow sweat sweep swell swim swing switch symbolize tackle
    tailor take talk target taste teach tear tease tell tend terminate test testify thank thicken think threaten
    thrive throw tick tie tighten tilt time tolerate toss touch tour tow trace track trade train transfer
    transform translate transport trap travel treat trigger trim trip trust try tuck tune turn twist undergo
    understand undo unfold unite unlock update upgrade uphold upload urge use utilize value vanish vary venture
    verify view visit vote wait waive wake walk wander want warm warn wash waste watch weaken wear weave weep
    weigh welcome whip whisper widen win wipe wish withdraw withstand witness wonder work worry worsen wrap
    wrestle write yawn yell yield zoom"""
)


_FINITE = _AUXILIARIES | _IRREGULAR | BASES


def has_verb(said: Iterable[str]) -> bool:
    """Whether one of these lower-case words may be a finite verb."""
    return not _FINITE.isdisjoint(said) or any(map(_may_be_one, said))


def _may_be_one(word: str) -> bool:
    if "'" in word:
        return True
    return (word.endswith("ed") and len(word) > 4) or (word.endswith("s") and any(b in BASES for b in _singular(word)))


def _singular(word: str) -> Iterator[str]:
    yield word[:-1]
    yield word[:-2]
    if word.endswith("ies"):
        yield f"{word[:-3]}y"
