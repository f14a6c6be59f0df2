"""How much code the CRM runs, by its own meter: its maker bills the maintenance of customisations by it."""

import re
import subprocess

# Server code of ours in all, as measured. Less is welcome; more is a decision, since associations pay for it.
MOST = 2_300


def test_the_crm_s_own_meter_counts_no_more_than_we_say(sandbox, deployed, record_property):
    command = sandbox.odoo.command("cloc", "-c", str(sandbox.log_file.parent / "odoo.conf"), "-d", deployed)
    environment = sandbox.odoo.environment()
    counted = subprocess.run(  # noqa: S603 - the sandbox's own command
        command, env=environment, capture_output=True, text=True, timeout=300, check=True
    )
    [lines] = re.findall(r"^mist_connector +\d+ +\d+ +(\d+)$", counted.stdout, re.MULTILINE)
    record_property("told", f"odoo cloc : {lines} lignes de code dans le CRM (lines of code in the CRM)")
    assert 0 < int(lines) <= MOST
