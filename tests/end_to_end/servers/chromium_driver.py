#!/usr/bin/python3
"""Is started by Murphy in place of Chromium: starts the real one, passes on what both say, and acts as a person would.

    chromium_driver.py ARGUMENTS...        with Murphy's ends of the debugging pipe as 3 and 4

ACTS names a JSON file, a list of what to do: {"wait": CSS}, {"fill": [CSS, TEXT]}, {"press": CSS}, {"key": "Enter"},
{"select": CSS}, {"asked": true} (until Murphy asked what is selected), {"open": URL},
{"crash": true}, {"close": true}. Ends with Chromium. MURPHY_TEST_BROWSER names another program than Debian's without windows.
"""
import json
import os
import subprocess
import sys
import threading

OWN = 1_000_000_000  # commands from here on are ours, not Murphy's
to_chromium_read, to_chromium_write = os.pipe()
from_chromium_read, from_chromium_write = os.pipe()
lock = threading.Lock()
answers, answered = {}, threading.Condition()
session, attached = [], threading.Event()
selected, asked = threading.Event(), threading.Event()


def messages(descriptor):
    rest = b""
    while piece := os.read(descriptor, 65536):
        *whole, rest = (rest + piece).split(b"\0")
        yield from whole


def send(descriptor, message):
    data = message + b"\0"
    with lock:
        while data:
            data = data[os.write(descriptor, data):]


def from_murphy():
    for message in messages(3):
        if b"getSelection" in message:
            selected.wait()
        send(to_chromium_write, message)


def from_chromium():
    for message in messages(from_chromium_read):
        read = json.loads(message)
        if read.get("id", 0) >= OWN:
            with answered:
                answers[read["id"]] = read
                answered.notify_all()
            continue
        if read.get("method") == "Target.attachedToTarget" and read["params"]["targetInfo"]["type"] == "page":
            session.append(read["params"]["sessionId"])
            attached.set()
        send(4, message)
        if selected.is_set() and "id" in read and "value" in read.get("result", {}).get("result", {}):
            asked.set()
    os._exit(0 if chromium.wait() == 0 else 1)


last = OWN


def command(method, **parameters):
    global last
    last += 1
    number = last
    send(to_chromium_write,
         json.dumps({"id": number, "method": method, "params": parameters, "sessionId": session[0]}).encode())
    with answered:
        answered.wait_for(lambda: number in answers)
        return answers[number].get("result")


def evaluate(expression):
    answer = command("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
    return None if answer is None or "exceptionDetails" in answer else answer["result"].get("value")


def wait(css):
    look = ("new Promise(done => { const look = () => document.readyState === 'complete' && "
            f"document.querySelector({json.dumps(css)}) ? done(true) : setTimeout(look, 10); look(); }})")
    while not evaluate(look):  # the page went away meanwhile
        pass


def press(css):
    # A window takes no mouse before it has shown the page.
    evaluate("new Promise(shown => requestAnimationFrame(() => requestAnimationFrame(shown)))")
    x, y = evaluate(f"(() => {{ const box = document.querySelector({json.dumps(css)}).getBoundingClientRect(); "
                    "return [box.x + box.width / 2, box.y + box.height / 2] })()")
    for kind in ("mousePressed", "mouseReleased"):
        command("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)


def key(name):
    for kind in ("keyDown", "keyUp"):
        command("Input.dispatchKeyEvent", type=kind, key=name, code=name, windowsVirtualKeyCode=13,
                **({"text": "\r"} if kind == "keyDown" else {}))


def act(what):
    (kind, value), = what.items()
    if kind == "wait":
        wait(value)
    elif kind == "fill":
        evaluate(f"document.querySelector({json.dumps(value[0])}).focus()")
        command("Input.insertText", text=value[1])
    elif kind == "press":
        press(value)
    elif kind == "key":
        key(value)
    elif kind == "select":
        evaluate(f"getSelection().selectAllChildren(document.querySelector({json.dumps(value)}))")
        selected.set()
    elif kind == "asked":
        asked.wait()
    elif kind == "open":
        # The page that a click leads to may come later, and end this.
        while (command("Page.navigate", url=value) or {}).get("errorText") == "net::ERR_ABORTED":
            pass
    elif kind == "crash":
        chromium.kill()
    elif kind == "close":
        command("Page.close")
    else:
        sys.exit(f"chromium_driver: no such act: {kind}")


def ends():
    os.dup2(to_chromium_read, 3)
    os.dup2(from_chromium_write, 4)


arguments = [os.environ.get("MURPHY_TEST_BROWSER", "/usr/bin/chromium-headless-shell"), *(["--no-sandbox"] if os.getuid() == 0 else []), *sys.argv[1:]]
chromium = subprocess.Popen(arguments, pass_fds=(3, 4), preexec_fn=ends)
os.close(from_chromium_write)
os.close(to_chromium_read)
threading.Thread(target=from_murphy, daemon=True).start()
threading.Thread(target=from_chromium, daemon=True).start()
attached.wait()
with open(os.environ["ACTS"]) as file:
    for what in json.load(file):
        act(what)
sys.exit(0 if chromium.wait() == 0 else 1)
