"""An invented CRM as it stood before: 300 named contacts, 80 of them members, and two years of traces."""

from __future__ import annotations

import base64
from dataclasses import dataclass

CONTACTS, MEMBERS = 300, 80
TAG = "Adhérentes"
NAMED = 33  # the member whom somebody else's thread names
ACCENTS = str.maketrans("aeiouc", "àéîôùç")
_SYLLABLES = ("ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo")


@dataclass(frozen=True)
class Invented:
    """One invented contact: her names, e-mail and telephone, and whether she is a member."""

    number: int
    first: str
    last: str
    member: bool

    @property
    def name(self):
        return f"{self.first} {self.last}"

    @property
    def email(self):
        return f"{self.first}.{self.last}@exemple{self.number % 7}.invalid".lower().translate(_PLAIN)

    @property
    def digits(self):
        return f"6{10_000_000 + self.number * 7919:08}"[:9]

    @property
    def phone(self):
        national = f"0{self.digits}"
        pairs = " ".join(national[i : i + 2] for i in range(0, 10, 2))
        return (pairs, f"+33 {pairs[1:]}", national, f"+33{self.digits}")[self.number % 4]


_PLAIN = str.maketrans("àéîôùç", "aeiouc")


def invented():
    """Return the contacts, the same each time; no first or last name occurs twice."""
    return [_one(number) for number in range(CONTACTS)]


def _one(number):
    first, last = _word(number, 2, 3).capitalize(), _word(number + 5000, 3, 11).capitalize()
    if number % 5 == 0:
        last = last[:1] + last[1:].translate(ACCENTS)
    if number % 9 == 0:
        first = f"{first}-Y{first[1:]}"
    return Invented(number, first, last, number < MEMBERS)


def _word(number, length, step):
    word, value = "x" if length == 2 else "v", number * step + 17
    for _ in range(length + 1):
        value, rest = divmod(value, len(_SYLLABLES))
        word += _SYLLABLES[rest]
    return word


# What takes the CRM's own code a second a thousand: messages of two years, followers, activities.
TRACES = """
insert into mail_message (model, res_id, author_id, date, email_from, subject, body, message_type, subtype_id)
    select 'res.partner', p.id, p.id, date '2024-01-15' + q * 91, '"' || p.name || '" <' || p.email_normalized
           || '>', 'Nouvelles de ' || upper(p.name), '<p>' || replace(p.name, ' ', ' <b>')
           || '</b> est joignable au ' || p.phone || '.</p>', 'comment', 1
    from res_partner p, generate_series(0, 7) q where p.id = any({contacts});
insert into mail_message (model, res_id, author_id, date, email_from, reply_to, body, message_type)
    select 'res.partner', {city}, p.id, now(), '"' || p.name || '" <' || p.email_normalized || '>',
           p.email_normalized, '<p>Bonjour,<br/>cordialement, ' || split_part(p.name, ' ', 2) || ' '
           || split_part(p.name, ' ', 1) || ' — ' || p.phone || '</p>', 'email'
    from res_partner p where p.id = any({contacts});
insert into mail_notification (mail_message_id, res_partner_id, notification_type, notification_status)
    select m.id, m.author_id, 'email', 'sent' from mail_message m where m.author_id = any({contacts});
insert into mail_followers (res_model, res_id, partner_id)
    select 'res.partner', followed, p.id from res_partner p, unnest(array[{city}, p.id]) followed
    where p.id = any({contacts});
insert into mail_activity (res_model_id, res_model, res_id, summary, note, user_id, date_deadline, active,
                           activity_type_id)
    select {model}, 'res.partner', p.id, 'Rappeler ' || split_part(p.name, ' ', 1),
           '<p>' || p.name || ' ' || p.phone || '</p>', {user}, now(), true,
           (select min(id) from mail_activity_type)
    from res_partner p where p.id = any({contacts});
"""


def plant(crm, query):
    """Fill a CRM; return the contacts' numbers in the order of `invented()`, and the town hall's."""
    people = invented()
    [tag] = crm.call("res.partner.category", "create", vals_list=[{"name": TAG}])
    [city] = crm.call("res.partner", "create", vals_list=[{"name": "Mairie Inventée", "is_company": True}])
    quiet = {"tracking_disable": True, "mail_create_nosubscribe": True, "mail_create_nolog": True}
    contacts = crm.call(
        "res.partner", "create", vals_list=[_contact(each, tag) for each in people], context=quiet
    )
    children = [
        {"parent_id": contacts[n], "type": "delivery", "street": "3 rue du Gué", "phone": people[n].phone}
        for n in range(0, CONTACTS, 20)
    ]
    crm.call("res.partner", "create", vals_list=children, context=quiet)
    banks = [
        {"partner_id": contacts[n], "acc_number": f"FR76{n:010}", "acc_holder_name": people[n].name}
        for n in range(0, CONTACTS, 10)
    ]
    crm.call("res.partner.bank", "create", vals_list=banks)
    attachments = [_attachment(each, contact) for each, contact in zip(people, contacts, strict=True)]
    crm.call("ir.attachment", "create", vals_list=attachments)
    [model] = crm.call("ir.model", "search", domain=[["model", "=", "res.partner"]])
    query(TRACES.format(contacts=f"array{contacts}", city=city, model=model, user=crm.uid()))
    # Somebody writes about a member on the town hall's thread: that is the town hall's, and merely names her.
    told = {"model": "res.partner", "res_id": city, "body": f"<p>Vu avec {people[NAMED].name}.</p>"}
    crm.call("mail.message", "create", vals_list=[told])
    _plant_meetings_and_leads(crm, list(zip(people, contacts, strict=True))[::4], quiet)
    return contacts, city


def _plant_meetings_and_leads(crm, pairs, quiet):
    events = [
        {
            "name": f"Entretien {each.name}",
            "start": "2025-03-01 10:00:00",
            "stop": "2025-03-01 11:00:00",
            "description": f"<p>Joindre au {each.phone}</p>",
            "partner_ids": [[6, 0, [contact]]],
        }
        for each, contact in pairs
    ]
    crm.call("calendar.event", "create", vals_list=events, context={**quiet, "no_mail_to_attendees": True})
    leads = [
        {
            "name": f"Demande de {each.name}",
            "partner_id": contact,
            "contact_name": each.name,
            "email_from": each.email,
            "phone": each.phone,
            "description": f"<p>{each.first} a appelé</p>",
        }
        for each, contact in pairs
    ]
    crm.call("crm.lead", "create", vals_list=leads, context=quiet)


def _contact(each, tag):
    return {
        "name": each.name,
        "email": f'"{each.name}" <{each.email}>' if each.number % 11 == 0 else each.email,
        "phone": each.phone,
        "street": f"{each.number} rue Inventée",
        "city": "Villeneuve",
        "lang": "fr_FR",
        "comment": f"<p>{each.name}, vue en mars</p>",
        "category_id": [[6, 0, [tag] if each.member else []]],
        "website": f"http://exemple.invalid/{each.last}",
        "function": "Invitée",
    }


def _attachment(each, contact):
    content = f"Attestation\n{each.name}\n{each.email}\n{each.phone}\n"
    return {
        "name": f"attestation_{each.first}_{each.last}.txt",
        "res_model": "res.partner",
        "res_id": contact,
        "datas": base64.b64encode(content.encode()).decode(),
        "mimetype": "text/plain",
    }
