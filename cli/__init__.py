"""The command line: one thin file per command; only console.py prints.

Importing it chooses the language, before any module with a sentence in it is imported.
"""

import sys

from mist_connector.language import speak

from .language_wanted import language_wanted

speak(language_wanted(sys.argv[1:]))
