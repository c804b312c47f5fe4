"""An app that ends at POST /crash: crashing.py PORT

GET /meet of the first process answers nothing: its request is still open when POST /crash?meet ends the app. The file
"met" in the working directory tells the processes apart.
"""
import http.server
import os
import sys
import threading

pending = threading.Event()


class App(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        print(f"{self.command} {self.path}", flush=True)

    def answer(self, text):
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if self.path != "/leaves":  # whose answer ends with the app
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if self.path == "/meet" and not os.path.exists("met"):
            pending.set()
            threading.Event().wait()
        self.answer("<!doctype html><title>App</title><p>Welcome"
                    "<form method=post action=/crash><label>Name <input name=name></label><button>Save</button></form>")
        if self.path == "/leaves":
            self.wfile.flush()
            print("leaving", flush=True)
            os._exit(0)

    def do_POST(self):
        if self.path == "/crash?meet" and not os.path.exists("met"):
            pending.wait()
            open("met", "w").close()
        print("fatal: the heap is corrupt", flush=True)
        os._exit(7)


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), App).serve_forever()
