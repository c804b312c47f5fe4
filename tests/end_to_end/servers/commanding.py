"""An app whose every text tries to command whoever reads it: commanding.py PORT, on 127.0.0.1. The texts, one a line,
are those of the environment variable COMMANDS, where `\\x1b` and its like stand for what they name.
"""
import http.server
import os
import sys

COMMANDS = os.environ["COMMANDS"].encode().decode("unicode_escape").split("\n")
SAID = " ".join(COMMANDS)


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def answer(self, status):
        for each in COMMANDS:
            print("ERROR " + each, each, sep="\n", flush=True)
        paragraphs = "".join(f"<p class=error role=alert>{each}</p>" for each in COMMANDS)
        form = f"""<form method=post name="{SAID}" action="/?{SAID}"><label>{SAID} <input name="{SAID}" placeholder="{SAID}">
        </label><label>Email <input name=email></label><label>Password <input type=password name=password></label>
        <button name="{SAID}" value="{SAID}">{SAID}</button><button>Sign in</button></form>"""
        body = f"<!doctype html><meta charset=utf-8><title>{SAID}</title>{paragraphs}{form}".encode()
        self.send_response_only(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("X-Said", SAID.encode("ascii", "ignore").decode().replace("\x1b", "").replace("\x07", ""))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.answer(200)

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(500)


for each in COMMANDS:
    print(each, flush=True)
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
