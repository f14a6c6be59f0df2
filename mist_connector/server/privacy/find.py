"""Answer which contacts are people of the register, or are to be: what a shielding would do."""

from mist_connector.server.given import env
from mist_connector.server.privacy.contacts import hanging, left_alone, partners, people, split_name
from mist_connector.server.privacy.identity import addresses, work

rows, seen, problems = [], {}, []
nobody = people.browse()


def propose(contact, how, person, line):
    """Propose a contact once: the first way in which it was found counts."""
    known = seen.get(contact.id)
    if known is not None:
        if person and known["person"] and known["person"] != person.x_name:
            known["left"] = "two_people"
        known["person"] = known["person"] or person.x_name or ""
        return
    row = {"contact": contact.id, "how": how, "person": person.x_name or "", "line": line}
    row["left"] = left_alone(contact)
    if not row["left"] and not person and not line and not split_name(contact.name):
        row["left"] = "one_word"
    row["split"] = split_name(contact.name) if work["names"] and not person and not row["left"] else []
    rows.append(row)
    seen[contact.id] = row


by_mail, twice = {}, []
for column in work["identity"]["emails"]:
    for person in people.search([(column, "!=", False)]):
        for address in addresses(person[column]):
            if by_mail.get(address, person) != person:
                twice.append(address)
            by_mail[address] = person
linked = {}
for person in people.search([("x_contact_id", "!=", False)]):
    linked[person.x_contact_id.id] = person


def person_of(contact):
    """Return the person of a contact, by a link or by the one safe address that both have."""
    if contact.id in linked:
        return linked[contact.id]
    address = contact.email_normalized or ""
    return by_mail[address] if address in by_mail and address not in twice else nobody


def contacts_named(word):
    """Return the contacts that a number, an address or an external id leads to."""
    if word.isdigit():
        return partners.browse(int(word)).exists()
    if "@" in word:
        return partners.search([("email_normalized", "=", word.lower())])
    record = env.ref(word, raise_if_not_found=False) if "." in word else False
    return partners.browse(record.id) if record and record._name == "res.partner" else partners.browse()


for asked in work["lines"]:
    found, line = contacts_named(asked["contact"]), asked["line"]
    person = people.search([("x_name", "=", asked["person"])]) if asked["person"] else nobody
    if asked["person"] and not person:
        problems.append([line, "unknown_person"])
    elif len(found) != 1:
        problems.append([line, "several_contacts" if found else "no_contact"])
    else:
        propose(found, "file", person or person_of(found), line)
        if person and linked.get(found.id, person) != person:
            seen[found.id]["left"] = "two_people"
categories = env["res.partner.category"].sudo().with_context(active_test=False, lang="fr_FR")
for tag in work["tags"]:
    named = categories.search([("name", "=ilike", tag)])
    if not named:
        problems.append([0, "no_tag"])
    for contact in partners.search([("category_id", "in", named.ids)], order="id"):
        propose(contact, "tag", person_of(contact), 0)
# Where nothing is asked for: whoever has a safe address of the register's, or is linked to a person.
alone = not work["lines"] and not work["tags"]
for contact in partners.search([("email_normalized", "in", list(by_mail))], order="id") if alone else []:
    propose(contact, "mail", person_of(contact), 0)
    if contact.email_normalized in twice and contact.id not in linked:
        seen[contact.id]["left"] = "two_people"
columns = ["email", "phone", "street", "city", "comment", "vat", "website", "ref", "category_id"]
columns = [column for column in columns if column in partners._fields]


def shielded(contact, code):
    """Tell whether a contact shows a person's code and nothing else of her."""
    for column in columns:
        if contact[column]:
            return False
    return contact.name == code


already = []
# A contact that was shielded has lost its tags: of those that were found by one, the link alone still tells.
for number in linked if not work["lines"] else []:
    contact = partners.browse(number).exists()
    done = contact and shielded(contact, linked[number].x_name)
    if contact and alone and (work["again"] or not done):
        propose(contact, "linked", linked[number], 0)
    elif done:
        already.append(linked[number].x_name)
for row in rows:
    ready = row["person"] and not row["left"] and not work["again"]
    if ready and shielded(partners.browse(row["contact"]), row["person"]):
        row["left"] = "done"
        already.append(row["person"])
# Two contacts for one person are told apart by people, unless an administrator named both.
by_person = {}
for row in rows:
    if row["person"] and not row["left"] and row["how"] != "file":
        by_person.setdefault(row["person"], []).append(row)
for code in by_person:
    if len(by_person[code]) > 1:
        for row in by_person[code]:
            row["left"] = "two_contacts"
never = ["account", "company", "gone", "done"]
counts = hanging([row["contact"] for row in rows if row["left"] not in never])
for row in rows:
    row["hangs"] = counts.get(row["contact"], [])
action = {"rows": rows, "problems": problems, "already": list(set(already))}
