"""Invented content, to look at a document before there is any register."""

from __future__ import annotations

from datetime import date

from dateutil.relativedelta import relativedelta

from mist_connector.bylaws.facts import Mandate

from .assembly_report import Frame, ReportInput


def sample_input(on: date, frame: Frame) -> ReportInput:
    """Return an invented half year: some figures large enough to be shown, some that are masked."""
    statuses = list(frame.statuses)
    now = [key for index, key in enumerate(statuses) for _ in range(max(3, 60 - 28 * index))]
    newcomers = 14
    before = [None] * newcomers + now[newcomers:]
    mandates = [
        Mandate(
            since=on - relativedelta(months=3 + index),
            office=office.id,
            until=on + relativedelta(months=3 - index),
        )
        for index, office in enumerate(frame.offices[:1])
    ]
    return ReportInput(on=on, before=[*before, statuses[0]], now=[*now, "left"], mandates=mandates)
