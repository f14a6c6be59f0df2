"""Whether an exclusion was withdrawn: by two accounts of direction, or by one and the president."""

from mist_connector.server.given import self

for record in self:
    noted = record.sudo().x_withdrawal_ids
    agreed = noted.filtered(lambda one: one.x_president_id and one.x_agreed_on)
    # Who notes the president's agreement is not the president herself, nor is it she who was excluded.
    others = [one for one in agreed if one.create_uid not in one.x_president_id.x_function_ids.mapped("x_user_id")]
    others = [one for one in others if one.x_president_id != one.x_exclusion_id.x_person_id]
    record["x_withdrawn"] = len(noted.mapped("create_uid")) >= 2 or len(others) > 0
