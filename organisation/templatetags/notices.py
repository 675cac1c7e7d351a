"""Lines of the logbook as sentences on a page."""

from django import template

from organisation import sentences

register = template.Library()
register.filter("sentence", sentences.sentence)
