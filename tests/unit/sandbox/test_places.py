"""Where things are, and which names can be given."""

import pytest

from mist_connector.errors import SandboxError
from mist_connector.sandbox.places import Places, default_places


@pytest.mark.parametrize("name", ["demo", "a", "test42", "a" * 20])
def test_a_plain_name_has_a_directory_of_its_own(tmp_path, name):
    assert Places(tmp_path).sandbox(name) == tmp_path / "sandboxes" / name


@pytest.mark.parametrize("name", ["", "Demo", "a_b", "../a", "1a", "été", "a b", "a" * 21, 'a"b', "a\n"])
def test_a_name_that_could_mean_something_else_is_refused(tmp_path, name):
    with pytest.raises(SandboxError) as refusal:
        Places(tmp_path).sandbox(name)
    assert refusal.value.todo


def test_the_environment_chooses_the_cache(monkeypatch, tmp_path):
    monkeypatch.setenv("MIST_CACHE", str(tmp_path / "elsewhere"))
    assert default_places().cache == tmp_path / "elsewhere"


def test_the_cache_is_the_users_own_otherwise(monkeypatch, tmp_path):
    monkeypatch.delenv("MIST_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_places().cache == tmp_path / "mist"
