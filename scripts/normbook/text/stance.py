"""What a speaker does with words: the stretches of a sentence that are raised in order to be rejected.

Works on the surface of English sentences, without a parser. `certain` is False where the scope of the rejection cannot be told from the words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from normbook.text.line_cache import remembered


def _forms(verbs: str, bare: str = "?") -> str:
    """The pattern of the forms of regular verbs, without the bare form if `bare` is empty; verbs with the same ends share them."""
    ends = {"e": f"(?:{'e|' * len(bare)}es|ed|ing)", "y": f"(?:{'y|' * len(bare)}ies|ied|ying)"}
    rows: dict[str, list[str]] = {}
    for verb in verbs.split():
        last = verb[-1]
        rows.setdefault(ends.get(last, f"(?:e?s|{last}?ed|{last}?ing){bare}"), []).append(verb[:-1] if last in ends else verb)
    return "(?:" + "|".join(f"(?:{'|'.join(stems)}){end}" if len(stems) > 1 else f"{stems[0]}{end}" for end, stems in rows.items()) + ")"


# words: verbs that deny a clause by themselves or turn down a charge, what they turn down, what is said of it, and what a speaker does next (ACT)
W, TO_SAY, FALSELY = (
    r"[^\s,;:]{1,40}",
    r"to (?:say|claim|suggest|allege|assert|believe|think|assume|argue)",
    r"(?:falsely|wrongly|wrongfully|groundlessly|baselessly|unjustly|maliciously|erroneously|mistakenly)",
)
DENY = rf"(?:{_forms('deny reject rebut refute repudiate disprove dispute contradict disavow')}|rul(?:e|es|ed|ing) out)"
AWAY = rf"{_forms('push')} back (?:at|against|on)|hit(?:s|ting)? (?:back|out) at|{_forms('brush wave laugh swat shrug')} (?:aside|off|away)|sh(?:oot|oots|ot|ooting) down|t(?:ake|akes|ook|aking) (?:strong )?(?:issue|exception) (?:with|to)|thr(?:ow|ows|ew|owing) out|{_forms('pour')} cold water on|{_forms('object scoff')} (?:to|at)"
SPURN = rf"(?:{DENY}|{_forms('dismiss rebuff debunk discredit quash scotch rubbish counter protest disagree')}(?: with)?|{AWAY}|(?:not|cannot|never|\w+n[’']t|refus\w+ to|nor \w+ \w+) (?:\w+ly )?(?:{_forms('accept believe endorse recognize recognise')}|agree (?:with|to)|subscribe to|share|buy))"
SCORN = rf"{_forms('slam blast denounce condemn decry deplore oppose concoct fabricate peddle invent hype')}(?: up)?"
ACCUSATION = r"(?:accusations?|allegations?|claims?|charges?|assertions?|insinuations?|contentions?|lies?|smears?|slanders?|falsehoods?)"
CHARGE = rf"(?:{ACCUSATION}|suggestions?|reports?|rumou?rs?|notions?|ideas?|speculation|views?|stor(?:y|ies)|possibility|theor(?:y|ies)|narratives?|arguments?|talk|impression|statements?|remarks|information|assumptions?|conclusions?|findings?)"
LIE = r"(?:lies?|myths?|fallac(?:y|ies)|slanders?|smears?|falsehoods?|fabrications?|canards?|(?:dis|mis)information|hoax(?:es)?|misconceptions?|fictions?|conspiracy theor(?:y|ies)|pretext|fake news)"
UNTRUE = r"(?:false|untrue|incorrect|inaccurate|baseless|groundless|unfounded|unsubstantiated|fabricated|fictitious|bogus|spurious|nonsense|made[ -]up|fake|invented)"
ABSURD = r"(?:wrong|absurd|ridiculous|preposterous|laughable|ludicrous|misleading|mistaken|malicious|slanderous|erroneous|far-fetched|irresponsible|unfair|a mistake)"
A_LIE = rf"(?:(?:an?|nothing (?:but|more than)|pure|sheer|complete|total|utter|outright)(?: [\w-]+){{0,2}}? (?:{LIE}|nonsense|inventions?|fantas(?:y|ies)|rumou?rs?|speculation))"
NOT_TRUE = r"(?:(?:not|hardly|far from|by no means)(?: \w+ly)? (?:true|correct|accurate|right|fair|the case|a fact|the truth|based on facts?)|without (?:any )?(?:basis|foundation|merit|substance))"
FALSE = rf"[“\"‘']?(?:\w+ly )?(?:{UNTRUE}|{ABSURD}|{A_LIE}|{LIE}|{NOT_TRUE})"
CLAIM = rf"(?:{_forms('claim allege suggest assert charge report state insist argue')}|sa(?:y|ys|id|ying))"
SAYS = rf"(?:{CLAIM}|{_forms('add stress note warn maintain believe conclude emphasize emphasise')}|told [^\s,;:]+(?: [^\s,;:]+){{0,2}}?)"
AUX, PRONOUN = r"(?:is|are|was|were|has|have|had|will|would|can|could|may|might|should|must|do|does|did)", r"(?:it|he|she|they|we|there)"
ACTS = "urge advise welcome pledge promise propose reiterate oppose accuse blame describe announce declare argue advocate believe criticise criticize emphasise emphasize invite hope challenge denounce note lodge dismiss label brand call demand ask stress warn insist remind encourage appeal reaffirm vow express condemn defend confirm repeat summon maintain explain request threaten thank highlight add admit assure complain reject"
ACT = rf"(?:{_forms(ACTS, '')}|insist|urge|welcome|reiterate|call (?:on|for)|(?:demand|ask|hope|expect|request|believe|propose|stress|support|oppose|express) (?:that|the|all|an?|any|our|for)|says?|said|saying|tells?|told|telling|point(?:s|ed|ing) out|stated|stating|claim(?:s|ed|ing)|cit(?:es|ed|ing)|offer(?:ed|ing)|support(?:ed|ing)|plans? to|stands? (?:ready|by)|remain(?:s|ed) \w+)"
SHARED = r"(?:(?:ask|offer|promis|threaten|propos|invit|accus|blam|request|advis|encourag|support|demand|claim|pledg)ed|told)"  # done as easily by the one who is accused
TURNS = "but|that|which|who|whom|whose|to|while|after|amid|following|before|because|since|when|where|if|although|despite"
HALT = rf"(?:{TURNS}|and (?:\w+ly )?(?:{ACT}|{DENY}))\b"
ADJECTIVES = rf"(?:(?!{HALT}|(?:about|over|regarding|by|from|with)\b)(?:{W}|{UNTRUE},|{ABSURD},) ){{0,7}}?[“\"‘']?"
MADE_BY = rf"[”\"’']?(?:(?!,? (?:and|or|{TURNS}|{ACT}|{AUX})\b) {W}){{0,12}}?(?:, [^,;]{{1,80}},)?(?: alleging| suggesting| claiming)?"
RELATIVE = rf"(?:{AUX}|{ACCUSATION}|{_forms('contain lack appear surface emerge circulate accuse allege portray depict describe discredit seek aim')}|came|went|sought)"
THAT = rf"(?:,[”\"] {W}(?: {W}){{0,4}}?, [“\"]| )that (?!{RELATIVE}\b)"
SPOKEN = rf"(?: \w+ly| again| also| outright| once more| late| on {W}| (?:in|at|to|before) (?:an? |the )?(?:\w+ )?(?:statement|interview|court|parliament|reporters|journalists|briefing|hearing|conference|letter|email|public|private|writing|principle|media)){{0,3}}?"
SUBJECT = rf"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?:the|its|his|her|their|our|any|some|(?-i:[A-Z]){W})(?: (?!(?:{TURNS}|of|by|as|in|on|and|or|at|for|{AUX})\b){W}){{0,4}} {AUX}\b"
# the denial comes first, and what is denied stands after it: a clause, or a phrase (a verb in -ing, a noun). The order is that in which they are tried.
AFTER = [(kind, re.compile(rf"(?i)\b(?:{pattern})")) for kind, pattern in (
    ("clause", rf"{SPURN} {ADJECTIVES}{CHARGE} (?=(?:{PRONOUN}|its \w+) \w|{SUBJECT})|den(?:y|ies|ied|ying) (?=(?:{PRONOUN} (?:{AUX}|ever|never|\w+ed|stole|bought|sold|took|made|gave|sent|spied)\b)|{SUBJECT})"),
    ("clause", rf"(?!disputes?\b){DENY}{SPOKEN}{THAT}|it (?:is|was|has been) (?:\w+ )?{DENY} by(?: {W}){{1,5}}?{THAT}|disputes?{THAT}(?=(?:{PRONOUN}|the|its|their|any|an?|this|these|such|(?-i:[A-Z])\w*)\b)|denials?{SPOKEN}{THAT}"),
    ("clause", rf"(?:(?:{SPURN}|contrary to|against(?= (?:[\w-]+ )?{ACCUSATION})|(?:denial|refutation|rebuttal|rejection|dismissal|repudiation)s? (?:of|to)) {ADJECTIVES}{CHARGE}|{SCORN} {ADJECTIVES}(?:{LIE} {ADJECTIVES}{CHARGE}|{ACCUSATION})){MADE_BY}{THAT}"),
    ("clause", rf"it(?:[’']s| is| was| would be) (?:simply |just |\w+ly )?(?:{UNTRUE}|{NOT_TRUE}|{A_LIE}|(?:not )?(?:{UNTRUE}|{ABSURD}|{A_LIE}|{NOT_TRUE}|true|right)(?: \w+)? {TO_SAY}){THAT}|it ma(?:kes|de) no sense {TO_SAY}{THAT}|isn[’']t (?:true|the case){THAT}"),
    ("clause", rf"there(?:[’']s| is| was| has been) (?:\w+ly )?(?:no|not a shred of|nothing)(?: [\w-]+){{0,2}}? (?:truth|evidence|proof|basis|foundation|substance|indication|sign|merit|reason {TO_SAY})(?: whatsoever| at all)?(?: (?:to|in|for|of|behind) {ADJECTIVES}{CHARGE}{MADE_BY})?{THAT}|no (?:[\w-]+ )?(?:evidence|proof|indication)(?: (?:has|have|had|been|was|is|found|seen|produced|offered|emerged|whatsoever|at all|yet))*{THAT}"),
    ("clause", rf"nothing (?:could be|is|was) further from the truth than(?: {TO_SAY})?(?: {ADJECTIVES}{CHARGE}{MADE_BY})?{THAT}|(?:not|cannot|never|\w+n[’']t|no longer|in no way|by no means)(?: ever| to)? (?:{_forms('accept agree believe claim suggest assert')}|sa(?:y|id|ying)|think|mean|imply){THAT}"),
    ("clause", rf"(?:{UNTRUE}|{ABSURD}|so-called)[”\"’']?,? {ADJECTIVES}{CHARGE}{MADE_BY}{THAT}|{LIE}{THAT}|{FALSELY} {CLAIM} (?:that |(?={PRONOUN}\b|{SUBJECT}))|{CLAIM},? {FALSELY},? that |{_forms('stop')} (?:\w+ly )?(?:(?:claiming|alleging|saying|suggesting) that |(?:spreading|repeating|peddling|making|hyping(?: up)?) {ADJECTIVES}{CHARGE}{MADE_BY}{THAT})"),
    ("phrase", rf"(?:{FALSELY} {_forms('accuse')}|{_forms('stop')} (?:\w+ly )?accusing|(?:{UNTRUE}|{ABSURD}) to accuse)(?: {W}){{0,6}}? of |there (?:is|was) no such thing as |{FALSELY} {_forms('portray depict describe label brand paint present cast').replace('portra(?:y|ies|ied|ying)', 'portray(?:s|ed|ing)?')}(?: {W}){{1,5}}? as "),
    ("phrase", r"(?:den(?:y|ies|ied|ying)|rul(?:e|es|ed|ing) out)(?: \w+ly)? (?=(?:ever )?\w+ing\b)(?!(?:\w*thing|funding|training|housing|boarding|hearing|lending|landing)\b)"),
    ("phrase", rf"(?:{SPURN}|{SCORN}) {ADJECTIVES}{ACCUSATION}{MADE_BY} of |{SPURN} {ADJECTIVES}(?:reports?|rumou?rs?|suggestions?|talk|speculation) of |(?:{UNTRUE}|so-called) {ACCUSATION} of "),
    ("phrase", r"den(?:y|ies|ied|ying) (?:(?:any|all|its|his|her|their|having|direct|such) ){0,3}(?=(?:involvement|role|wrongdoing|responsibility|knowledge|links?|connections?|ties|complicity|interference|part in|plans? to|intention)\b)"),
    ("unsure", rf"(?:{_forms('question challenge', '')}|(?:{_forms('cast raise throw')}|threw) doubts? (?:on|about|over)|play(?:s|ed|ing)? down) {ADJECTIVES}{CHARGE}{MADE_BY}{THAT}|{CLAIM},? without (?:\w+ )?(?:evidence|proof|basis),? that |{SPURN} {ADJECTIVES}{CHARGE} (?:about|over|regarding) "),
)]  # fmt: skip
# what is denied comes first: "the claim that … is false", which agree in number, "calls the claim that … false", or "…, a claim that China denies"
CLAIMED = re.compile(
    rf"(?i)(?:^|[,;:“\"(—]\s?|\b(?:{SAYS}|that|and|but|while|as for|regarding|(?P<called>{_forms('call label brand describe term dub', '')})) )(?:(?:the|any|all|such|these|those|this|recent|media|press|us|western|some|so-called|certain|repeated|online|foreign|its|their|(?-i:[A-Z]){W}) ){{0,4}}(?P<charge>{CHARGE}){MADE_BY} (?:that|of) (?!{RELATIVE}\b)"
)
REJECTED = r"(?:(?:deni|reject|refut|repudiat|rebutt|dismiss|disput|contradict|debunk|disprov|rebuff|quash|scotch)ed|brushed aside|shot down|ruled out)"
BASELESS = r"(?:has|have|had) (?:no (?:\w+ )?(?:basis|foundation|merit|substance|grounds|truth)|(?:\w+ )?nothing to do with)|d(?:o|oes|id) not (?:hold|stand|correspond|reflect|match|accord|conform)|lack(?:s|ed)? (?:any |all )?(?:basis|foundation|evidence|merit|substance)|could not be further from"
VERDICT = re.compile(
    rf"(?i),? (?:(?:it |this |that |they )?(?:(?P<one>is|was|has been|remains)|(?P<many>are|were|have been|remain)|(?:had|must|should|can|could) be(?:en)?) (?:\w+ly |all |again |just ){{0,2}}(?:{REJECTED}|{FALSE})|{BASELESS})\b(?!(?: by(?: {W}){{1,5}}?)? {AUX}\b)"
)
HOLDER = rf"(?!(?:{AUX}|\w+ly)\b){W}(?: (?!(?:{HALT}|{DENY})\b){W}){{0,3}}?(?: (?:has|have|had|again|also|long|\w+ly)){{0,3}}"
REFUSES = (
    rf"(?:{DENY}|dismiss(?:es|ed)|{_forms('call label brand describe term consider')}(?: as)? {FALSE}|says? (?:is|are|was|were) {FALSE})"
)
APPOSED = re.compile(
    rf"(?i)(?:,| [–—-]{{1,2}}) (?:(?:(?:an?|the|all) )?(?:[\w-]+ ){{0,2}}?(?:{CHARGE}|something)(?: that| which)? (?:{HOLDER} {REFUSES}|(?:(?:has|have|was|were|been|\w+ly) ){{0,3}}{REJECTED} (?:by|as))|which {HOLDER} {REFUSES}(?=[.,;”\"]|$| (?:as|by|in|and|but)\b))"
)
RETORT = re.compile(
    rf"(?i)[,;] (?:(?:but|though|although|while|yet|and) )?{HOLDER} (?:{DENY} (?:it|this|that|these|those|the|such|all|any)(?: (?:{CHARGE}|wrongdoing|involvement))?|(?:sa(?:id|ys)|calls|called|dismissed) (?:it|this|that|them|(?:the|such|these) {CHARGE})(?: (?:is|was|are|were|as))? {FALSE})(?=[.,;”\"]|$| (?:as|and)\b)"
)
# where the words before a denial undo it
UNDOING = r"not(?! only| just| merely)|never|cannot|nor|neither(?: [\w-]+)?|hardly|scarcely|without|nothing|(?:no ?one|nobody|none|(?<!a )few)(?: (?:at|in|of|among|from)(?: [^\s,;:]+){1,4})?|no(?: (?!and|but)[\w-]+){0,2}|refus\w+|declin\w+|unable|impossible|difficult|hard|little|fail\w*|short of|far from|instead of|rather than|yet to"
UNDONE = re.compile(
    rf"(?i)(?:\b(?:{UNDOING})|n[’']t)(?: (?:one|of|them|us|can|could|would|will|should|may|has|have|had|is|be|been|being|to|ever|even|an?|confirm\w*|or|nor|do|does|did|it|he|she|they|people|countries|observers|experts|anyone|seek|want|wish|try|\w+ly))* $"
)
# where what is denied ends: at a clause in which the speaker resumes, a report of who said it, a remark on it
TURN = r", (?:but|whereas|while|yet|nor|rather|instead(?! of)|according|after|when|as|following|amid|despite|because|since|though|although|even|which|who|whose|prompting|in response|(?:(?:an?|one|two|three|several|some|just) )?(?:hour|day|week|month|year)s? (?:after|before|later))\b| but\b| according to"
RESUMED = rf"(?: while (?:also )?|, (?:(?:and|also|thus|further|instead) )*(?:\w+ly )?){ACT}\b|(?! and {SHARED}\b),? (?:and|or|nor) (?:(?:also|then|further|in turn|again|instead|has|have|had|is|was|will|would|\w+ly) )*(?:{ACT}|{DENY}|ready|willing|committed|prepared|determined)\b"
END = re.compile(
    rf"[;!?](?:\s|$)|(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)\.(?:[\s\"”’]|$)| [–—-]{{1,2}} |—|{TURN}| as (?:{FALSE})|{RESUMED}|, (?:{W} ){{0,6}}?(?:said|says|told|added|stressed|noted)\b|, and (?:we\b|(?:{W} ){{1,4}}?(?:should|must|needs? to|ought to|urges?d?|calls? on|hopes?d?)\b)"
)
OWN_VERB = re.compile(
    r" (?:only |merely |simply |just )?(?:serve|aim|show|expose|reveal|reflect|prove|seek|undermine|distort|damage|harm)s?\b"
)
FINITE = re.compile(
    rf",? and (?:\w+ly )?(?:{AUX}|\w+(?:s|ed) (?:the|an?|to|its|their|that|on|it|him|them|all|for))\b|, and (?:{PRONOUN}\b|(?:{W} ){{1,3}}{AUX}\b)"
)
OPEN_SCOPE = re.compile(
    rf", and (?=(?:(?:\w+ly |later |then |also |soon |now |already )?(?:{AUX}|\w+ed)\b|{PRONOUN}\b|(?!that )(?:{W} ){{1,3}}{AUX}\b|(?:the|an?|its|their|(?-i:[A-Z]){W}) (?:[\w-]+ ){{1,2}}\w+ed\b))| and (?=(?:{AUX}|{PRONOUN}|{SHARED})\b)| because (?=\w)"
)
REACH = 1000  # characters; no clause of the sources is as long
NEGATOR = re.compile(
    r"(?i)\b(?:not|never|no|nor|neither|without|cannot|can[’']t|won[’']t|don[’']t|doesn[’']t|didn[’']t|isn[’']t|aren[’']t|hasn[’']t|haven[’']t)\b"
)


class Denied(NamedTuple):
    """A stretch [start, end) of a sentence that is denied there, the stretch of the words that deny it, and whether the scope is certain."""

    start: int
    end: int
    cue_start: int
    cue_end: int
    certain: bool


@remembered(1 << 12)
def find_denied(sentence: str) -> tuple[Denied, ...]:
    """What a sentence denies, in order. Words that may or may not be denied too are a stretch of their own, which is not certain.

    >>> s = "China denies that it buys data, and it will act."
    >>> [(s[d.start:d.end], d.certain) for d in find_denied(s)]
    [('it buys data', True), ('it will act', False)]
    """
    ends = [
        each.start()
        for each in END.finditer(sentence)
        if each[0] != " but" or not re.search(r"\bnot (?:only|just|merely)\b", sentence[max(0, each.start() - 200) : each.start()])
    ]
    found = list(_before(sentence, ends))
    cues, judged = set[int](), {each.start for each in found}
    for kind, pattern in AFTER:
        for match in pattern.finditer(sentence):
            if (
                match.start() not in cues
                and match.end() not in judged
                and not UNDONE.search(sentence[max(0, match.start() - 80) : match.start()])
            ):
                cues.add(match.start())
                found.extend(
                    Denied(start, end, *match.span(), certain) for start, end, certain in _scope(sentence, *match.span(), kind, ends)
                )
    return tuple(_outermost(sentence, found))


def _outermost(sentence: str, found: list[Denied]) -> Iterator[Denied]:
    """The stretches that lie in no other that is as certain, without the spaces and marks at their ends."""
    reach = {True: -1, False: -1}  # how far those that were kept go
    for each in sorted(found, key=lambda one: (one.start, -one.end, not one.certain)):
        words = sentence[each.start : each.end].rstrip(' ,.;:!?"”')
        if words and each.end > reach[True] and (each.certain or each.end > reach[False]):
            reach[each.certain] = each.end
            yield each._replace(start=each.start + len(words) - len(words.lstrip(" “\"‘'")), end=each.start + len(words))


def _scope(sentence: str, cue: int, start: int, kind: str, ends: list[int]) -> Iterator[tuple[int, int, bool]]:
    """The stretches that a denial bears on, from where its complement begins: a later "and" may or may not still belong to it."""
    end = min([*ends[(at := bisect_left(ends, start)) : at + 1], len(sentence), start + REACH])
    before, words = sentence[max(0, cue - 200) : cue], sentence[cue:start]
    opened = before.count("“") > before.count("”") or sentence.count('"', 0, start) % 2 == 1
    fronted = re.search(
        r"(?i)(?:^\W*(?:while|although|though|even (?:as|though|if)|as|if|when|since|because|after|before|by|despite|in|on|under)\b[^,;]*|, (?:(?:which|who) )?(?:(?:has|have|had|also|again|long|\w+ly) ){0,3})$",
        before,
    ) or (not before.strip() and re.match(r"(?i)\w+ing\b|contrary|in ", words))
    infinitive = re.search(r"\b(?:to|should|must|will|would) (?:[\w-]+ ){0,5}$", before)
    for holds, mark in (
        (fronted, ", "),
        (opened, r"[”\"]"),
        (before.strip() in ("", "The", "Such", "These") and re.match(rf"(?i){UNTRUE}|{ABSURD}|{LIE}|so-called", words), OWN_VERB),
        (kind == "phrase", FINITE),
        (infinitive, ",? and to "),
    ):
        if holds and (match := re.compile(mark).search(sentence, start, end)):
            end = match.start()
    joints = [(start + match.start(), start + match.end()) for match in re.finditer(r",? (?:and|or) (?:also )?that ", sentence[start:end])]
    nested = bool(joints) and re.search(rf"(?i)\b{SAYS}(?: {W}){{0,4}}? that\b[^;.]*$", before) is not None
    resumed = re.compile(r",? and (?=(?:\w+ly )?[a-z]+ (?:to|the|its|their|with|an?|all|on)\b)") if infinitive else OPEN_SCOPE
    for begin, stop in zip([start, *(after for _, after in joints)], [*(joint for joint, _ in joints), end], strict=True):
        tail = resumed.search(sentence, begin, stop) if infinitive or kind == "clause" else None
        yield begin, tail.start() if tail else stop, kind != "unsure" and not (nested and begin > start)
        if tail:
            yield tail.end(), stop, False


def _before(sentence: str, ends: list[int]) -> Iterator[Denied]:
    """What is denied by words that follow it."""
    for match in CLAIMED.finditer(sentence):
        start, called, number = match.end(), match["called"], "one" if match["charge"].endswith("s") else "many"
        passed = re.compile(rf", (?:{W} ){{0,6}}?(?:said|says)\b,{'| as ' if called else ''}")
        limit = next((each for each in ends[bisect_left(ends, start) :] if not passed.match(sentence, each)), len(sentence))
        verdicts = [
            each
            for each in (re.compile(rf"(?i) (?:as )?{FALSE}\b") if called else VERDICT).finditer(sentence, start, min(limit, start + REACH))
            if called or not each[number]
        ]
        if verdicts and not re.search(r", and (?!that )", sentence[start : verdicts[-1].start()]):
            yield Denied(start, verdicts[-1].start(), *verdicts[-1].span(), True)
    for match in (*APPOSED.finditer(sentence), *RETORT.finditer(sentence)):
        clause = max(sentence.rfind(mark, 0, match.start()) for mark in ("; ", ": ", "“"))
        accused = list(
            re.compile(rf"(?i)\b(?:{_forms('accuse')}(?: {W}){{1,6}}? of|{SAYS}(?: that)?) ").finditer(
                sentence, max(clause, match.start() - REACH, 0), match.start()
            )
        )
        if accused or match.re is APPOSED:
            yield Denied(accused[-1].end() if accused else clause + 1, match.start(), *match.span(), True)


def negated_before(sentence: str, start: int) -> str:
    """The negating word whose clause the words at `start` continue, empty if there is none: quoting from there on would turn the sense round.

    >>> negated_before("We never did ask any port to pay its pilots.", 17)
    'never'
    """
    clause = max(sentence.rfind(mark, 0, start) for mark in (",", ";", ":", ".", "“", '"'))
    for joint in re.finditer(r"\b(?:but|because|that|which|who|and (?:it|he|she|they|we|the)|while)\b", sentence[:start]):
        clause = max(clause, joint.end())
    found = list(NEGATOR.finditer(sentence, clause + 1, start))
    return found[-1][0] if found else ""
