"""What a convocation says: day, hour, place and agenda, to be compared with the version that left."""

from mist_connector.server.given import self

for record in self:
    lines = [str(record.x_on or ""), record.x_hour or ""]
    lines.append(record.x_place or "" if record.x_place_told and not record.x_place_secret else "")
    items = record.x_item_ids.filtered(lambda one: not one.x_second_round)
    lines.extend(
        [
            " | ".join([item.x_title or "", item.x_title_en or "", item.x_kind or "", item.x_paper or ""])
            for item in items.sorted(lambda one: (one.x_position, one.id if isinstance(one.id, int) else 0))
        ]
    )
    record["x_says"] = "\n".join(lines)
