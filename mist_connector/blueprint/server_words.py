"""A line of server code that tells in which language to speak to whoever pushed a button."""

FRENCH = "french = (env.lang or env.user.lang or 'fr_FR').startswith('fr')\n"
