"""A whole register goes in, is rolled up, and the cube says what the file says."""

import os
from collections import Counter

import pytest
from django.core.management import call_command

from cases.models import Routine
from deviations.models import RegisterImport
from learning.models import Cube, CubeUse
from organisation.models import Team
from tests.scale import registers

ROWS = 126_000 if os.environ.get("DRILL") == "full" else 2_400


@pytest.mark.drill
@pytest.mark.django_db
@pytest.mark.timeout(3600)
def test_the_cube_says_what_the_file_says(tmp_path, capsys):
    file = tmp_path / "register.csv"
    registers.write(file, rows=ROWS, seed=ROWS)

    call_command("import_register", file, create_missing=True)
    call_command("rollup", all=True)
    call_command("rollup", verify=True)  # fails when a cell differs from a recount of the rows

    deviations, uses = registers.recount(file)
    codes = dict(Routine.objects.values_list("pk", "code"))
    names = dict(Team.objects.values_list("pk", "name"))
    cube: Counter[registers.Cell] = Counter()
    for cell in Cube.objects.current():
        cube[cell.period, codes[cell.routine_id], names[cell.team_id], cell.kind, cell.answer] += cell.deviations
    assert RegisterImport.objects.get().rows_done == ROWS
    assert cube == deviations
    counted = {(use.period, codes[use.routine_id], names[use.team_id]): use.uses for use in CubeUse.objects.current()}
    assert counted == uses
