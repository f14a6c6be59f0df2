"""An account has what its work takes, and no more unless that is said."""

from datetime import UTC, datetime, timedelta

import pytest

from mist_connector.crm.rights import Purpose, Rights, require_fit, warnings_of
from mist_connector.errors import AccountUnfit

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
