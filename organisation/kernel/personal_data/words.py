"""Identifying data that leans on the words round it: e-mail, address, birth date and name."""

import re
from collections.abc import Iterator

from .findings import Finding, Kind


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LOCAL_LONGEST = 64
_LOCAL_SIGNS = frozenset("._%+'-")
_DOMAIN = re.compile(r"(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}(?![\w-])")

_ADDITION = r"(?:[ -]?[A-Za-z](?![A-Za-z])|-[0-9]{1,4}(?![-0-9]))?"
_HOUSE = (
    rf"[ ,;:]{{0,3}}(?:(?:huis)?(?:nummer|nr\.?)[ :]{{0,2}})?[0-9]{{1,5}}{_ADDITION}"
    r"(?![0-9]|[-./][0-9]{1,2}[-./][0-9])"
)
_POSTCODE = r"[1-9][0-9]{3}(?:[ ]?(?:[A-Z]{2})|[ ]?[a-z]{2})(?![A-Za-z])"
_POSTCODE_FIRST = re.compile(rf"(?<![\w.,-])({_POSTCODE}){_HOUSE}")
_POSTCODE_LAST = re.compile(
    rf"(?<![\w.,-])[0-9]{{1,5}}{_ADDITION}[ ,;\n]{{1,3}}([1-9][0-9]{{3}}[ ]?[A-Z]{{2}})(?![A-Za-z])"
)
# Never given out, and small words and units that follow a year or an amount.
_NO_LETTERS = frozenset({"SA", "SD", "SS"})
_SMALL_WORDS = _words(
    "al br ca cm dd de dl eu ga gb ha id ik in is je kb kg km ma mb me mg ml mm mw na nl nr nu of om op pc "
    "st te tv uk us vd we ze zo en er ai jr pk"
)

_MONTH = (
    "(?:jan(?:uari)?|feb(?:ruari)?|maart|mrt|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sept?(?:ember)?|okt(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE = (
    rf"(?:(?:0?[1-9]|[12][0-9]|3[01])(?:[-/.](?:0?[1-9]|1[0-2])[-/.]|[ ]{_MONTH}[ ])"
    r"(?:(?:19|20)[0-9]{2}|'?[0-9]{2})"
    r"|(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
    r"|(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])(?:19|20)[0-9]{2})(?![0-9])"
)
_BORN_BEFORE = re.compile(
    r"(?<!\w)(?:geboren|geboorte[- ]?(?:datum|dag)|geb(?:\.[ ]?|[ ]|oorte)?dat(?:um|\.)?|geb(?:\.|(?=[ :]))|gebdatum)"
    rf"(?P<between>[^0-9.!?;\n]{{0,40}}?)(?:d\.d\.[ ]?)?(?P<date>(?<![0-9]){_DATE})",
    re.IGNORECASE,
)
_BORN_AFTER = re.compile(
    rf"(?<![0-9])(?P<date>{_DATE})(?:[ ](?:in|te)[ ][^\W\d_]{{2,25}})?[ ]geboren(?!\w)", re.IGNORECASE
)
# Words that may stand between "geboren" and the date; any other word there must be a place, with a capital.
_BETWEEN = _words("aan bij d de den der dag datum dd en het in is op s t te van was zijn")

_TITLE = re.compile(
    r"(?<![\w-])(?:mevrouw|mevr\.?|mw\.?|mejuffrouw|juffrouw|mej\.?|meneer|mijnheer|dhr\.?|heer|familie|fam\.)"
    r"(?=[ \u00a0]|(?<=\.)[^\W\d_])",
    re.IGNORECASE,
)
_WORD = re.compile(
    r"[ \u00a0]{0,2}((?:[Ii]n|[Oo]p)[ ](?:'t|[Dd]en)(?!\w)|[Oo]p[ ][Dd]e(?!\w)|[Uu]it[ ][Dd]en(?!\w)|'t"
    r"|[^\W\d_](?:[^\W\d_]|[\u0300-\u036f]|['’-](?=[^\W\d_])){0,40}\.?)"
)
_INFIXES = _words("van de der den ten ter te 't la le du da dos das di el al von zu bin ben ibn abu ould")
_INFIXES |= {"in 't", "in den", "op 't", "op den", "op de", "uit den"}
_MOST_WORDS = 8
# Words with a capital because a sentence begins after "mw." or "dhr.", and offices.
_NO_NAMES = _words(
    "in op burgemeester wethouder aan als alle bij daar daarna daarom dat deze die dit dus een er graag had heeft "
    "het hier hij hoe ik inmiddels is kan kent komt krijgt kon maar mag meldt moet na naar niet nog nu om omdat "
    "ook over sinds staat toch toen uit volgens voor vraagt vroeg waarom want wat wel werd wij wil woont zal ze "
    "zegt zij zodat zou zo we vanwege verder vervolgens vanaf tijdens samen mevrouw meneer mijnheer dhr mw"
)


def find_emails(text: str) -> Iterator[Finding]:
    """Addresses with an at-sign, sought from that sign outwards."""
    at = text.find("@")
    while at >= 0:
        start = at
        while start > max(0, at - _LOCAL_LONGEST) and (text[start - 1].isalnum() or text[start - 1] in _LOCAL_SIGNS):
            start -= 1
        domain = _DOMAIN.match(text, at + 1)
        if start < at and domain:
            yield Finding(Kind.EMAIL, start, domain.end(), text[start : domain.end()])
        at = text.find("@", at + 1)


def find_postcodes(text: str) -> Iterator[Finding]:
    """A postcode with a house number after it or before it; a postcode alone is a neighbourhood."""
    for pattern in (_POSTCODE_FIRST, _POSTCODE_LAST):
        for match in pattern.finditer(text):
            letters = match[1][-2:]
            if letters not in _NO_LETTERS and letters not in _SMALL_WORDS:
                yield Finding(Kind.POSTCODE, match.start(), match.end(), match[0])


def find_birth_dates(text: str) -> Iterator[Finding]:
    """A date that the text itself calls the date of a birth; other dates are events."""
    for match in _BORN_BEFORE.finditer(text):
        words = re.findall(r"[^\W\d_]+", match["between"])
        if all(word.lower() in _BETWEEN or word[0].isupper() for word in words):
            yield Finding(Kind.BIRTH_DATE, match.start("date"), match.end("date"), match["date"])
    for match in _BORN_AFTER.finditer(text):
        yield Finding(Kind.BIRTH_DATE, match.start("date"), match.end("date"), match["date"])


def find_names(text: str) -> Iterator[Finding]:
    """What follows a title such as mevrouw, dhr. or familie: initials, infixes and words with a capital."""
    for title in _TITLE.finditer(text):
        span = _name_span(text, title.end())
        if span:
            yield Finding(Kind.NAME, *span, text[slice(*span)])


def _name_span(text: str, position: int) -> tuple[int, int] | None:
    """Start and end of the name that begins at this position, None when there is none."""
    start: int | None = None
    end: int | None = None
    for _ in range(_MOST_WORDS):
        match = _WORD.match(text, position)
        if not match:
            break
        word, position = match[1], match.end()
        bare = word.rstrip(".")
        is_infix = bare.lower() in _INFIXES and word == bare
        is_initial = len(bare) == 1 and bare.isupper()
        is_name = not is_infix and not is_initial and _has_capital(bare) and bare.lower() not in _NO_NAMES
        if not (is_infix or is_initial or is_name):
            break
        if start is None:
            start = match.start(1)
        if is_name:
            end = match.start(1) + len(bare)
            if word != bare or bare.isupper():
                break
    return (start, end) if start is not None and end is not None else None


def _has_capital(word: str) -> bool:
    """Whether a word of two letters or more is written as a name: Jansen, d'Hondt, Yıldız, JANSEN."""
    letters = re.sub(r"^[^\W\d_]['’]", "", word)
    return len(letters) > 1 and (letters[0].isupper() or word[0].isupper())
