"""What is kept ready so that a page costs the same however much there is to count: published figures only."""

from django.db import models
from django.utils import timezone


class StoredDashboard(models.Model):
    """The published figures of one selection, small cells already hidden, as they were at one version of the cube."""

    key = models.CharField(primary_key=True, max_length=64)
    selection = models.JSONField()
    version = models.PositiveIntegerField()
    figures = models.JSONField()
    stored_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (models.Index(fields=("version",), name="stored_dashboard_version"),)

    def __str__(self) -> str:
        return self.key


class Chart(models.Model):
    """A drawing by the digest of all that is in it. A page asks, a worker draws; `svg` is empty until then."""

    digest = models.CharField(primary_key=True, max_length=64)
    spec = models.JSONField()
    svg = models.TextField(blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    # A worker that cannot draw it leaves the table as it is, and does not try for ever.
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = (models.Index(fields=("asked_at",), condition=models.Q(svg=""), name="chart_to_draw"),)

    def __str__(self) -> str:
        return self.digest
