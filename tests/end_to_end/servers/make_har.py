#!/usr/bin/env python3
"""Prints a HAR file of somebody who signs in to the app of signing_in.py, in the shape of one producer.

  make_har.py PRODUCER ORIGIN [SECRET]
PRODUCER: chrome (sanitized, as it exports by default), chrome-full, playwright, playwright-omit, firefox, mitmproxy, fiddler
SECRET: a word that stands in twenty places that must not come out: see `planted`
"""
import base64
import json
import sys
from urllib.parse import quote_plus, urlencode

producer, origin = sys.argv[1:3]
word = sys.argv[3] if len(sys.argv) > 3 else "Kz7vQ2mN9xW4pL1t"
has_secrets = len(sys.argv) > 3
count = 0


def secret():
    """Another one for each place, so that a leak says where it is from."""
    global count
    count += 1
    return f"{word}{count:02d}"


PASSWORD = 'p&"‹é%+ \\' + secret() if has_secrets else "correct horse 9"
TYPED = {"email": "ada@example.com", "password": PASSWORD}
PAGE = f"""<!doctype html><title>Sign in</title><meta name="csrf-token" content="{secret()}">
<form method="post" action="/plain/login"><input type="hidden" name="_csrf" value="{secret()}">
<label>Email <input name="email"></label><label>Password <input type="password" name="password"></label>
<button>Sign in</button></form><a href="/reset/{secret()}">Reset {secret() if has_secrets else ""}</a>
<script>window.session = {{"access_token": "{secret()}"}}</script>"""
HOME = f"""<!doctype html><title>plain{" " + secret() if has_secrets else ""}</title>
<p data-user>{PASSWORD if has_secrets else "Welcome"}</p>
<form method="post" action="/plain/logout"><button>Sign out</button></form>"""


def entry(seconds, method, path, status, body="", kind="document", sent=None, sent_json=None, headers=(), answer=(),
          mime="text/html; charset=utf-8", destination=None):
    url = path if "://" in path else origin + path
    request = {
        "method": method, "url": url, "httpVersion": "HTTP/1.1", "cookies": [], "queryString": [], "headersSize": -1,
        "bodySize": -1,
        "headers": [{"name": "Accept", "value": "text/html" if kind == "document" else "*/*"}]
        + [{"name": name, "value": value} for name, value in headers],
    }
    response = {
        "status": status, "statusText": "", "httpVersion": "HTTP/1.1", "cookies": [], "redirectURL": "", "headersSize": -1,
        "bodySize": len(body), "headers": [{"name": name, "value": value} for name, value in answer],
        "content": {"size": len(body), "mimeType": mime, "text": body},
    }
    made = {"startedDateTime": f"2026-11-29T10:00:{seconds:02d}.250Z", "time": 1, "cache": {}, "timings": {},
            "request": request, "response": response}
    if producer in ("chrome", "chrome-full", "playwright", "playwright-omit"):
        made["_resourceType"] = kind
    if producer != "fiddler":
        request["headers"].append({"name": "Sec-Fetch-Dest", "value": destination or ("document" if kind == "document" else "empty")})
    if producer == "firefox":
        made["startedDateTime"] = f"2026-11-29T11:00:{seconds:02d}.250+01:00"
        if method == "GET":
            request["postData"] = {"mimeType": "", "text": "", "params": []}
    if producer == "mitmproxy":
        response["content"]["text"] = base64.b64encode(body.encode()).decode()
        response["content"]["encoding"] = "base64"
    if producer == "playwright-omit":
        response["content"]["text"] = ""
    if producer == "chrome":  # sanitized
        private = ("cookie", "authorization", "set-cookie")
        for side in (request, response):
            side["headers"] = [header for header in side["headers"] if header["name"].lower() not in private]
    elif has_secrets:
        request["cookies"] = [{"name": "sid", "value": secret()}]
        response["cookies"] = [{"name": "remember_token", "value": secret(), "httpOnly": True}]
    if sent is not None:
        text = urlencode(sent)
        encode = quote_plus if producer.startswith("chrome") else str
        params = [{"name": encode(name), "value": encode(value)} for name, value in sent.items()]
        request["postData"] = {"mimeType": "application/x-www-form-urlencoded", "params": params, "text": text}
        if producer in ("playwright", "playwright-omit"):
            request["postData"]["text"] = ""
        if producer == "fiddler":
            del request["postData"]["text"]
        if producer == "mitmproxy":
            del request["postData"]["params"]
    if sent_json is not None:
        request["postData"] = {"mimeType": "application/json", "text": json.dumps(sent_json)}
    return made


def planted():
    """Short and numeric secrets, and those of places that only some producers write."""
    if not has_secrets:
        return []
    plans = f"""<!doctype html><title>Plans</title><form method="post" action="/plain/plan"><label>Plan <select name="plan">
<option>None</option><option value="{secret()}">{secret()}</option></select></label>
<label>Kennwort <input name="f2"></label><button>Choose</button></form>"""
    chosen = plans.split('option value="')[1].split('"')[0]
    beside = entry(13, "GET", "/plain/beside", 200)
    del beside["response"]["content"]["text"]
    beside["response"]["content"].pop("encoding", None)
    beside["response"]["content"]["_file"] = "beside.html"
    return [
        entry(8, "POST", "/plain/verify", 200, "", sent={"name": "zq7Rk-name", "pass": "zq7Rk-pass", "otp": "483920",
                                                         "pin": "5172", "p": "zq7Rk-p"}),
        entry(9, "POST", "/api/again", 200, "{}", "xhr", mime="application/json",
              sent_json={"password": 59382716, "otp": 620184, "big": 18446744073709551615}),
        entry(10, "GET", "/plain/plans", 200, plans),
        entry(11, "POST", "/plain/plan", 200, "<title>Code 483920</title>", sent={"plan": chosen, "f2": "zq7Rk-f2"}),
        entry(12, "GET", "/magic/" + secret(), 200, "<title>5172</title>"),
        beside,
    ]


entries = [
    entry(1, "GET", "/plain/login" + (f"?token={secret()}" if has_secrets else ""), 200, PAGE,
          headers=[("Sec-Fetch-Site", "none")]),
    entry(2, "GET", "/static/app.css", 200, "a{}", "stylesheet", mime="text/css", destination="style"),
    entry(3, "GET", "https://elsewhere.example/" + (secret() if has_secrets else ""), 200, "<title>Elsewhere</title>"),
    entry(4, "POST", "/plain/login", 303, "", sent={"_csrf": secret(), **TYPED},
          headers=[("Cookie", "sid=" + secret()), ("Authorization", "Bearer " + secret()), ("X-Api-Key", secret()),
                   ("Referer", origin + "/plain/login?code=" + secret())],
          answer=[("Location", "/plain/home"), ("Set-Cookie", "sid=" + secret() + "; HttpOnly")]),
    entry(5, "GET", "/plain/home", 200, HOME, headers=[("X-Auth-Token", secret())],
          answer=[("X-Csrf-Token", secret()), ("Link", f"</next?access_token={secret()}>; rel=preload")]),
    entry(6, "POST", "/api/refresh", 200, json.dumps({"refresh_token": secret()}), "xhr",
          sent_json={"password": secret(), "otp": secret()}, mime="application/json")
    if has_secrets else entry(6, "GET", "/api/me", 200, "{}", "xhr", mime="application/json"),
    *planted(),
    entry(7, "GET", "/favicon.ico", 0 if producer != "playwright" else -1, "", "other", mime="x-unknown"),
]
if producer == "mitmproxy":
    entries.insert(0, entry(0, "CONNECT", origin, 200, "", "other"))
if producer == "firefox":
    entries.reverse()  # the order is not guaranteed
creators = {"chrome": "WebInspector", "chrome-full": "WebInspector", "playwright": "Playwright", "playwright-omit": "Playwright",
            "firefox": "Firefox", "mitmproxy": "mitmproxy", "fiddler": "Fiddler"}
har = {"log": {"version": "1.2", "creator": {"name": creators[producer], "version": "1"}, "entries": entries}}
sys.stdout.write(("\ufeff" if producer == "fiddler" else "") + json.dumps(har))
