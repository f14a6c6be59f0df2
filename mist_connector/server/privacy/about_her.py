"""What an erasure would do to the records of each of these people, `work["codes"]`."""

from mist_connector.server.given import UserError, datetime, dateutil, env
from mist_connector.server.privacy.contacts import people
from mist_connector.server.privacy.identity import work

today = datetime.datetime.now(dateutil.tz.gettz(work["zone"])).date()


def earlier(code):
    """Return the day, the account and the outcome of an earlier erasure of a code; empty without one.

    They were written in the transaction that erased her: where they stand, she was erased.
    """
    noted = env["x_mist_reading"].sudo()
    noted = noted.search([("x_command", "=", "mist privacy erase"), ("x_codes", "=", code)], order="id desc", limit=1)
    return [str(noted.x_on), noted.x_account, noted.x_outcome or ""] if noted else []


def is_anonymous(person):
    """Tell whether every field that a person must have holds the mark of an erasure."""
    for column in work["identity"]["required"]:
        if person[column] != work["mark"]:
            return False
    return True


def counts(numbers):
    """Return how many numbers each list of the register has, of the lists that may be named."""
    told = {}
    for each in work["register"]:
        if each["told"] and each["key"] in numbers:
            told[each["key"]] = len(numbers[each["key"]])
    return told


def about(code):
    """Return the person of a code, her functions in force, and which records go, stay or are another's."""
    person = people.search([("x_name", "=", code)])
    before = earlier(code)
    if not person and not before:
        raise UserError("mist: nobody has the code " + code)
    in_force = env["x_mist_function"].sudo().search([("x_person_id", "=", person.id), ("x_since", "<=", today)])
    goes, stays, of_others = {}, {}, {}
    for each in work["register"] if person else []:
        model = env[each["model"]].sudo().with_context(active_test=False)
        for column in each["links"]:
            ids = model.search([(column, "=", person.id)]).ids
            if ids and column != "x_person_id":
                # Somebody else's record: it keeps the link to a code that no longer says who she was.
                of_others[each["key"]] = of_others.get(each["key"], []) + ids
            elif ids and each["stays"]:
                stays[each["key"]] = ids
            elif ids:
                goes[each["key"]] = ids
    return {
        "person": person,
        "anonymous": not person or is_anonymous(person),
        "in_force": len(in_force.filtered(lambda one: not one.x_until or one.x_until >= today)) if person else 0,
        "goes": goes,
        "stays": stays,
        "of_others": of_others,
        "earlier": before,
    }


of_them = {}
for code in work["codes"]:
    of_them[code] = about(code)
