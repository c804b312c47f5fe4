"""An app that says a secret wherever a text may be cut: cutting.py PORT, on 127.0.0.1. The secret is SAID of its
environment. GET /KIND/NUMBER has it so that it lies across the NUMBERth character, from the beginning and from the end.
"""
import json
import os
import socketserver
import sys

SAID = os.environ["SAID"]
MISREAD = os.environ["MISREAD"]


def across(bound):
    filler = "x" * (bound - len(SAID) // 2)
    return f"{filler}{SAID}{'y' * bound}{SAID}{filler}"


def page(text):
    paragraphs = "".join(f"<p class=error role=alert>{text}</p>" for _ in range(2))
    return f"""<!doctype html><meta charset=utf-8><title>{text}</title>{paragraphs}
<form method=post name="{text}" action="/post?{text}"><label>{text} <input name="{text}" value="{text}"></label>
<label>Email <input name=email></label><button name="{text}">{text}</button></form><a href="/{text}">{text}</a>"""


def answer(body, content_type="text/html; charset=utf-8", status="200 OK", more=()):
    body = body.encode()
    head = [f"HTTP/1.1 {status}", f"Content-Type: {content_type}", f"Content-Length: {len(body)}", "Connection: close", *more]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def reply(kind, bound):
    text = across(bound)
    if kind == "page":
        print("ERROR " + text, flush=True)
        return answer(page(text), more=[f"X-Said: {text[:4000]}", f"Set-Cookie: said={text[:3000]}"])
    if kind == "json":
        return answer(json.dumps({"said": text, "more": [text]}), "application/json")
    if kind == "status":
        return f"HTTP/1.1 {text}\r\n\r\n".encode()
    if kind == "length":
        return f"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: {text}\r\n\r\n".encode()
    if kind == "chunks":
        return f"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{text}\r\n".encode()
    if kind == "noise":
        return text.encode() + b"\r\n\r\n"
    if kind == "redirect":
        return answer("", status="303 See Other", more=[f"Location: http://[{text}/"])
    if kind == "host":
        return answer("", status="303 See Other", more=[f"Location: http://{SAID}.invalid/"])
    if kind == "encoding":
        return answer("no gzip at all", more=[f"Content-Encoding: {SAID}, gzip"])
    if kind == "names":
        named = [f"Set-Cookie: {SAID}=1; Path=/; SameSite={SAID}; Domain={SAID}.invalid", f"{SAID}: 1"]
        return answer(f"""<!doctype html><title>Names</title><form method=post id="{SAID}" enctype="{SAID}"><label>Email
<input name="{SAID}"></label><label>{SAID}<input name=b type="{SAID}"></label><button>Go</button></form>""", more=named)
    if kind == "misread":
        print("ERROR misread " + MISREAD, flush=True)
        return answer(page(MISREAD))
    return answer("<!doctype html><title>Cutting</title>")


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        line = self.rfile.readline().decode(errors="replace")
        length = 0
        while (header := self.rfile.readline().strip()) != b"":
            if header.lower().startswith(b"content-length:"):
                length = int(header.split(b":")[1])
        self.rfile.read(length)
        if not line:
            return
        kind, _, bound = line.split(" ")[1].strip("/").partition("/")
        self.wfile.write(reply(kind, int(bound) if bound.isdigit() else 0))


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True


Server(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
