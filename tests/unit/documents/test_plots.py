"""A plot is drawn from what is printed beside it: masked figures have no bar, and words say the same."""

from __future__ import annotations

import re

import pytest

from mist_connector.documents.compiled import Rendered
from mist_connector.documents.page_tree import read_page
from mist_connector.documents.pdf import to_pdf
from mist_connector.documents.plots import alternative, bars_of, draw

TABLE = (
    '<table class="bars"><caption>Membres</caption>'
    '<tr><th scope="row">mai :</th><td>{0}</td></tr>'
    '<tr><th scope="row">novembre :</th><td>{1}</td></tr></table>'
)


def bars(first, second):
    [table] = read_page(TABLE.format(first, second)).elements
    return bars_of(table)


def lengths(drawn):
    """Return how long each bar is, without those that are not drawn."""
    rectangles = [each for each in re.findall(r"<rect [^>]*>", drawn) if "reactive" in each]
    return sorted(float(re.search(r'width="([\d.]+)"', each)[1]) for each in rectangles)


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("60", 60),
        ("1\N{NARROW NO-BREAK SPACE}060", 1060),
        ("1,060", 1060),
        ("non publié", None),
        ("6 a", None),
        ("", None),
    ],
)
def test_a_bar_is_the_number_that_is_printed(printed, value):
    assert bars(printed, "1")[0].value == value


def test_a_masked_figure_has_words_and_no_bar():
    drawn = draw(bars("60", "non publié"))
    assert len(lengths(drawn)) == 1
    assert "novembre : non publié" in drawn


def test_bars_are_as_long_as_their_numbers():
    short, long = lengths(draw(bars("30", "60")))
    assert long == pytest.approx(2 * short, rel=0.02)


def test_a_plot_is_the_same_each_time_in_one_ink_and_says_nothing_of_its_making():
    drawn = draw(bars("30", "60"))
    assert drawn == draw(bars("30", "60"))
    assert "<!--" not in drawn
    assert "20" not in re.sub(r"[\d.]+", "", drawn)
    assert {each.lower() for each in re.findall(r"#[0-9a-fA-F]{3,6}\b", drawn)} <= {"#000000", "#4a4a4a"}


def test_the_words_beside_a_plot_say_every_figure():
    assert alternative("Membres", bars("60", "non publié")) == "Membres. mai : 60 ; novembre : non publié."


def test_a_plot_in_a_pdf_carries_its_words():
    html = f"<html><body><h1>Titre</h1>{TABLE.format('60', 'non publié')}</body></html>"
    assert b"/Alt" in to_pdf(Rendered("fr", "Un objet", html, ""))


def test_a_table_of_masked_figures_only_stays_a_table():
    html = f"<html><body><h1>Titre</h1>{TABLE.format('non publié', 'non publié')}</body></html>"
    assert b"/Alt" not in to_pdf(Rendered("fr", "Un objet", html, ""))
