"""Answer what an erasure of each of these people would do; nothing is written."""

from mist_connector.server.privacy.about_her import counts, of_them
from mist_connector.server.privacy.contacts import hanging
from mist_connector.server.privacy.identity import work

contacts = [of_them[code]["person"].x_contact_id.id or 0 for code in work["codes"]]
hung = hanging([contact for contact in contacts if contact])
previews = []
for contact, code in zip(contacts, work["codes"], strict=True):
    of_her = of_them[code]
    told = {key: counts(of_her[key]) for key in ("goes", "stays", "of_others")}
    told.update({key: of_her[key] for key in ("anonymous", "in_force", "earlier")})
    previews.append({**told, "contact": contact, "hangs": hung.get(contact, [])})
action = {"people": previews}
