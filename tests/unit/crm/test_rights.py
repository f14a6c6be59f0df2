"""An account has what its work takes, and no more unless that is said."""

from datetime import UTC, datetime, timedelta

import pytest

from mist_connector.cli.mappings_source import load_sources
from mist_connector.crm.rights import Purpose, Rights, require_bylaws, require_fit, warnings_of
from mist_connector.declared.mappings_digest import mappings_digest
from mist_connector.declared.reading import Source
from mist_connector.errors import AccountUnfit, MappingsDiffer

NOW = datetime(2026, 11, 25, tzinfo=UTC)
RUN = frozenset({"base.group_user", "base.group_partner_manager", "mist_connector.group_connector"})


def rights(*more, keys=()):
    return Rights("compte", RUN | set(more), keys)


def test_the_account_that_runs_is_enough_to_run_and_not_to_install():
    require_fit(rights(), Purpose.RUN, more_allowed=False)
    with pytest.raises(AccountUnfit, match="n'a pas les Réglages"):
        require_fit(rights(), Purpose.INSTALL, more_allowed=True)


@pytest.mark.parametrize(
    "group", ["base.group_system", "base.group_erp_manager", "mist_connector.group_direction"]
)
def test_more_than_it_takes_is_named_and_refused_unless_that_is_allowed(group):
    with pytest.raises(AccountUnfit) as refusal:
        require_fit(rights(group), Purpose.RUN, more_allowed=False)
    assert group in refusal.value.what
    assert "--allow-more-rights" in refusal.value.todo
    require_fit(rights(group), Purpose.RUN, more_allowed=True)


@pytest.mark.parametrize("purpose", [Purpose.FILES, Purpose.READ])
def test_somebody_who_opens_files_may_import_them_and_look_and_an_administrator_may_not(purpose):
    require_fit(rights("mist_connector.group_direction"), purpose, more_allowed=False)
    with pytest.raises(AccountUnfit):
        require_fit(rights("base.group_system"), purpose, more_allowed=False)


def test_a_key_that_ends_soon_is_told_and_others_are_not():
    far, near = NOW + timedelta(days=60), NOW + timedelta(days=5)
    assert list(warnings_of(rights(keys=(far, None)), NOW, 14)) == []
    [warning] = warnings_of(rights(keys=(far, near)), NOW, 14)
    assert list(warnings_of(rights(keys=(far, near)), NOW, 4)) == []
    assert list(warnings_of(rights(keys=(far, None)), NOW, 61)) != []
    assert "30/11/2026" in warning
    assert "--rotate" in warning


def test_other_bylaws_than_those_deployed_are_refused_with_what_to_do():
    require_bylaws("", "0123")
    require_bylaws("0123", "0123")
    with pytest.raises(MappingsDiffer) as refusal:
        require_bylaws("0123", "4567")
    assert "--mappings" in refusal.value.todo
    assert "mist apply" in refusal.value.todo


def test_the_digest_of_mappings_counts_what_they_say_and_no_comment():
    sources = load_sources(None)
    digest = mappings_digest(sources)

    def changed(text):
        return mappings_digest({**sources, "sync.yaml": Source("sync.yaml", text)})

    text = sources["sync.yaml"].text
    assert changed(f"# Un mot.\n\n{text}") == digest
    assert changed(f"{text}more: 1\n") != digest
    assert len({digest, mappings_digest({}), mappings_digest({"a": Source("a", "b: 1")})}) == 3
