"""The names that the CRM gives to its server code, for the linter and the type checker; nothing runs this.

The CRM allows no import: what a file of this folder imports from here is cut off before it is deployed.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import dateutil as _dateutil

UserError: Any
b64encode: Any
dateutil: Any = _dateutil
datetime: Any
env: Any
given: Any
self: Any
# What the compiler sets before the code, where the code uses it.
application_name: str
groups_of_roles: dict[str, str]
mail_sender: dict[str, Any]
mailed_statuses: list[str]
months_of_office: dict[str, int]
time_of_day: str
today: date
