"""Answers that ask for something that no form shows: asking.py PORT"""
import http.server
import sys

ANSWERS = {
    "/basic": (401, [("WWW-Authenticate", 'Basic realm="Staging"')], "<!doctype html><title>Staging</title>"),
    "/plain": (401, [("WWW-Authenticate", 'Basic realm="Staging"'), ("Content-Type", "text/plain")], "who are you?"),
    "/tickets": (401, [("WWW-Authenticate", "Negotiate")], "<!doctype html><title>Intranet</title>"),
    "/wait": (503, [("Retry-After", "120")], "<!doctype html><title>Busy</title>"),
    "/app": (200, [], '<!doctype html><title>App</title><div id=root></div><script type=module src=/app.js></script>'),
    "/sent": (200, [], "<!doctype html><form onsubmit='send(); return false' action='/auth?session_code=p3Qz81kQ&tab_id=Xk2bQ9"
                       "&client_id=web' method=post><label for=a>Email</label><input id=a name=email>"
                       "<label>Name <input id=a name=name></label><button>Go on</button></form>"),
}


class App(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        status, headers, text = ANSWERS.get(self.path, (200, [], "<!doctype html>"))
        self.send_response(status)
        if not any(name == "Content-Type" for name, _ in headers):
            self.send_header("Content-Type", "text/html")
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), App).serve_forever()
