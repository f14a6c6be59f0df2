"""Answer what a leaving would be about; nothing is written."""

from mist_connector.server.leaving.seen import held, made, mails, named, robots, standing

action = {
    "made": made.filtered("active").mapped("login"),
    "robots": robots.filtered("active").mapped("login"),
    "before": (held - made).filtered("active").mapped("login"),
    "named": len(named),
    "contacts": len(standing),
    "mails": len(mails),
}
