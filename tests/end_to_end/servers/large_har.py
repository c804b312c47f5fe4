#!/usr/bin/env python3
"""Writes a HAR file of 20 MB, has Murphy import it, and prints how many megabytes of memory that took at most.

  large_har.py MURPHY FILE ORIGIN
"""
import json
import resource
import subprocess
import sys

murphy, path, origin = sys.argv[1:]


def entry(number, kind, mime, body):
    return {"startedDateTime": f"2026-11-29T10:{number // 60 % 60:02d}:{number % 60:02d}Z", "_resourceType": kind,
            "request": {"method": "GET", "url": f"{origin}/plain/login",
                        "headers": [{"name": "Cookie", "value": f"sid=3f9c1e7a8b2d4c60{number:08x}"}]},
            "response": {"status": 200, "headers": [], "content": {"mimeType": mime, "text": body}}}


PAGE = "<title>Page</title>" + "<p>Lorem ipsum dolor sit amet.</p>" * 3000
with open(path, "w") as har:
    har.write('{"log": {"creator": {"name": "WebInspector"}, "entries": [')
    for index in range(120):
        if index:
            har.write(",")
        har.write(json.dumps(entry(index, "document", "text/html", PAGE)) + ",")
        rows = [{"id": row, "token": f"{index:08x}3f9c1e7a{row:08x}"} for row in range(100)]
        har.write(json.dumps(entry(index, "xhr", "application/json", json.dumps({"rows": rows, "text": "x" * 40000}))))
    har.write("]}}")
done = subprocess.run([murphy, "import", "har", path, "--name", "LARGE", "--dry-run"], capture_output=True, text=True)
if done.returncode != 0:
    sys.exit(done.stderr)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
