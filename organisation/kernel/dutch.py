"""Dutch text as the words that carry its meaning: without small words, and one form for each word.

Both databases index what comes out of here and add nothing to it, so both find the same.
"""

import re
import threading
import unicodedata
from functools import lru_cache

import snowballstemmer

# A number of ours and an amount are one word each: A-2026-00017, 1.240,50.
_WORD = re.compile(r"\b[a-z]-[0-9]+(?:-[0-9]+)*|[0-9]+(?:[.,-][0-9]+)*|[a-z0-9]+")
_BETWEEN = re.compile("[^a-z0-9]")
LONGEST = 40  # no word is longer, and a database refuses to index what is endless
# What stands between a text and its meaning in nearly every sentence; also the verbs that only help another verb.
_SMALL = """
de het een en of maar want dus als dan dat die dit deze der des den te ten ter ook al nog wel niet geen niets iets
is was ben bent zijn waren wordt worden werd werden word heeft hebben had hadden heb hebt geweest geworden gehad
kan kunnen kon konden kun mag mogen mocht moet moeten moest moesten zal zullen zou zouden wil willen wilde gaat gaan
ging doet doen deed komt komen kwam laat laten
in op aan van voor met bij naar uit over om tot door tegen onder boven tussen zonder sinds tijdens via per na toe af
er hier daar waar hoe wat wie welke wanneer waarom toen nu toch zo heel erg meer meest minder veel weinig alle alles
ik jij je u hij zij ze wij we jullie mij me mijn jou jouw uw hem haar zijn hun ons onze zich zelf ander andere elk
elke ieder iedere iemand niemand men omdat doordat zodat terwijl hoewel totdat zodra waardoor waarbij waarin daarom
daardoor daarbij daarna hierdoor eerst dan weer steeds altijd nooit vaak soms even dus echter namelijk
"""
SMALL = frozenset(_SMALL.split())
_taking_turns = threading.Lock()
_stemmer = snowballstemmer.stemmer("dutch")  # Kraaij and Pohlmann: also ge- in front and double vowels


def tokens(text: str) -> list[str]:
    """Words and numbers in small letters, without accents and without signs in them, in their order."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return [_BETWEEN.sub("", token)[:LONGEST] for token in _WORD.findall(plain)]


def words(text: str) -> list[str]:
    """The one form of each word that carries meaning, in their order; single letters and digits carry none."""
    return [stem(token) for token in tokens(text) if len(token) > 1 and token not in SMALL]


@lru_cache(maxsize=50_000)
def stem(token: str) -> str:
    """The form that stands for all forms of a word: `terugvorder` for terugvordering and teruggevorderd."""
    if not token.isalpha():
        return token
    with _taking_turns:  # it keeps the word it works on in itself
        return str(_stemmer.stemWord(token)) or token
