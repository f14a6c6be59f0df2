"""« À faire » as a member of direction meets it: told once, done once, and not told again."""

from __future__ import annotations

import re

from playwright.sync_api import expect

# Someone works here without her agreement: of all that is due, this is due first.
FOUND = "sans accord de confidentialité en vigueur"
REFERENCE = re.compile(r"RA-[0-9A-F]{4}-[0-9A-F]{4}")


def test_what_direction_marks_done_is_gone_from_list_and_clock_and_no_sync_brings_it_back(reminded, picture):
    told = reminded.sync().reminders
    desk = reminded.desk("direction")
    waiting = _in_the_clock(desk)
    picture(desk, "clock")
    desk.page.locator(".o-mail-ActivityGroup", has_text="Autres activités").click()
    expect(desk.page.locator(".o_action", has_text="MIST : à faire (RA-").first).to_be_visible()
    picture(desk, "activities")
    assert FOUND not in desk.page.locator(".o_action").inner_text()

    _open_list_by_the_menu(desk)
    assert desk.headers == ["Pour le", "Personne", "Constat", "Règlement intérieur", "Confié à", "État"]
    rows = desk.table
    assert len(rows) == len(told)
    assert sum("Directrice Exemple" in row for row in rows) == waiting
    assert {row[5] for row in rows} == {"À faire"}
    assert rows[0][1:5:2] == ["Nouvelle Exemple", "« Confidentialité » (C08)"]
    picture(desk, "list")

    desk.page.locator(".o_data_row").first.click()
    form = desk.page.locator(".o_form_view")
    expect(form.locator(".oe_title")).to_contain_text(FOUND)
    expect(form).to_contain_text("Faites signer l'accord")
    reference = REFERENCE.search(form.inner_text()).group()
    desk.page.get_by_role("button", name="Déjà noté").click()
    expect(form.locator(".o_field_widget[name=x_state]")).to_have_text("Fait")
    picture(desk, "done")

    # The matter itself lasts: the agreement is still not signed. That she said « done » is what counts.
    again = reminded.sync().reminders
    assert again == ()
    _open_list_by_the_menu(desk)
    expect(desk.page.locator(".o_data_row")).to_have_count(len(rows) - 1)
    assert sorted(desk.table) == sorted(rows[1:])
    assert _in_the_clock(desk) == waiting - 1
    desk.open("reminder")
    desk.page.locator(".o_searchview .o_facet_remove").first.click()
    expect(desk.page.locator(".o_data_row")).to_have_count(len(rows))
    done = [row for row in desk.table if row[5] == "Fait"]
    picture(desk, "everything")
    assert [row[2] for row in done] == [rows[0][2]]
    desk.page.locator(".o_data_row", has_text=FOUND).click()
    expect(form).to_contain_text(reference)

    _settle_by_its_act(reminded.desk("accompagnante"), picture)


def _settle_by_its_act(desk, picture):
    """J1, J10: who logs in sees what she must do; the act beside it records the fact and settles it."""
    rows = desk.page.locator(".o_data_row")
    expect(rows.first).to_be_visible()
    assert {row[4] for row in desk.table} == {"Accompagnante Exemple"}
    picture(desk, "start", guide="a-faire")
    told, clock = rows.count(), _in_the_clock(desk)
    desk.open("reminder")
    desk.clicks = 0
    rows.filter(has_text="cours de français").get_by_role("button", name="Cours proposé").click()
    desk.page.locator(".modal").get_by_role("button", name="Enregistrer").click()
    expect(rows).to_have_count(told - 1)
    assert desk.clicks <= 3
    assert _in_the_clock(desk) == clock - 1
    found = desk.ask("x_mist_step", "search_read", args=[[["x_kind", "=", "french_course"]], ["x_called"]])
    assert [row["x_called"] for row in found["result"]] == ["Marguerite"]


def _in_the_clock(desk):
    """Open the CRM's clock on a fresh page, and return how many activities are to come."""
    desk.page.reload()
    desk.page.locator(".o_menu_systray i.fa-clock-o").click()
    coming = desk.page.locator(".o-mail-ActivityGroup", has_text="Autres activités")
    return int(re.search(r"(\d+) Futur", coming.inner_text()).group(1))


def _open_list_by_the_menu(desk):
    desk.apps()
    desk.page.locator(".o_app", has_text="MIST").click()
    desk.page.locator(".o_menu_sections button", has_text="Personnes").click()
    desk.page.get_by_role("menuitem", name="À faire", exact=True).click()
    expect(desk.page.locator(".o_breadcrumb")).to_contain_text("À faire")
    expect(desk.page.locator(".o_list_view th", has_text="Constat")).to_be_visible()
