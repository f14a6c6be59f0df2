"""The README's path on a bare CRM without French, command by command as written, over each transport."""

from __future__ import annotations

import email
import re
import shlex
from contextlib import closing
from email.policy import default
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlparse
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
import xlsxwriter
from click.testing import CliRunner
from pydantic import SecretStr

from mist_connector.cli.main import mist
from mist_connector.crm.profiles import Profile, load_profile, save_profile
from mist_connector.crm.secrets import keep_secret

from .test_lacking import ENGLISH

README = Path(__file__).parents[3] / "README.md"
ASSOCIATION, LOGIN, STAFF = (f"{name}@inventee.example" for name in ("association", "direction", "equipe"))
WHO = ("--first-name", "Inventée", "--last-name", "Directrice", "--email", LOGIN, "--signed-on", "2026-11-02")
LIST = [
    ("Prénom", "Nom", "Demande d'adhésion le"),
    ("Inventée", "Une", "31/12/2025"),
    ("Inventée", "Deux", "01/02/2026"),
]


@pytest.fixture
def bare(sandbox, database, tmp_path, monkeypatch):
    """A bare CRM without French, and an empty folder at whose prompt somebody sits."""
    sandbox.query(ENGLISH, name=database)
    monkeypatch.setenv("MIST_CONFIG", str(tmp_path / "config"))
    monkeypatch.delenv("MIST_SECRET", raising=False)
    monkeypatch.chdir(tmp_path)
    return database


def run(*words, stdin=""):
    return CliRunner().invoke(mist, words, input=stdin, standalone_mode=False)


def commands_of_the_readme():
    """Return the commands of the README's path on one's own CRM, as words, in their order."""
    section = README.read_text(encoding="utf-8").partition("## Sur votre CRM")[2].partition("\n## ")[0]
    [block, *_] = re.findall(r"```sh\n(.*?)```", section, flags=re.DOTALL)
    return [shlex.split(line.partition("#")[0])[1:] for line in block.splitlines()]


def invitations(sandbox, login):
    """Return the mails to one account, whole: the CRM sends an invitation at once."""
    mails = [
        email.message_from_bytes(file.read_bytes(), policy=default)
        for file in sandbox.mail_dir.rglob("*")
        if file.is_file()
    ]
    return [mail for mail in mails if login in str(mail["To"])]


def set_password(link, login):
    """Follow an invitation as a browser does, choose a password, and return where one is then."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    address = urlparse(link)
    # A server with several databases takes the first page of one by its name.
    database = parse_qs(address.query)["db"][0]
    browser.open(f"{address.scheme}://{address.netloc}/web/login?db={database}")
    page = browser.open(link).read().decode()
    token = re.search(r'name="csrf_token" value="([^"]*)"', page)[1]
    typed = {
        "csrf_token": token,
        "login": login,
        "name": login,
        "token": parse_qs(address.query)["token"][0],
    }
    typed |= dict.fromkeys(("password", "confirm_password"), "Invente-2026-essai")
    return urlparse(browser.open(link, urlencode(typed).encode()).geturl()).path


def link_in(mail):
    return re.search(r'href="([^"]*/web/signup[^"]*)"', mail.get_body(("html",)).get_content())[1].replace(
        "&amp;", "&"
    )


@pytest.mark.parametrize("way", ["json2", "xmlrpc"])
def test_the_readme_leads_from_a_bare_crm_to_a_direction_that_logs_in(bare, sandbox, way, tmp_path):
    started, *others = commands_of_the_readme()
    assert started == ["start"]
    login = f"direction.{way}@inventee.example"
    said_no = run("start", "--transport", way, stdin=answers(sandbox, bare, then="n\n"))
    assert said_no.exception is not None  # French is asked for, and nothing is written without a yes
    person = f"{ASSOCIATION}\ny\ny\ny\ny\nInventée\nDirectrice\n{login}\n02/11/2026\ny\n\ny\n"
    done = run("start", stdin=person)
    assert done.return_value == 2, done.output  # she has not logged in yet, and that is said
    assert f"! équipe : Ces comptes ne se sont jamais connectés : {login}." in done.output
    assert {load_profile(name).transport for name in ("admin", "default")} == {way}
    *_, mail = sorted(invitations(sandbox, login), key=lambda each: each["Date"].datetime)
    assert ASSOCIATION in mail["From"]
    assert set_password(link_in(mail), login) == "/odoo"
    for words in others:
        if words[:2] == ["import", "liste.xlsx"]:
            fill(tmp_path / "liste.xlsx")
        result = run(*words, stdin="y\n" * 9)
        assert result.exception is None, (words, result.exception, result.output)
    assert sandbox.query("select count(*) from x_mist_person", name=bare) == "3"
    end = run("doctor", "--profile", "admin")
    assert end.return_value is None or end.return_value == 0
    assert "✓ équipe : Chaque compte de l’équipe s’est déjà connecté." in end.output
    # What makes keys and links ran with all rights: nothing of it stays in the CRM.
    left = "select count(*) from ir_act_server where name::text like '%mist%(%-%-%)%'"
    assert sandbox.query(left, name=bare) == "0"


def answers(sandbox, database, *, then):
    """Return what is typed where a start knows nothing yet."""
    account = (sandbox.url, database, sandbox.admin_login, sandbox.admin_api_key)
    return "\n".join([*account, "", ""])[:-1] + "\n" + then


def fill(path):
    """Put two invented people where the empty workbook was."""
    assert path.exists()
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("Personnes")
        for number, row in enumerate(LIST):
            sheet.write_row(number, 0, row)


@pytest.fixture
def administrator(bare, sandbox):
    """The profile of the account that installs, on a bare CRM whose mail server does not answer."""
    profile = Profile(url=sandbox.url, database=bare, login=sandbox.admin_login, name="admin", timeout=60)
    save_profile(keep_secret(profile, SecretStr(sandbox.admin_api_key)))
    sandbox.query(
        "insert into ir_mail_server (name, smtp_host, smtp_port, smtp_authentication, smtp_encryption, "
        "active, sequence) values ('Muet', '127.0.0.1', 9, 'login', 'none', true, 1)",
        name=bare,
    )
    return profile


def test_where_no_mail_leaves_the_links_are_handed_over_and_a_second_start_makes_nothing_twice(
    administrator, admin_of
):
    first = run("start", "--yes", "--sender", ASSOCIATION, *WHO)
    assert first.return_value == 2, first.output
    assert "Aucune invitation n'est partie" in first.stderr
    assert "/web/signup" not in first.output
    again = run("start", "--yes", "--show-links")
    assert again.return_value == 2, again.output
    [link] = re.findall(rf"{LOGIN} : (http\S+)", again.output)
    assert set_password(link, LOGIN) == "/odoo"
    assert run("start", "--yes").return_value == 0
    invited_again = run("start", "--yes", "--show-links", "--invite", LOGIN)
    assert f"{LOGIN} : http" in invited_again.output
    assert "Pas un compte de l'équipe" in str(
        run("start", "--yes", "--invite", "nulle@mist.example").exception
    )
    with closing(admin_of(administrator.database)) as crm:
        logins = [row["login"] for row in crm.call("res.users", "search_read", domain=[], fields=["login"])]
    assert logins.count("connecteur") == logins.count(LOGIN) == 1
