"""A real browser on a real CRM with a few invented people in it, and one login per role."""

import os
import re
import time
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect, sync_playwright
from pydantic import SecretStr

from mist_connector.crm.connect import connect
from mist_connector.crm.profiles import Profile
from mist_connector.crm.server_actions import find_server_action
from mist_connector.reporting import Silent
from mist_connector.sandbox.clock import ZONE
from mist_connector.work.people.sync import Sync

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PASSWORD = "une phrase inventée"  # noqa: S105 - of databases that live as long as a test
GROUPS = {
    "connecteur": ("base.group_user", "base.group_partner_manager", "mist_connector.group_connector"),
    "direction": ("base.group_user", "mist_connector.group_direction"),
    "accompagnante": ("base.group_user", "mist_connector.group_staff"),
    "collegue": ("base.group_user", "mist_connector.group_staff"),
    "sans-accord": ("base.group_user", "mist_connector.group_staff"),
}
NAMES = {
    "directrice": ("Directrice", "Exemple"),
    "accompagnante": ("Accompagnante", "Exemple"),
    "collegue": ("Collègue", "Exemple"),
    "sans-accord": ("Nouvelle", "Exemple"),
    "candidate": ("Candidate", "Fictive"),
    "prete": ("Prête", "Fictive"),
    "membre": ("Membre", "Fictive"),
    "suivie": ("Suivie", "Fictive"),
    "bientot": ("Bientôt", "Fictive"),
    "exclue": ("Exclue", "Fictive"),
    "partie": ("Partie", "Fictive"),
}


def day(offset):
    return (datetime.now(ZONE).date() + timedelta(days=offset)).isoformat()


@pytest.fixture(scope="session")
def house(sandbox, deployed, admin_of):
    """A deployed database with accounts, people and facts: `url`, `database`, and `people` by key.

    All modules share it, since a page's first opening in a database costs seconds: each test that changes
    something has a person of its own to change.
    """
    name = sandbox.clone("filled", source=deployed)
    yield _house(sandbox, name, admin_of)
    sandbox.drop(name)


@pytest.fixture
def reminded(sandbox, deployed, admin_of, mappings, browser):
    """A house of one test's own, with `sync`, as `mist sync` does, and `desk`, from a login to its page."""
    name = sandbox.clone("reminded", source=deployed)
    house = _house(sandbox, name, admin_of)

    def sync():
        with closing(_connection(sandbox, name, "connecteur")) as run:
            syncing = Sync(run, mappings.blueprint, mappings.provisions, mappings.sync)
            plan = syncing.plan(on=datetime.now(ZONE).date())
            syncing.apply(plan, Silent())
        return plan

    yield SimpleNamespace(sync=sync, desk=lambda login: _desk(browser, house, login, PASSWORD))
    sandbox.drop(name)


@pytest.fixture(scope="session")
def browser(chromium):
    """A real browser, which all desks share."""
    with (
        sync_playwright() as playwright,
        closing(playwright.chromium.launch(executable_path=chromium, args=FLAGS)) as browser,
    ):
        yield browser


@pytest.fixture(scope="session")
def desk_of(house, sandbox, browser):
    """A function from a login to the browser's page of who is logged in so, each once."""
    desks = {}

    def desk(login):
        if login not in desks:
            password = sandbox.admin_password if login == sandbox.admin_login else PASSWORD
            desks[login] = _desk(browser, house, login, password)
        return desks[login]

    return desk


@pytest.fixture
def new_desk(house, browser):
    """A function from a login to a page in a browser that has seen nothing yet."""
    return lambda login: _desk(browser, house, login, PASSWORD)


@pytest.fixture
def picture(request, tmp_path):
    """A function that keeps a screenshot: in MIST_SCREENSHOTS if set, else with the test's own files.

    One with a name in the guide of the team (`guide`) is kept in MIST_GUIDE too: `make guide` makes them all.
    """
    directory = Path(os.environ.get("MIST_SCREENSHOTS", tmp_path))

    def keep(desk, name="", *, guide=""):
        test = request.node.name.removeprefix("test_")[:80]
        desk.page.screenshot(path=directory / f"{'-'.join(filter(None, (test, name)))}.png")
        if guide and "MIST_GUIDE" in os.environ:
            desk.page.screenshot(path=Path(os.environ["MIST_GUIDE"]) / f"{guide}.png")

    return keep


CODE = re.compile(r"[A-Z]{1,2}-[0-9A-F]{4}-[0-9A-F]{4}")
# What a journey costs: a click, or a key that confirms; see `Desk.clicks`.
COUNTING = """
addEventListener("click", (event) => event.isTrusted && mistClicked(), true);
addEventListener("keydown", (event) => event.isTrusted && event.key === "Enter" && mistClicked(), true);
"""


class Desk:
    """What somebody does and sees in the CRM's own web pages; `clicks` is how often she clicked so far."""

    def __init__(self, page, house):
        self.page = page
        self.house = house
        self.clicks = 0
        page.expose_function("mistClicked", self._clicked)
        page.add_init_script(COUNTING)
        # The first page of a database has the CRM build its scripts and styles: slow work for a busy machine.
        page.set_default_timeout(90_000)
        expect.set_options(timeout=45_000)

    def _clicked(self):
        self.clicks += 1

    def log_in(self, login, password):
        self.page.goto(f"{self.house.url}/web/login?db={self.house.database}")
        self.page.fill("input[name=login]", login)
        self.page.fill("input[name=password]", password)
        self.page.click("button[type=submit]")
        self.page.wait_for_selector(".o_main_navbar")

    def apps(self):
        """Open the menu of applications and return their names."""
        self.page.click(".o_navbar_apps_menu button")
        apps = self.page.locator(".o_app")
        apps.first.wait_for()
        return apps.all_inner_texts()

    def open(self, model, record=None):
        """Open a list of ours, or one record of it, by its address."""
        place = f"/odoo/action-mist_connector.window_{model}"
        # As in a new tab: the page would take up again what a button narrowed the list to.
        self.page.evaluate("sessionStorage.clear()")
        self.page.goto(f"{self.house.url}{place}{f'/{record}' if record else ''}")
        self.page.wait_for_selector(".o_form_view" if record else ".o_action .o_content")

    def open_person(self, key):
        self.open("person", self.house.people[key])
        expect(self.page.locator(".oe_title")).to_contain_text(NAMES[key][1])

    @property
    def table(self):
        """The rows of the list, as their cells' text."""
        self.page.wait_for_selector(".o_list_view .o_list_table")
        # In one step: the client draws a list anew while it is read, first as it remembers it.
        rows = self.page.locator(".o_list_view tr.o_data_row").evaluate_all(
            "rows => rows.map(row => [...row.querySelectorAll('td.o_data_cell')].map(cell => cell.innerText))"
        )
        return [[cell.strip() for cell in row] for row in rows]

    @property
    def statuses(self):
        """The status bar, from left to right."""
        shown = self.page.locator(".o_statusbar_status button:visible").all_inner_texts()
        return [each.strip() for each in reversed(shown)]

    @property
    def status(self):
        """The status that is lit."""
        return self.page.locator(".o_statusbar_status .o_arrow_button_current").inner_text().strip()

    def expect_status(self, label):
        """Wait until this status is lit and saved."""
        expect(self.page.locator(".o_form_button_save")).to_be_hidden()
        expect(self.page.locator(".o_statusbar_status .o_arrow_button_current")).to_have_text(label)

    @property
    def missing(self):
        """What the form says is missing for the next status."""
        return self.page.locator(".o_field_widget[name=x_missing]").inner_text().strip()

    @property
    def headers(self):
        """The names of the list's columns, from left to right."""
        texts = self.page.locator(".o_list_table th[data-name]").all_inner_texts()
        return [text.strip() for text in texts if text.strip()]

    def tab(self, label, column):
        """Open a tab of a person's form, known by one of its columns, and return what is inside."""
        self.page.get_by_role("tab", name=label, exact=True).click()
        inside = self.page.locator(".tab-pane.active")
        expect(inside.locator("th", has_text=column)).to_be_visible()
        return inside

    def fill(self, where, **values):
        """Fill in fields of a row or a dialog: choices by their label, dates as typed."""
        for column, value in values.items():
            field = where.locator(f".o_field_widget[name={column}]")
            if column.endswith("_on") or column in {"x_since", "x_until"}:
                field.locator("input, button").first.click()
                field.locator("input").fill(value)
                self.page.keyboard.press("Tab")
            else:
                field.locator("input").click()
                self.page.locator(".o_select_menu_item", has_text=value).first.click()

    def type_name(self, column, words):
        """Choose the only one of whom these words are found in a field that links to somebody."""
        field = self.page.locator(f".o_field_widget[name={column}] input")
        field.click()
        field.fill(words)
        found = self.page.locator(".o-autocomplete--dropdown-item", has_text=CODE)
        expect(found).to_have_count(1)
        found.click()

    def search(self, words, where=None):
        """Search a list by words, in the whole page or in a dialog.

        The page offers how to search once it has taken the words in; Enter chooses only then.
        """
        box = (where or self.page).locator(".o_searchview_input")
        box.fill(words)
        expect(self.page.locator(".o_searchview_autocomplete .focus")).to_be_visible()
        box.press("Enter")

    def expect_listening(self, login):
        """Wait until the CRM counts her as present: her page hears of what happens from then on.

        The first page of a database waits for the CRM to build the script that listens.
        """
        who = f"(select id from res_users where login = '{login}')"  # noqa: S608 - a login of the tests
        present = f"select 1 from mail_presence where status = 'online' and user_id = {who}"  # noqa: S608
        until = time.monotonic() + 90
        while not self.house.query(present):
            assert time.monotonic() < until, "the page never listened"
            self.page.wait_for_timeout(200)

    def look_up(self, column, name):
        """Choose a person by her name, through the search at the bottom of the list of codes."""
        self.page.locator(f".o_field_widget[name={column}] input").click()
        self.page.get_by_text("Recherche avancée").click()
        dialog = self.page.locator(".modal", has=self.page.locator(".o_list_view"))
        self.search(name, dialog)
        expect(dialog.locator(".o_data_row")).to_have_count(1)
        dialog.locator(".o_data_row").click()
        expect(dialog).to_have_count(0)

    def said(self):
        """Wait for a notice at the corner, return its words and put it away."""
        notice = self.page.locator(".o_notification").first
        words = notice.locator(".o_notification_content").inner_text()
        notice.locator(".o_notification_close").click()
        return words

    def refusal(self):
        """Wait for the dialog that refuses and return all its words."""
        dialog = self.page.locator(".modal.o_technical_modal .modal-content, .modal .modal-content").first
        dialog.wait_for()
        return dialog.inner_text()

    def save(self):
        with self.page.expect_response(re.compile("web_save")) as saved:
            self.page.click(".o_form_button_save")
        assert "error" not in saved.value.json(), saved.value.json()["error"]["data"]["message"]

    def ask(self, model, method, *, args=(), **kwargs):
        """Call the CRM from within the page, as any account could; return its whole answer."""
        parameters = {"model": model, "method": method, "args": list(args), "kwargs": kwargs}
        body = {"jsonrpc": "2.0", "method": "call", "params": parameters}
        answer = self.page.request.post(f"{self.house.url}/web/dataset/call_kw", data=body)
        return answer.json()


def _desk(browser, house, login, password):
    context = browser.new_context(locale="fr-FR", viewport={"width": 1366, "height": 820})
    desk = Desk(context.new_page(), house)
    desk.log_in(login, password)
    return desk


def _house(sandbox, database, admin_of):
    """Fill a deployed database."""
    with closing(admin_of(database)) as admin:
        accounts = _accounts(admin)
        people = _people(lambda login: _connection(sandbox, database, login), accounts, admin)
    query = partial(sandbox.query, name=database)
    return SimpleNamespace(url=sandbox.url, database=database, people=people, query=query)


def _connection(sandbox, database, login):
    profile = Profile(url=sandbox.url, database=database, login=login, timeout=60)
    return connect(profile, SecretStr(sandbox.api_key(login, name=database)))


def _accounts(admin):
    """Create an account for each role; return their ids by login."""
    domain = [["module", "in", ["base", "mist_connector"]], ["model", "=", "res.groups"]]
    rows = admin.call("ir.model.data", "search_read", domain=domain, fields=["module", "name", "res_id"])
    ids = {f"{row['module']}.{row['name']}": row["res_id"] for row in rows}
    values = [
        {
            "login": login,
            "name": login,
            "password": PASSWORD,
            "lang": "fr_FR",
            "group_ids": [[6, 0, [ids[group] for group in groups]]],
        }
        for login, groups in GROUPS.items()
    ]
    return dict(zip(GROUPS, admin.call("res.users", "create", vals_list=values), strict=True))


def _people(connection, accounts, admin):
    """Write the register down, as the connector and then direction would; return people's ids by key.

    The account that installs gives the functions, as on the first day.
    """
    with closing(connection("connecteur")) as run:
        people = _register(run, accounts, admin)
    with closing(connection("direction")) as direction:
        [function] = direction.call(
            "x_mist_function", "search", domain=[["x_user_id", "=", accounts["accompagnante"]]]
        )
        _make(direction, "accompaniment", person=people["suivie"], function=function, since=day(-20))
        note = "Note inventée : rendez-vous le mardi."
        _make(direction, "file", person=people["suivie"], state="open", note=note)
        _make(direction, "file", person=people["membre"], state="open", note="Autre note inventée.")
    return people


def _register(run, accounts, admin):
    rows = [{"x_first_name": first, "x_last_name": last} for first, last in NAMES.values()]
    people = dict(zip(NAMES, run.call("x_mist_person", "create", vals_list=rows), strict=True))
    for login, person in (
        ("direction", "directrice"),
        ("accompagnante", "accompagnante"),
        ("collegue", "collegue"),
        ("sans-accord", "sans-accord"),
    ):
        role = "direction" if login == "direction" else "staff"
        _give(admin, run, people[person], x_role=role, x_since=day(-99), x_user_id=accounts[login])
        if login != "sans-accord":
            _make(run, "agreement", person=people[person], since=day(-99), until=day(99))
    for key in ("membre", "suivie", "bientot", "exclue"):
        _make(run, "signature", person=people[key], document="bylaws", on=day(-50))
    _write(run, people["suivie"], x_name_of_use="Marguerite")
    for key in ("candidate", "prete", "membre", "suivie", "bientot", "exclue"):
        _write(run, people[key], x_applied_on=day(-60), x_channel="call")
    for key in ("prete", "membre", "suivie", "bientot", "exclue"):
        _write(run, people[key], x_attested_on=day(-55))
    _make(run, "exclusion", person=people["exclue"], scope="association", on=day(-5))
    _make(run, "departure", person=people["partie"], scope="association", on=day(-5))
    return people


LINKS = ("person", "function", "user")


def _make(crm, model, **values):
    columns = {f"x_{key}_id" if key in LINKS else f"x_{key}": value for key, value in values.items()}
    [created] = crm.call(f"x_mist_{model}", "create", vals_list=[columns])
    return created


def _give(admin, run, person, **values):
    [row] = run.call("x_mist_person", "read", ids=[person], fields=["x_name"])
    action = find_server_action(admin, "x_mist_function", "give_functions")
    context = {"mist_functions": [{"person": row["x_name"], "values": values}]}
    assert admin.call("ir.actions.server", "run", ids=[action], context=context)["new"] == 1


def _write(crm, person, **values):
    crm.call("x_mist_person", "write", ids=[person], vals=values)
