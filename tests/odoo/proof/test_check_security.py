"""`mist check --security`, as an administrator types it."""

import json
from contextlib import closing

import pytest

from mist_connector.cli.main import mist
from mist_connector.crm.profiles import Profile, save_profile


@pytest.fixture
def typed(sandbox, deployed_database, tmp_path, monkeypatch, capsys):
    """A function that types the command and returns its exit code and what it says, as data."""
    monkeypatch.setenv("MIST_CONFIG", str(tmp_path))
    monkeypatch.setenv("MIST_SECRET", sandbox.admin_api_key)
    save_profile(Profile(url=sandbox.url, database=deployed_database, login=sandbox.admin_login))

    def run():
        status = mist.main(["check", "--security", "--json", "--detailed-exitcode"], standalone_mode=False)
        return status, json.loads(capsys.readouterr().out)["security"]

    return run


def test_a_right_for_everybody_is_named_with_its_remedy(typed, deployed_database, admin_of):
    _, before = typed()
    with closing(admin_of(deployed_database)) as crm:
        [model] = crm.call("ir.model", "search", domain=[["model", "=", "x_mist_file"]])
        right = {"name": "tout le monde", "model_id": model, "perm_read": True}
        crm.call("ir.model.access", "create", vals_list=[right])
    status, after = typed()
    assert status == 2
    found = [each for each in after if each not in before]
    assert any("tout le monde" in each["what"] for each in found)
    assert all(each["mend"] for each in found)
