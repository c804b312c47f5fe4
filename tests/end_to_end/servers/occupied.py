"""An app whose page says whether several visitors are on it at once.

    occupied.py

Prints its port. GET /hold takes 60 ms and says "alone" or "crowded"; every other page says nothing.
"""
import http.server
import threading
import time

lock = threading.Lock()
inside = 0


class App(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        global inside
        body = b"<p>nothing</p>"
        if self.path == "/hold":
            with lock:
                inside += 1
                crowded = inside > 1
            time.sleep(0.06)
            with lock:
                crowded = crowded or inside > 1
                inside -= 1
            body = b"<p>crowded</p>" if crowded else b"<p>alone</p>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


if __name__ == "__main__":
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), App)
    print(server.server_address[1], flush=True)
    server.serve_forever()
