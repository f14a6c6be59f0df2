"""Know a name, an e-mail address or a telephone number again, however it is written.

Patterns are made inside the CRM, so that no identity travels to the machine that runs the command. They are
given to the database once, by a setting, so that neither a query nor an error of one holds a name.
"""

from mist_connector.server.given import env

work = env.context["mist_work"]
cr = env.cr
ALIKE = {}
for alike in ["aàáâãäåā", "cçćč", "eèéêëēėę", "iìíîïī", "lł", "nñńň", "oòóôõöøō", "sšś", "uùúûüū", "yýÿ", "zžź"]:
    for each in alike:
        ALIKE[each] = alike
# Plain ranges and no choice inside a look behind: the database takes a hundred times as long with others.
GAP = '[^a-z0-9<>"]{0,3}(?:</?[a-z]+>|&nbsp;|(?:%[0-9a-f]{2}){1,3})?[^a-z0-9<>"]{0,3}'
APART = '(?:%20|[^a-z0-9<>"]{0,3})'


def one(letter):
    """Return the pattern of one letter, with or without its accent, in either case."""
    low = letter.lower()
    if low in ALIKE:
        known = "[" + ALIKE[low] + ALIKE[low].upper() + "][\u0300-\u036f]?"
        # In an address of a page, a letter with an accent is two numbers.
        return known if low < "\x7f" else "(?:" + known + "|%c[2-6]%[89ab][0-9a-f])"
    if low == "œ":
        return "(?:œ|Œ|oe)"
    if low == "æ":
        return "(?:æ|Æ|ae)"
    return low if low == low.upper() else "[" + low + low.upper() + "]"


def spelt(word):
    """Return the pattern of a word."""
    out = ""
    for letter in word:
        out += one(letter)
    return out


def words_of(name):
    """Return the words of a name, without combining accents and signs."""
    out = ""
    for letter in name or "":
        if not "\u0300" <= letter <= "\u036f":
            out += letter if letter.isalnum() else " "
    return out.split()


def orders(name):
    """Return the patterns of a name: as it is, and with its last words first, as lists write it."""
    words = words_of(name)
    if len(words) < 2 or len("".join(words)) < 5:
        return []
    found = []
    for start in range(len(words)):
        turned = []
        for word in words[start:] + words[:start]:
            turned.append(spelt(word))
        found.append(GAP.join(turned))
    return found


def addresses(text):
    """Return the e-mail addresses that stand in a text, in small letters."""
    clean = text or ""
    for sign in "<>,;\"'()[]|\n\t":
        clean = clean.replace(sign, " ")
    found = []
    for each in clean.split():
        if "@" in each.strip("@"):
            found.append(each.lower().strip("."))
    return found


def literal(address):
    """Return the pattern of an e-mail address, as plain text or as part of a link."""
    out = ""
    for letter in address:
        if letter == "@":
            out += "(?:@|%40|&#64;)"
        elif letter.isalnum():
            out += letter
        else:
            out += "[" + letter + "]" if letter not in "^\\[]" else "\\" + letter
    return out


def numbers(text):
    """Return the telephone numbers that stand in a text, as their last nine digits at most."""
    clean = text or ""
    for sign in ["/", ";", ",", "|", "\n", " ou ", " or ", " et "]:
        clean = clean.replace(sign, "\n")
    found = []
    for part in clean.split("\n"):
        digits = "".join([letter for letter in part if letter in "0123456789"])
        # Shorter ones are anybody's: a date, an amount.
        if len(digits) >= 8:
            found.append(digits[-9:] if len(digits) > 9 else digits.lstrip("0"))
    return found


def longest(name):
    """Return the longest word of a name."""
    words = sorted(words_of(name), key=len)
    return words[-1] if words else ""


def known_by(names, emails, phones):
    """Return patterns of names, addresses and numbers, and rough patterns that are quicker to look for."""
    found = {"names": [], "emails": [], "phones": [], "rough": []}
    for name in names:
        turned = orders(name)
        if turned:
            found["names"] += turned
            found["rough"].append(spelt(longest(name)))
    for email in emails:
        for address in addresses(email):
            found["emails"].append(literal(address))
            found["rough"].append(literal(address))
    for phone in phones:
        for digits in numbers(phone):
            found["phones"].append(APART.join(list(digits)))
            found["rough"].append(APART.join(list(digits)))
    return found


def known_as(person):
    """Return the names, e-mail addresses and numbers of a person; her address counts as a name."""
    told, names = work["identity"], []
    for group in told["names"] + [[column] for column in told["addresses"]]:
        words = []
        for column in group:
            words.append(person[column] or "")
        names.append(" ".join(words))
    emails, phones = [], []
    for column in told["emails"]:
        emails.append(person[column] or "")
    for column in told["phones"]:
        phones.append(person[column] or "")
    return names, emails, phones


def exactly(found):
    """Return one pattern of all that a person is known by."""
    parts = []
    if found["names"]:
        parts.append("(?<![a-z0-9à-ÿ])(?:" + "|".join(found["names"]) + ")(?![a-z0-9à-ÿ])")
    if found["emails"]:
        parts.append("(?<![a-z0-9._+-])(?:" + "|".join(found["emails"]) + ")(?![a-z0-9]|[.-][a-z0-9])")
    if found["phones"]:
        before = "(?:(?:[+]|00)?[0-9]{1,3}" + APART + ")?(?:[(]0[)]" + APART + "|0" + APART + ")?"
        parts.append("(?<![0-9])" + before + "(?:" + "|".join(found["phones"]) + ")(?![0-9])")
    return "|".join(parts)


def look_for(found):
    """Set what the next queries look for; nothing to look for matches nothing, not everything."""
    cr.execute(
        "SELECT set_config('mist.exact', %s, true), set_config('mist.rough', %s, true)",
        [exactly(found) or "(?!x)x", "|".join(found["rough"]) or "(?!x)x"],
    )


def together(each):
    """Return the patterns of several people as those of one."""
    found = {"names": [], "emails": [], "phones": [], "rough": []}
    for one_found in each:
        for kind in found:
            found[kind] += one_found[kind]
    return found
