"""Identifying data that leans on the words round it: e-mail, address, birth date and name."""

import re
from collections.abc import Iterator

from .findings import Finding, Kind


def set_of(text: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(text.split())


_LOCAL_LONGEST = 64
_LOCAL_SIGNS = frozenset("._%+'-")
_DOMAIN = re.compile(r"(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}(?![\w-])")

_ADDITION = r"(?:[ -]?(?:bis|hs|huis|rd|zw|[A-Za-z])(?![A-Za-z])|-[0-9]{1,4}(?![-0-9]))?"
_HOUSE = (
    rf"[ ,;:(]{{0,3}}(?:(?:huis)?(?:nummer|nr\.?)[ :]{{0,2}})?[0-9]{{1,5}}{_ADDITION}"
    r"(?![0-9]|[-./][0-9]{1,2}[-./][0-9])"
)
_POSTCODE = r"[1-9][0-9]{3}(?:[ ]?(?:[A-Z]{2})|[ ]?[a-z]{2})(?![A-Za-z])"
_POSTCODE_FIRST = re.compile(rf"(?<![\w.,-])({_POSTCODE}){_HOUSE}")
_POSTCODE_LAST = re.compile(
    rf"(?<![\w.,-])[0-9]{{1,5}}{_ADDITION}(?:[ ,;\n]{{1,3}}| [-–] | te )([1-9][0-9]{{3}}[ ]?[A-Z]{{2}})(?![A-Za-z])"
)
# Never given out, and small words and units that follow a year or an amount.
_NO_LETTERS = frozenset({"SA", "SD", "SS"})
_SMALL_WORDS = set_of(
    "al br ca cm dd de dl eu ga gb ha id ik in is je kb kg km ma mb me mg ml mm mw na nl nr nu of om op pc "
    "st te tv uk us vd we ze zo en er ai jr pk"
)

_MONTH = (
    "(?:jan(?:uari)?|feb(?:ruari)?|maart|mrt|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sept?(?:ember)?|okt(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE = (
    rf"(?:(?:0?[1-9]|[12][0-9]|3[01])(?:[-/. ](?:0?[1-9]|1[0-2])[-/. ]|[ ]{_MONTH}[ ])"
    r"(?:(?:19|20)[0-9]{2}|'?[0-9]{2})"
    r"|(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
    r"|(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])(?:19|20)[0-9]{2})(?![0-9])"
)
_BORN_BEFORE = re.compile(
    r"(?<!\w)(?:geboren|verjaardag|jarig|geboorte[- ]?(?:datum|dag)"
    r"|geb(?:\.[ ]?|[ ]|oorte)?dat(?:um|\.)?|geb(?:\.|(?=[ :]))|gebdatum)"
    rf"(?P<between>[^0-9.!?;\n]{{0,40}}?)(?:d\.d\.[ ]?)?(?P<date>(?<![0-9]){_DATE})",
    re.IGNORECASE,
)
_BORN_AFTER = re.compile(
    rf"(?<![0-9])(?P<date>{_DATE})(?:[ ](?:in|te)[ ][^\W\d_]{{2,25}})?[ ]geboren(?!\w)", re.IGNORECASE
)
# As in a family tree (°3-7-1981), or "zij is van 3-7-1981" when that is not the begin of a period.
_BORN_SIGN = re.compile(
    rf"(?:[°*]|(?<!\w)(?:hij|zij|ze)[ ]is[ ]van[ ])(?P<date>(?<![0-9]){_DATE})(?![ ]?(?:tot|t/m|[-–]))", re.IGNORECASE
)
# Words that may stand between "geboren" and the date; any other word there must be a place, with a capital.
_BETWEEN = set_of(
    "aan bij d de den der dag datum dd en het in is op s t te van was zijn "
    "onbekend vermoedelijk waarschijnlijk mogelijk ongeveer rond "
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"
)

_TITLE = re.compile(
    r"(?<![\w-])(?:mevrouw|mevr\.?|mw\.?|mejuffrouw|juffrouw|mej\.?|meneer|mijnheer|dhr\.?|heer|familie|fam\.|gezin"
    r"|echtpaar|weduwe|weduwnaar|dr\.|drs\.|mr\.|ir\.|prof\.|t\.n\.v\."
    r"|ten name van|contactpersoon:|(?:voor|achter)?naam:)"
    r"(?=[ \u00a0]|(?<=\.)[^\W\d_])",
    re.IGNORECASE,
)
# Whoever is named by what they are to somebody or to us: here a name begins with a word with a capital.
_RELATED = re.compile(
    r"(?<![\w-])(?:(?:klein|stief|pleeg)?(?:zoon|dochter|broer|zus)(?:tje|je)?|vader|moeder|opa|oma|oom|tante"
    r"|inwoner|inwoonster|bewoner|bewoonster|cliënte?|klant"
    r"|(?:hij|zij|ze) heet)(?=[ \u00a0])",
    re.IGNORECASE,
)
_WORD = re.compile(
    r"[ \u00a0]{0,2}((?:[Ii]n|[Oo]p)[ ](?:'t|[Dd]en)(?!\w)|[Oo]p[ ][Dd]e(?!\w)|[Uu]it[ ][Dd]en(?!\w)|'t"
    r"|[^\W\d_](?:[^\W\d_]|[\u0300-\u036f]|['’-](?=[^\W\d_])){0,40}\.?)"
)
_POSSESSIVE = re.compile(r"(?:['’]s)?\.?$")
_INFIXES = set_of("van de der den ten ter te 't la le du da dos das di el al von zu bin ben ibn abu ould")
_INFIXES |= {"in 't", "in den", "op 't", "op den", "op de", "uit den"}
_MOST_WORDS = 8
# Typed in haste: the names that many people have, also without a capital.
_COMMON_NAMES = set_of(
    "ahmed ali aydin bakker brouwer celik çelik dekker demir dijkstra evers hassan hendriks hoekstra hussein jacobs "
    "jansen janssen kaya khan koster kramer kuipers meijer meyer mohamed mulder nguyen öztürk peeters peters sahin "
    "şahin schouten singh smit smits veenstra verhoeven vermeulen visser willems yildiz yilmaz"
)
_COMMON_AFTER_INFIX = set_of(
    "berg boer bruijn bruin dijk groot haan graaf heuvel jong leeuwen linden meer vliet vries wit"
)
# Streets and schools are named after people with a degree.
_DEGREE = re.compile(r"(?:dr|drs|mr|ir|prof)\.", re.IGNORECASE)
PLACES = ("straat", "laan", "weg", "plein", "hof", "kade", "singel", "dreef", "gracht", "steeg", "school", "plantsoen")
# Words with a capital because a sentence begins after "mw." or "dhr.", and offices.
_NO_NAMES = set_of(
    "in op burgemeester wethouder aan als alle bij daar daarna daarom dat deze die dit dus een er graag had heeft "
    "het hier hij hoe ik inmiddels is kan kent komt krijgt kon maar mag meldt moet na naar niet nog nu om omdat "
    "ook over sinds staat toch toen uit volgens voor vraagt vroeg waarom want wat wel werd wij wil woont zal ze "
    "zegt zij zodat zou zo we vanwege verder vervolgens vanaf tijdens samen mevrouw meneer mijnheer dhr mw "
    "nederlands nederlandse marokkaanse turkse syrische poolse oekraïense eritrese individuele bijzondere"
)


def find_emails(text: str) -> Iterator[Finding]:
    """Addresses with an at-sign, sought from that sign outwards."""
    at = text.find("@")
    while at >= 0:
        start = at
        while start > max(0, at - _LOCAL_LONGEST) and (text[start - 1].isalnum() or text[start - 1] in _LOCAL_SIGNS):
            start -= 1
        while start < at and text[start] in "'.-":
            start += 1
        domain = _DOMAIN.match(text, at + 1)
        if start < at and domain:
            yield Finding(Kind.EMAIL, start, domain.end(), text[start : domain.end()])
        at = text.find("@", at + 1)


def find_postcodes(text: str) -> Iterator[Finding]:
    """A postcode with a house number after it or before it; a postcode alone is a neighbourhood."""
    for pattern in (_POSTCODE_FIRST, _POSTCODE_LAST):
        for match in pattern.finditer(text):
            letters = match[1][-2:]
            # Behind digits that end in 00 are boxes at the post office, which have no house number.
            is_amount = match[1][2:4] == "00" and letters.lower() in _SMALL_WORDS
            if letters not in _NO_LETTERS and letters not in _SMALL_WORDS and not is_amount:
                yield Finding(Kind.POSTCODE, match.start(), match.end(), match[0])


def find_birth_dates(text: str) -> Iterator[Finding]:
    """A date that the text itself calls the date of a birth; other dates are events."""
    for match in _BORN_BEFORE.finditer(text):
        words = re.findall(r"[^\W\d_]+", match["between"])
        if all(word.lower() in _BETWEEN or word[0].isupper() for word in words):
            yield Finding(Kind.BIRTH_DATE, match.start("date"), match.end("date"), match["date"])
    for pattern in (_BORN_AFTER, _BORN_SIGN):
        for match in pattern.finditer(text):
            yield Finding(Kind.BIRTH_DATE, match.start("date"), match.end("date"), match["date"])


def find_names(text: str) -> Iterator[Finding]:
    """What follows a title such as mevrouw, dhr. or familie, or a word such as zoon: initials, infixes, capitals."""
    for pattern in (_TITLE, _RELATED):
        for before in pattern.finditer(text):
            span = name_span(text, before.end(), titled=pattern is _TITLE)
            if span and not (_DEGREE.match(before[0]) and text[slice(*span)].lower().endswith(PLACES)):
                yield Finding(Kind.NAME, *span, text[slice(*span)])


def name_span(text: str, position: int, *, titled: bool) -> tuple[int, int] | None:
    """Start and end of the name that begins at this position, None when there is none.

    `titled`: behind a title, where also an infix, an initial or a common name without a capital begins one.
    """
    start: int | None = None
    end: int | None = None
    after_infix = False
    for _ in range(_MOST_WORDS):
        match = _WORD.match(text, position)
        if not match:
            break
        word, position = match[1], match.end()
        bare = _POSSESSIVE.sub("", word)
        is_infix = bare.lower() in _INFIXES and word == bare
        is_initial = len(bare) == 1 and bare.isupper()
        is_name = (
            not is_infix
            and not is_initial
            and (_is_common(bare, after_infix) or _is_name(bare) if titled else _is_name(bare) and not bare.isupper())
        )
        if not (is_name or ((is_infix or is_initial) and (titled or end is not None))):
            break
        if start is None:
            start = match.start(1)
        if is_name:
            end = match.start(1) + len(bare)
            if word != bare or bare.isupper():
                break
        after_infix = is_infix
    return (start, end) if start is not None and end is not None else None


def _is_name(word: str) -> bool:
    return _has_capital(word) and word.lower() not in _NO_NAMES


def _is_common(word: str, after_infix: bool) -> bool:
    return word in _COMMON_NAMES or (after_infix and word in _COMMON_AFTER_INFIX)


def _has_capital(word: str) -> bool:
    """Whether a word of two letters or more is written as a name: Jansen, d'Hondt, Yıldız, JANSEN."""
    letters = re.sub(r"^[^\W\d_]['’]", "", word)
    return len(letters) > 1 and (letters[0].isupper() or word[0].isupper())
