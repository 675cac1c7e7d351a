"""Django's `i18n` tags; what a page says in fixed words is looked up once for each language, not for each row."""

from django import template
from django.template.base import Node, Parser, Token
from django.template.context import Context
from django.templatetags import i18n
from django.utils.translation import get_language

register = template.Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class Words(Node):
    """`{% translate "fixed words" %}`."""

    child_nodelists = ()

    def __init__(self, words: i18n.TranslateNode) -> None:
        self.words = words
        self.known: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        """The words in the language of the reader."""
        language = get_language()
        if language not in self.known:
            self.known[language] = self.words.render(context)
        return self.known[language]


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> Node:
    """As Django's; words with a variable, a filter or a name of their own stay Django's too."""
    node = i18n.do_translate(parser, token)
    text = node.filter_expression
    fixed = text.var.literal is not None and not text.filters
    return Words(node) if fixed and not (node.asvar or node.message_context) else node
