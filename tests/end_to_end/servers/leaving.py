"""An app with sign-in forms whose passwords go elsewhere: leaving.py PORT ELSEWHERE, both on 127.0.0.1. What arrives
there is written to the console.
"""
import http.server
import sys
import threading

PORT, ELSEWHERE = int(sys.argv[1]), int(sys.argv[2])
FORM = """<!doctype html><title>Sign in</title><form method={} action="{}"><label>Email <input name=email></label>
<label>Password <input type=password name=password></label><button>Sign in</button></form>"""
ACTIONS = {
    "/cross": ("post", f"http://127.0.0.1:{ELSEWHERE}/take"),
    "/query": ("get", f"http://127.0.0.1:{ELSEWHERE}/take"),
    "/307": ("post", "/to/307"),
    "/308": ("post", "/to/308"),
    "/303": ("post", "/to/303"),
    "/here": ("post", "/take"),
}


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def answer(self, status, body, more=()):
        self.send_response_only(status)
        for name, value in more:
            self.send_header(name, value)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def take(self):
        length = int(self.headers["Content-Length"] or 0)
        self.rfile.read(length)
        if self.server.server_port == ELSEWHERE:
            print(f"ARRIVED {self.command} {length}", flush=True)
        if self.path.startswith("/to/"):
            return self.answer(int(self.path[4:]), "", [("Location", f"http://127.0.0.1:{ELSEWHERE}/take")])
        self.answer(200, "<!doctype html><title>Welcome</title><p>Welcome")

    def do_POST(self):
        self.take()

    def do_GET(self):
        if self.path in ACTIONS:
            return self.answer(200, FORM.format(*ACTIONS[self.path]))
        self.take()


elsewhere = http.server.ThreadingHTTPServer(("127.0.0.1", ELSEWHERE), Handler)
threading.Thread(target=elsewhere.serve_forever, daemon=True).start()
http.server.ThreadingHTTPServer(("127.0.0.1", PORT), Handler).serve_forever()
