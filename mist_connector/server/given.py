"""The names that the CRM gives to its server code, for the linter and the type checker; nothing runs this.

The CRM allows no import: what a file of this folder imports from here is cut off before it is deployed.
"""

from __future__ import annotations

from typing import Any

import dateutil as _dateutil

dateutil: Any = _dateutil
datetime: Any
env: Any
given: Any
