"""The machine's mirror is found, or its absence is said politely."""

import shutil

import pytest

from mist_connector.errors import SandboxError
from mist_connector.sandbox import apt
from mist_connector.sandbox.fetch import _natural, _remove_dangling_links

needs_apt = pytest.mark.skipif(shutil.which("apt-get") is None, reason="this machine has no apt")


@needs_apt
def test_a_machine_without_a_debian_mirror_is_told_what_to_do(monkeypatch, tmp_path):
    settings = tmp_path / "apt.conf"
    settings.write_text(
        'Dir::Etc::sourcelist "/dev/null"; Dir::Etc::sourceparts "/dev/null";'
        f'Dir::State::lists "{tmp_path}/none"; Dir::Cache "{tmp_path}/nothing";'
    )
    monkeypatch.setenv("APT_CONFIG", str(settings))
    with pytest.raises(SandboxError, match="miroir Debian") as refusal:
        apt.isolated(tmp_path / "apt")
    assert "--odoo-source" in refusal.value.todo


def test_a_machine_without_apt_is_told_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SandboxError, match="apt-get") as refusal:
        apt.isolated(tmp_path / "apt")
    assert "--odoo-source" in refusal.value.todo


def test_twenty_is_newer_than_nineteen_and_ten_than_nine(tmp_path):
    names = ("odoo-9_9.0", "odoo-20_20.0.0+dfsg-1", "odoo-19_19.0.1", "odoo-19_19.0.0", "odoo-10_10.0")
    newest_last = sorted((tmp_path / name for name in names), key=_natural)
    assert [path.name for path in newest_last] == [
        "odoo-9_9.0",
        "odoo-10_10.0",
        "odoo-19_19.0.0",
        "odoo-19_19.0.1",
        "odoo-20_20.0.0+dfsg-1",
    ]


def test_only_links_that_lead_nowhere_are_removed(tmp_path):
    (tmp_path / "file").write_text("here")
    (tmp_path / "good").symlink_to("file")
    (tmp_path / "bad").symlink_to("nowhere")
    _remove_dangling_links(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"file", "good"}
