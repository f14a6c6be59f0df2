"""What goes into SQL is quoted, and secrets do not show."""

import pytest

from mist_connector.errors import SandboxError
from mist_connector.sandbox import credentials
from mist_connector.sandbox.database import clone_name
from mist_connector.sandbox.postgres import Cluster, identifier, literal


def test_a_quote_cannot_end_a_text():
    assert literal("l'été'; DROP TABLE x; --") == "'l''été''; DROP TABLE x; --'"


def test_a_quote_cannot_end_a_name():
    assert identifier('a"b') == '"a""b"'


def test_a_password_is_never_written_in_clear():
    sql = credentials.password_sql("admin", "invented-password")
    assert "invented-password" not in sql
    assert "$pbkdf2-sha512$600000$" in sql


def test_of_an_api_key_only_the_index_is_written_in_clear():
    key = credentials.invent_key()
    assert key[:8] in credentials.api_key_sql("admin", key)
    assert key[:9] not in credentials.api_key_sql("admin", key)


def test_secrets_differ_each_time_and_do_not_show():
    one, other = credentials.invent(), credentials.invent()
    assert one.password != other.password
    assert one.api_key != other.api_key
    assert one.password not in repr(one)
    assert one.api_key not in repr(one)


def test_a_database_name_that_postgresql_would_cut_is_refused():
    assert clone_name("demo", "probe") == "demo_probe"
    with pytest.raises(SandboxError):
        clone_name("demo", "x" * 60)


def test_a_path_too_long_for_a_socket_is_refused(tmp_path):
    with pytest.raises(SandboxError, match="trop long") as refusal:
        Cluster(tmp_path / ("x" * 90), tmp_path).ensure_running()
    assert "MIST_CACHE" in refusal.value.todo
