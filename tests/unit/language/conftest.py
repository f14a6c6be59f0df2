"""How a line in the wrong language is found."""

import re

import pytest

# Words that one of the two languages has, and the other has not.
FRENCH = re.compile(
    r"[àâçéèêëîïôùûœ«»]|\b(le|la|les|des|du|de|un|une|et|est|sont|ne|pas|qui|que|dans|pour|par|avec|sans|cette|"
    r"aux|elle|vous|votre|sur)\b",
    re.IGNORECASE,
)
ENGLISH = re.compile(
    r"\b(the|of|and|is|are|to|for|with|without|from|which|who|that|this|not|it|its|her|by|nothing|only|writes|shows)\b",
    re.IGNORECASE,
)
# What is the same in both languages: values that are typed, names of the CRM's columns, quoted as they are.
TYPED = re.compile(
    r"\{[^{}]*\}|--[a-z-]+|[\w./]+\.(yaml|csv|xlsx|pdf|html|txt|org)\b"
    r"|Personne \(code\)|Prénom|Nom\b|mist access who|^  who\b|same|apart|leave|board"
)


@pytest.fixture(scope="session")
def foreign():
    """Return the lines of a text in which a word stands that its language has not."""

    def lines(text, language):
        other = {"fr": ENGLISH, "en": FRENCH}[language]
        return [line for line in text.splitlines() if other.search(TYPED.sub("", line))]

    return lines
