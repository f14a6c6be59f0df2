"""A source tree of Odoo is recognised, whatever its layout; anything else is refused politely."""

import pytest

from mist_connector.errors import SandboxError
from mist_connector.sandbox.installation import Installation, importable, release


def tree(root, version="(19, 0, 0, FINAL, 0, '')"):
    """Make a directory that looks like Odoo's source."""
    (root / "odoo").mkdir(parents=True)
    (root / "odoo/release.py").write_text(f"RELEASE = 1\nversion_info = {version}\n")
    return root


def test_a_checkout_is_importable_as_it_is(tmp_path):
    assert importable(tree(tmp_path)) == tmp_path


def test_an_unpacked_package_is_importable_further_down(tmp_path):
    below = tree(tmp_path / "usr/lib/python3/dist-packages")
    assert importable(tmp_path) == below


def test_another_directory_is_refused(tmp_path):
    with pytest.raises(SandboxError, match=r"odoo/release\.py") as refusal:
        importable(tmp_path)
    assert "odoo" in refusal.value.todo


def test_the_version_is_what_the_source_says(tmp_path):
    assert release(tree(tmp_path)) == "19.0"


@pytest.mark.parametrize("version", ["(18, 0, 0, FINAL, 0, '')", "nonsense"])
def test_an_odoo_that_is_too_old_is_refused(tmp_path, version):
    with pytest.raises(SandboxError, match="19") as refusal:
        release(tree(tmp_path, version))
    assert refusal.value.todo


def test_no_setting_of_the_users_own_odoo_or_python_gets_through(monkeypatch, tmp_path):
    for name in ("ODOO_RC", "PGHOST", "PYTHONSTARTUP", "PIP_INDEX_URL"):
        monkeypatch.setenv(name, "something")
    odoo = Installation(tmp_path, tmp_path / "python")
    assert set(odoo.environment()) <= {
        "PATH",
        "HOME",
        "TMPDIR",
        "TZ",
        "PYTHONPATH",
        "LC_ALL",
        "PYTHONUNBUFFERED",
    }
