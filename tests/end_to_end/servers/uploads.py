"""An app that takes a file, and says what it got: read by the standard library of Python, not by Murphy.

    uploads.py PORT

/photo    a form with two file fields, a select and a code; what it gets wrong it says at the field
/plain    the same form without its enctype
"""
import email
import email.policy
import hashlib
import html
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl


def form(enctype, errors=()):
    errors = dict(errors)

    def field(name, label, control):
        wrong = f" aria-invalid=true aria-describedby={name}_why" if name in errors else ""
        why = f"<span id={name}_why class=error>{html.escape(errors[name])}</span>" if name in errors else ""
        return f"<p><label for={name}_id>{label}</label>{control.format(f'id={name}_id name={name}{wrong}')}{why}</p>"

    return (f"<!doctype html><title>Photo</title><form method=post {enctype}>"
            + field("photo", "Photo", "<input type=file required accept='image/*' {}>")
            + field("papers", "Papers", "<input type=file multiple {}>")
            + field("who", "Who sees it", "<select {}><option value=all>Everyone<option value=Everyone>Nobody</select>")
            + field("otp", "One-time code", "<input autocomplete=one-time-code class=code {}>")
            + "<button>Save</button></form>")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one go

    def answer(self, page, status=200):
        body = page.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.answer(form("" if self.path == "/plain" else "enctype=multipart/form-data"))

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        kind = self.headers["Content-Type"]
        if not kind.startswith("multipart/"):
            return self.answer("<!doctype html><p>" + html.escape(repr(parse_qsl(body.decode(), True))))
        message = email.message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + body, policy=email.policy.HTTP)
        got, errors = [], {}
        for part in message.iter_parts():
            name = part.get_param("name", header="content-disposition")
            value = part.get_payload(decode=True)
            if (file := part.get_filename()) is None:
                got.append(f"{name}={value.decode()}")
                if name == "otp" and value != b"123456":
                    errors["otp"] = "Invalid authenticator code."
                continue
            got.append(f"{name}: {file} {part.get_content_type()} {len(value)} {hashlib.sha256(value).hexdigest()[:8]}")
            if name == "photo" and file and part.get_content_maintype() != "image":
                errors["photo"] = "This is no image."
            if name == "photo" and not file:
                errors["photo"] = "Choose a photo."
        if errors:
            return self.answer(form("enctype=multipart/form-data", errors), 422)
        self.answer("<!doctype html><title>Saved</title>" + "".join(f"<p>{html.escape(line)}" for line in got))

    def log_message(self, form, *words):
        pass


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
