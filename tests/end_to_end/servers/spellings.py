"""The ways in which web apps, logs and tools write a text down.

    TEXT=… spellings.py

Prints each of them, ended by a NUL. The text is no argument: those stand in the process list, where tests look for it.
"""
import base64
import html
import json
import os
import shlex
import sys
import urllib.parse


def lower(encoded):
    """With the digits of percent-encoding in lower case."""
    first, *rest = encoded.split("%")
    return "%".join([first, *(part[:2].lower() + part[2:] for part in rest)])


def spellings(text, whole=False):
    """All of them. Base64 hides a text behind what stands before it: for searching, only the part that is the same
    whatever that is; with `whole`, as an app would write it.
    """
    data = text.encode()
    percent = urllib.parse.quote(text, safe="")
    form = urllib.parse.quote_plus(text)
    yield text
    yield percent
    yield lower(percent)
    yield form
    yield lower(form)
    yield urllib.parse.quote(percent, safe="")  # an address within an address
    yield html.escape(text)
    yield html.escape(text).encode("ascii", "xmlcharrefreplace").decode()
    yield html.escape(html.escape(text))
    yield "".join(f"&#{ord(c)};" for c in text)
    yield "".join(f"&#x{ord(c):x};" for c in text)
    yield "".join(f"&#X{ord(c):04X};" for c in text)
    yield json.dumps(text)[1:-1]
    yield json.dumps(text, ensure_ascii=False)[1:-1]
    yield "".join(f"\\u{ord(c):04x}" for c in text)
    yield json.dumps(json.dumps(text))[3:-3]  # JSON within JSON, as logs have it
    yield shlex.quote(text)[1:-1]
    yield repr(text)[1:-1]
    yield repr(data)[2:-1]
    yield ascii(text)[1:-1]
    for before in (b"", b"u", b"u:"):
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            if whole:
                yield encode(before + data).decode()
            else:
                groups = data[-len(before) % 3 :]
                yield encode(groups[: len(groups) // 3 * 3]).decode()


if __name__ == "__main__":
    sys.stdout.write("".join(each + "\0" for each in dict.fromkeys(spellings(os.environ["TEXT"]))))
