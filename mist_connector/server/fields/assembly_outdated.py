"""What to do when invited people know an old version of the convocation, or none of the cancellation."""

from mist_connector.server.given import self

for record in self:
    words = ""
    if record.x_state == "convened" and record.x_said and record.x_said != record.x_says:
        words = (
            f"{record.x_said_to} personnes connaissent l'ancienne version (jour, lieu ou ordre du jour). "
            "Poussez « Convoquer » : la convocation rectifiée part une fois à chacune.\n"
            f"({record.x_said_to} people know the old version: push “Convene”, each gets the corrected one "
            "once.)"
        )
    elif record.x_state == "cancelled" and record.x_said_to:
        words = (
            f"{record.x_said_to} personnes ont reçu la convocation. Si son jour n'est pas passé, poussez "
            f"« Prévenir de l'annulation ».\n({record.x_said_to} people got the convocation: tell them.)"
        )
    record["x_outdated"] = words
