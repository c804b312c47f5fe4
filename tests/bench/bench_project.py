"""What the benches share: the app that is signed in to, and projects that sign in to it."""
import contextlib
import os
import pathlib
import subprocess
import tempfile
import time

root = pathlib.Path(__file__).resolve().parent.parent.parent


@contextlib.contextmanager
def target(build, page_size):
    """The address of an app with pages of about so many bytes (tests/bench/target.cpp)."""
    program = root / "build" / build / "tests/bench/bench_target"
    app = subprocess.Popen([program, str(page_size)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield app.stdout.readline().strip()
    finally:
        app.communicate()


def write_project(folder, url, sign_ins, files=1):
    """Scenarios that sign in and out, so many in all, spread over the files."""
    folder = pathlib.Path(folder)
    (folder / "scenarios").mkdir(parents=True)
    (folder / "murphy.toml").write_text(f"""[app]
sign_in = {{ page = "/sign-in", submit = "Sign in", fields = {{ Email = "${{user.email}}", Password = "${{user.password}}" }} }}
sign_out = {{ submit = "Sign out" }}
dashboard = {{ page = "/dashboard", shows = "#sign-out" }}

[target.bench]
url = "{url}"
ready = "/ready"

[user.ada]
email = "ada@example.com"
password = "correct horse"
shared = true
""")
    for file in range(files):
        rows = "".join(f"  {{ row = {row} }},\n" for row in range(file, sign_ins, files))
        (folder / f"scenarios/sign_in_{file:05}.toml").write_text(f"""feature = "Sign in, {file}"

[[scenario]]
name = "Ada signs in and out, ${{row}}"
examples = [
{rows}]
steps = [
  {{ open = "/sign-in" }},
  {{ submit = "Sign in", with = {{ Email = "${{ada.email}}", Password = "${{ada.password}}" }}, expect = {{ page = "/dashboard", text = "Welcome, Ada" }} }},
  {{ submit = "Sign out", expect = {{ page = "/sign-in" }} }},
]
""")


class Cost:
    """Of a whole process: seconds of CPU (user and system), seconds until its end, and bytes of memory at the most."""

    def __init__(self, cpu, wall, memory):
        self.cpu, self.wall, self.memory = cpu, wall, memory


def cost(command, folder=None, environment=None):
    """Runs a command that has to succeed."""
    with tempfile.TemporaryFile() as output:
        began = time.monotonic()
        process = subprocess.Popen([str(word) for word in command], cwd=folder, stdin=subprocess.DEVNULL, stdout=output,
                                   stderr=subprocess.STDOUT, env=dict(os.environ, **(environment or {})))
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            output.seek(0)
            text = output.read().decode(errors="replace")
            raise SystemExit(f"{' '.join(map(str, command))} failed with {process.returncode}\n{text[-2000:]}")
    return Cost(used.ru_utime + used.ru_stime, wall, 1024 * used.ru_maxrss)
