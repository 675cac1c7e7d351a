"""Room to start from: what each preset covers, and that a heavier source is never covered more freely."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deviations.rules.covering import BENDING, MEANS, covering, is_covered
from deviations.rules.presets import PRESETS, Preset
from deviations.rules.sliders import SLIDERS
from tests.deviations.test_covering import DEVIATION, FIELDS, SPACE

COVERS = {
    "system": {"habit", "system"},
    "work_instruction": {"habit", "system", "work_instruction"},
    "policy_rule": {"habit", "system", "work_instruction", "policy_rule"},
    "ordinance": {"habit", "system", "work_instruction", "policy_rule", "ordinance"},
}
SOURCES = [*COVERS["ordinance"], "statute"]


def space_of(preset: Preset):
    euros = {name: None if cents is None else Decimal(cents) / 100 for name, cents in (
        ("amount_per_deviation", preset.per_deviation), ("amount_per_month", preset.per_month),
        ("amount_per_period", preset.per_period),
    )}  # fmt: skip
    sliders = {name: getattr(preset, name) for name in ("purpose", "rules", "means", "deciding", "sight")}
    return replace(SPACE, **sliders, **euros, spent_month=Decimal(0), spent_period=Decimal(0))


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("code", PRESETS)
def test_a_well_explained_deviation_is_covered_when_its_source_may_bend(code, source):
    explained = replace(DEVIATION, source_type=source, amount=Decimal(50), explanation=frozenset(FIELDS))
    assert is_covered(covering(space_of(PRESETS[code]), explained)) == (source in COVERS[code])
    assert BENDING[PRESETS[code].rules] == COVERS[code]


def test_heavier_sources_ask_more_and_are_looked_at_more():
    for lighter, heavier in pairwise(PRESETS.values()):
        assert heavier.rules > lighter.rules
        assert heavier.purpose < lighter.purpose
        assert heavier.means >= lighter.means
        assert heavier.deciding <= lighter.deciding
        assert heavier.sight <= lighter.sight


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_every_preset_is_complete_and_offered_by_the_sliders(preset):
    named = {"amount_per_deviation": preset.per_deviation, "amount_per_month": preset.per_month,
             "amount_per_period": preset.per_period}  # fmt: skip
    assert all(named[amount.code] for amount in MEANS[preset.means])
    for name, slider in SLIDERS.items():
        assert preset.fields()[f"{name}_slider"] in slider.positions


@given(cents=st.integers(0, 1_000_000), code=st.sampled_from(sorted(PRESETS)))
def test_no_preset_covers_more_money_than_it_names(cents, code):
    preset = PRESETS[code]
    asked = replace(DEVIATION, source_type="habit", amount=Decimal(cents) / 100, explanation=frozenset(FIELDS))
    covered = is_covered(covering(space_of(preset), asked))
    assert covered == (cents <= (preset.per_deviation or 0))
