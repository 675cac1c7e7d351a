"""Identifying data in any Dutch sentence, with any usual punctuation and spacing; and its look-alikes."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from stdnum.nl import bsn

from organisation.kernel.personal_data import Kind, find

SENTENCES = (
    "Het gaat om {}.", "{} staat op de brief", "Zie ({}) in het dossier", "nr:{}, graag nakijken", "Is dit {}?",
    "Kopie van “{}” ontvangen", "Gegevens: {}; de rest volgt", "bel of mail\n{}\nna vier uur", "«{}»", "{}!", "- {}",
    "Inwoner noemde '{}' en verder niets", "oud: {} / nieuw: onbekend", "Afspraak gemaakt\t{}\tdoor de balie", "{}",
)  # fmt: skip
SENTENCE = st.sampled_from(SENTENCES)
DAYS = st.dates(date(1910, 1, 1), date(2026, 12, 31))
DIGITS = st.text("0123456789", min_size=8, max_size=8)
LAST = st.integers(0, 9)
NAMES = st.sampled_from(
    ["Jansen", "De Wit", "van den Berg", "Yıldız", "O'Neill", "El Idrissi", "Çelik-de Boer", "Nguyễn", "d'Hondt"]
    + ["J. Kuipers", "A.B. van 't Hof", "Fatima el Amrani", "Smit-Bakker", "Ter Horst", "Šimić", "dos Santos Ferreira"]
)


def found(kind: Kind, text: str) -> list[str]:
    return [finding.text for finding in find(text) if finding.kind == kind]


def is_service_number(number: str) -> bool:
    """By the eleven test, written again."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * int(digit) for weight, digit in zip(weights, number, strict=True)) % 11 == 0 and int(number) > 0


def with_check(eight: str) -> str:
    """Nine digits that pass the test; the next eight when these have no ninth."""
    while True:
        for ninth in "0123456789":
            if is_service_number(eight + ninth):
                return eight + ninth
        eight = f"{(int(eight) + 1) % 10**8:08d}"


def grouped(text: str, sizes: tuple[int, ...], sign: str) -> str:
    parts, start = [], 0
    for size in sizes:
        parts.append(text[start : start + size])
        start += size
    return sign.join(parts)


@given(DIGITS, SENTENCE, st.sampled_from([(9,), (3, 3, 3), (4, 2, 3)]), st.sampled_from(" .-\u00a0"))
def test_every_citizen_service_number_is_found_in_any_sentence(digits, sentence, sizes, sign):
    number = grouped(with_check(digits), sizes, sign)
    assert found(Kind.BSN, sentence.format(number)) == [number]


@given(DIGITS, LAST, SENTENCE, st.sampled_from([(9,), (3, 3, 3), (4, 2, 3)]), st.sampled_from(" .-\u00a0"))
def test_nine_digits_that_fail_the_test_are_none(digits, last, sentence, sizes, sign):
    number = f"{digits}{last}"
    if not is_service_number(number):
        assert found(Kind.BSN, sentence.format(grouped(number, sizes, sign))) == []


@given(DIGITS, LAST)
def test_our_eleven_test_is_that_of_the_library(digits, last):
    assert is_service_number(f"{digits}{last}") == bsn.is_valid(f"{digits}{last}")


@given(
    st.sampled_from(["ABNA", "INGB", "RABO", "TRIO", "BUNQ"]),
    st.integers(0, 10**10 - 1),
    SENTENCE,
    st.sampled_from(["", " ", "-", "."]),
    st.booleans(),
)
def test_every_dutch_account_number_is_found(bank, account, sentence, sign, lower):
    rest = f"{bank}{account:010d}"
    remainder = int("".join(str(int(letter, 36)) for letter in f"{rest}NL00")) % 97
    number = grouped(f"NL{98 - remainder:02d}{rest}", (4, 4, 4, 4, 2), sign)
    number = number.lower() if lower else number
    assert found(Kind.IBAN, sentence.format(number)) == [number]


@given(
    st.from_regex(r"[a-z][a-z0-9]{0,8}([._+-][a-z0-9]{1,8}){0,2}", fullmatch=True),
    st.from_regex(r"[a-z][a-z0-9-]{0,10}[a-z0-9]\.(nl|com|org|amsterdam)", fullmatch=True),
    SENTENCE,
)
def test_every_mail_address_is_found(local, domain, sentence):
    assert found(Kind.EMAIL, sentence.format(f"{local}@{domain}")) == [f"{local}@{domain}"]


@given(
    DIGITS,
    SENTENCE,
    st.sampled_from(["06{}", "06-{}", "06 {}", "+316{}", "+31 6 {}", "+31 (0)6 {}", "00316{}", "0031 6 {}"]),
    st.sampled_from([(8,), (4, 4), (2, 2, 2, 2), (3, 2, 3)]),
)
def test_every_mobile_number_is_found(digits, sentence, begin, sizes):
    number = begin.format(grouped("1" + digits[1:], sizes, " "))
    assert found(Kind.PHONE, sentence.format(number)) == [number]


@given(
    st.integers(1000, 9999),
    st.text("ABCDEGHJKLNPRSTVWXZ", min_size=2, max_size=2),
    st.sampled_from(["", " "]),
    st.integers(1, 999),
    st.sampled_from(["", "a", "-2", " bis"]),
    st.sampled_from([" ", ", ", " nr. ", " huisnummer "]),
    SENTENCE,
)
def test_every_address_by_postcode_is_found(digits, letters, space, number, addition, between, sentence):
    if letters in ("SA", "SD", "SS") or digits % 100 == 0:
        return
    address = f"{digits}{space}{letters}{between}{number}{addition}"
    assert found(Kind.POSTCODE, sentence.format(address)) == [address]


@given(
    DAYS,
    st.sampled_from(["{0.day}-{0.month}-{0.year}", "{0:%d-%m-%Y}", "{0:%d/%m/%Y}", "{0:%d.%m.%Y}", "{0:%Y-%m-%d}"]),
    st.sampled_from(["geboren op {}", "Geboortedatum: {}", "geb. {}", "geboren {} te Gouda", "op {} geboren"]),
    SENTENCE,
)
def test_every_birth_date_is_found(day, form, words, sentence):
    text = form.format(day)
    assert found(Kind.BIRTH_DATE, sentence.format(words.format(text))) == [text]


@given(
    DAYS,
    st.sampled_from(["{0.day}-{0.month}-{0.year}", "{0:%d-%m-%Y}", "{0:%Y-%m-%d}"]),
    st.sampled_from(["besluit van {}", "de brief van {}", "tot en met {}", "sinds {}", "Huisbezoek op {}", "per {}"]),
    SENTENCE,
)
def test_another_date_is_free(day, form, words, sentence):
    assert find(sentence.format(words.format(form.format(day)))) == []


@given(
    st.sampled_from(["LL-DD-LL", "DD-LL-DD", "DD-LLL-D", "D-LLL-DD", "LL-DDD-L", "L-DDD-LL", "LLL-DD-L", "D-LL-DDD"]),
    st.text("BDFGHJKLNPRSTVXZ", min_size=6, max_size=6),
    st.text("123456789", min_size=6, max_size=6),
    SENTENCE,
)
def test_every_number_plate_is_found(code, letters, digits, sentence):
    plate = "".join(
        letters[at % 6] if sign == "L" else digits[at % 6] if sign == "D" else "-" for at, sign in enumerate(code)
    )
    if plate[:2] not in ("SR", "ZW", "JW", "PW", "LV", "BW", "GW", "WW"):
        assert found(Kind.NUMBER_PLATE, sentence.format(plate)) == [plate]


@given(
    st.sampled_from(["mevrouw", "Mevrouw", "mw.", "Mw", "dhr.", "Dhr", "meneer", "de heer", "familie", "Mevr."]),
    NAMES,
    st.sampled_from(["{} belde", "Gesproken met {}.", "({})", "{}, 45 jaar", "van {} en haar man", "{} heeft pijn"]),
)
def test_whoever_is_named_with_a_title_is_found(title, name, sentence):
    assert found(Kind.NAME, sentence.format(f"{title} {name}")) == [name]


@given(st.integers(2015, 2030), st.integers(1, 99_999), st.sampled_from("ZADR"), SENTENCE)
def test_numbers_of_cases_are_free(year, number, letter, sentence):
    assert find(sentence.format(f"{letter}-{year}-{number:05d}")) == []


@given(st.integers(0, 10**9), st.sampled_from(["€ {},{:02d}", "€{},{:02d}", "{},{:02d} euro"]), SENTENCE)
def test_amounts_are_free(cents, form, sentence):
    euros = f"{cents // 100:,}".replace(",", ".")
    assert find(sentence.format(form.format(euros, cents % 100))) == []


@given(
    st.integers(1, 20),
    st.integers(1, 150),
    st.sampled_from(["artikel {}:{} Awb", "art. {}.{} Wmo 2015", "artikel {}, {}e lid", "artikel {} lid {} PW"]),
    SENTENCE,
)
def test_articles_are_free(chapter, number, form, sentence):
    assert find(sentence.format(form.format(chapter, number))) == []
