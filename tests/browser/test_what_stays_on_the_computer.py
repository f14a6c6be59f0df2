"""What the CRM's pages leave in the browser's profile of whoever worked there, once she has logged out."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing, contextmanager
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from .conftest import FLAGS, PASSWORD, Desk

RECORD = re.compile(r"/odoo/action-[\w.]+/\d+")
WORDS = ("marguerite", "suivie", "fictive", "le mardi")
# The browser's own, for opening pages again after a crash; no CRM can prevent it: docs/confidentiality.md.
RESTORED_BY_THE_BROWSER = "Sessions"
# What the client keeps for the CRM's address: its places, and the names and values that are not encrypted.
EVERYTHING_KEPT = """async () => {
    const kept = [];
    const asked = (request) => new Promise((done, failed) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => failed(request.error);
    });
    for (const { name } of await indexedDB.databases()) {
        const database = await asked(indexedDB.open(name));
        for (const store of database.objectStoreNames) {
            const held = database.transaction(store).objectStore(store);
            for (const key of await asked(held.getAllKeys())) {
                kept.push([store, String(key)]);
            }
        }
        database.close();
    }
    for (const storage of [localStorage, sessionStorage]) {
        for (const [key, value] of Object.entries(storage)) {
            kept.push([key, value]);
        }
    }
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
            kept.push([request.url, await (await cache.match(request)).text()]);
        }
    }
    return kept;
}"""


@pytest.fixture
def computer(tmp_path, house, browser, chromium):
    """A computer of staff: `at_work` opens a browser there, whose `profile` stays on the disk."""
    profile = tmp_path / "profile"

    @contextmanager
    def at_work():
        opened = browser.browser_type.launch_persistent_context(
            profile, executable_path=chromium, args=FLAGS, locale="fr-FR"
        )
        with closing(opened):
            yield Desk(opened.new_page(), house)

    return SimpleNamespace(profile=profile, at_work=at_work)


def test_nothing_that_was_read_or_searched_stays_on_the_computer(computer):
    with computer.at_work() as desk:
        desk.log_in("direction", PASSWORD)
        _work(desk)
        desk.page.goto(f"{desk.house.url}/web/session/logout?redirect=/web/login")
        desk.page.wait_for_selector("input[name=password]")
        kept = desk.page.evaluate(EVERYTHING_KEPT)
    # The client does keep what it asks for: the descriptions of our lists, and the list that it opened in a
    # dialog, whose answer is encrypted with a key that only a page of hers gets.
    ours = [(place, key) for place, key in kept if "x_mist_" in key]
    assert {place for place, _ in ours} == {"get_views", "current_action", "web_search_read"}
    [in_a_dialog] = [key for place, key in ours if place == "web_search_read"]
    assert json.loads(in_a_dialog)["params"]["kwargs"]["domain"] == []
    for place, key in kept:
        assert not _words_in(key.lower().encode()), place
    with closing(sqlite3.connect(computer.profile / "Default" / "History")) as history:
        visited = history.execute("select url, title from urls").fetchall()
    assert any(RECORD.search(url) for url, _ in visited)
    assert not _words_in(repr(visited).lower().encode())
    for path in computer.profile.rglob("*"):
        if path.is_file() and RESTORED_BY_THE_BROWSER not in path.parts:
            assert not _words_in(path.read_bytes().lower()), path.name


def _work(desk):
    """Search a person, open her, go back to what was found, look her up from elsewhere, and open her file."""
    desk.open("person")
    desk.search("suivie")
    expect(desk.page.locator(".o_data_row")).to_have_count(1)
    desk.page.locator(".o_data_row").first.click()
    expect(desk.page.locator(".oe_title")).to_contain_text("Marguerite")
    desk.page.locator(".o_breadcrumb a", has_text="Personnes").click()
    expect(desk.page.locator(".o_data_row")).to_have_count(1)
    desk.page.reload()
    desk.page.wait_for_selector(".o_list_view")
    desk.page.goto(f"{desk.house.url}/odoo/action-mist_connector.window_investigation/new")
    desk.page.wait_for_selector(".o_form_view")
    desk.type_name("x_person_id", "suivie")
    desk.look_up("x_person_id", "suivie")
    desk.open("file")
    desk.page.locator(".o_data_row", has_text="Marguerite").click()
    expect(desk.page.locator("[name=x_note] textarea")).to_have_value("Note inventée : rendez-vous le mardi.")


def _words_in(content):
    return [word for word in WORDS if word.encode() in content or word.encode("utf-16-le") in content]
