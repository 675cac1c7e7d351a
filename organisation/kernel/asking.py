"""How the database is asked, where that decides how long a page takes."""

from django.db.models import Exists


class ExistsByRow(Exists):
    """Whether there is such a row, asked anew for each row that is walked.

    PostgreSQL may gather all 20,000 shares of somebody first, or all 100,000 cases, for a page of 25 rows. With an
    offset it cannot. Only where the question is answered by a key; `tests/scale/bench_lists.py` measures it.
    """

    template = "EXISTS(%(subquery)s OFFSET 0)"
