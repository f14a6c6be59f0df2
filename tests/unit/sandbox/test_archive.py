"""A Debian package is unpacked as far as it is wanted, and a damaged one is refused."""

import shutil
import subprocess

import pytest

from mist_connector.errors import SandboxError
from mist_connector.sandbox.archive import unpack, unpacked_size

pytestmark = pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="this machine has no dpkg")

CONTROL = """Package: invented
Version: 1
Architecture: all
Maintainer: Zoé Inventée <zoe@mist.example>
Installed-Size: 3
Description: invented
"""


@pytest.fixture
def package(tmp_path):
    """A real, tiny Debian package."""
    for name in ("DEBIAN", "usr/addons/i18n"):
        (tmp_path / "tree" / name).mkdir(parents=True)
    (tmp_path / "tree/DEBIAN/control").write_text(CONTROL)
    for name in ("fr.po", "de.po", "addons.pot"):
        (tmp_path / "tree/usr/addons/i18n" / name).write_text(name)
    (tmp_path / "tree/usr/addons/de.po").write_text("not a translation")
    build = ["dpkg-deb", "--build", "--root-owner-group", tmp_path / "tree", tmp_path / "invented.deb"]
    subprocess.run(build, check=True, capture_output=True)  # noqa: S603 - ours
    return tmp_path / "invented.deb"


def files(directory):
    return {str(path.relative_to(directory)) for path in directory.rglob("*") if path.is_file()}


def test_everything_comes_out(package, tmp_path):
    unpack(package, tmp_path / "out")
    assert files(tmp_path / "out") == {
        "usr/addons/i18n/fr.po",
        "usr/addons/i18n/de.po",
        "usr/addons/i18n/addons.pot",
        "usr/addons/de.po",
    }


def test_what_is_excluded_stays_in(package, tmp_path):
    unpack(package, tmp_path / "out", exclude=("*/i18n/[!f]*.po", "*.pot"))
    assert files(tmp_path / "out") == {"usr/addons/i18n/fr.po", "usr/addons/de.po"}


def test_it_tells_how_far_it_came(package, tmp_path):
    moved = []
    unpack(package, tmp_path / "out", moved=moved.append)
    assert moved == sorted(moved)
    assert moved[-1] > 0
    assert unpacked_size(package) == 3 * 1024


def test_a_damaged_package_is_refused(package, tmp_path, capfd):
    package.write_bytes(package.read_bytes()[:-40])
    with pytest.raises(SandboxError, match=r"invented\.deb") as refusal:
        unpack(package, tmp_path / "out")
    assert refusal.value.todo
    capfd.readouterr()
