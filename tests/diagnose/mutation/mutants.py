#!/usr/bin/env python3
"""Flips one layer at a time in harness/diagnose and expects a unit test to fail each time.

  mutants.py copy SOURCES COPIES   copies the sources; every layer in them can be flipped
  mutants.py run BINARY MUTANTS    runs tests of the copies for each layer; exits with 1 when they all pass

A copy behaves like its source until MURPHY_MUTANT names a layer by its number: mutation.h then gives another one.
MUTANTS, which `copy` writes to COPIES/mutants.txt, says where each is. What is compared with a layer is no decision
and stays as it is. The tests that reach a layer run first; only where they pass do all others run, too.
"""

import collections
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile

LAYERS = "unknown|view|controller|model|database|session|config|network|harness"
QUALIFIED = re.compile(rf"(?:(?:murphy::)?record::)?Layer::(?:{LAYERS})\b")
BARE = re.compile(rf"(?<=[,{{])\s*({LAYERS})\b(?=\s*[,}}])")
TABLE = re.compile(r"inline constexpr (auto \w+ = \[\] \{\n  using enum record::Layer;.*?\n\}\(\);)", re.S)
# "case Layer::x", "== Layer::x", "!= Layer::x", and members that are unknown until they are set.
NO_DECISION_BEFORE = re.compile(r"(\bcase|[=!]=|\bLayer \w+ =)\s*$")
NO_DECISION_BEHIND = re.compile(r"\s*[=!]=")


def blanked(text):
    """The text with what comments and strings hold replaced by spaces, of the same length."""
    pattern = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])\'', re.S)
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)


class Mutants:
    def __init__(self):
        self.lines = []

    def add(self, name, text, at, layer):
        self.lines.append(f"{name}:{text.count(chr(10), 0, at) + 1}: {layer}")
        return len(self.lines)

    def instrument(self, name, text):
        code = blanked(text)
        places = []
        for match in QUALIFIED.finditer(code):
            before, behind = code[: match.start()], code[match.end() :]
            if not NO_DECISION_BEFORE.search(before) and not NO_DECISION_BEHIND.match(behind):
                places.append((match.start(), match.end(), match.group()))
        for table in TABLE.finditer(code):
            for match in BARE.finditer(code, table.start(), table.end()):
                places.append((match.start(1), match.end(1), "record::Layer::" + match.group(1)))
        made, end = [], 0
        for start, stop, layer in sorted(places):
            number = self.add(name, text, start, layer.rsplit(":", 1)[1])
            made += [text[end:start], f"::murphy::mutation::layer({number}, {layer})"]
            end = stop
        made.append(text[end:])
        changed = "".join(made)
        if not places:
            return text
        # A table that is made when the program is compiled could not be another one when it runs.
        changed = re.sub(r"inline constexpr (auto \w+ = \[\] \{\n  using enum record::Layer;)", r"inline const \1", changed)
        return '#include "mutation.h"\n' + changed


def copy(sources, copies):
    (copies / "diagnose").mkdir(parents=True, exist_ok=True)
    mutants = Mutants()
    for source in sorted(sources.iterdir()):
        if source.suffix in (".cpp", ".h"):
            made = mutants.instrument(source.name, source.read_text())
            (copies / "diagnose" / source.name).write_text(made)
    (copies / "mutants.txt").write_text("\n".join(mutants.lines) + "\n")


def tests_fail(binary, number, tests="*"):
    environment = {**os.environ, "MURPHY_MUTANT": str(number)}
    command = [binary, "--gtest_fail_fast", "--gtest_brief=1", "--gtest_filter=" + tests]
    try:
        tried = subprocess.run(command, env=environment, capture_output=True, timeout=120)
    except subprocess.TimeoutExpired:
        return True
    return tried.returncode != 0


def reached_by(binary):
    """The tests that reach each layer; of a table, which is made once, only the first."""
    with tempfile.TemporaryDirectory() as folder:
        seen = pathlib.Path(folder, "seen.txt")
        if subprocess.run([binary, "--gtest_brief=1"], env={**os.environ, "MURPHY_MUTANTS_SEEN": seen}).returncode != 0:
            sys.exit("the tests fail although nothing is flipped: run test_diagnose first")
        tests = collections.defaultdict(list)
        for line in seen.read_text().splitlines():
            number, test = line.split(" ", 1)
            tests[int(number)].append(test)
        return tests


def run(binary, mutants):
    tests = reached_by(binary)

    def is_seen(number):
        return any(tests_fail(binary, number, ":".join(some)) for some in (tests[number], ["*"]) if some)

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        failed = list(pool.map(is_seen, range(1, len(mutants) + 1)))
    survivors = [mutant for mutant, seen in zip(mutants, failed) if not seen]
    for survivor in survivors:
        print(f"harness/diagnose/{survivor}: no test fails when it is another layer")
    print(f"{len(mutants)} layers flipped, {len(survivors)} of them unseen")
    return 1 if survivors else 0


if __name__ == "__main__":
    if len(sys.argv) == 4 and sys.argv[1] == "copy":
        copy(pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]))
    elif len(sys.argv) == 4 and sys.argv[1] == "run":
        sys.exit(run(sys.argv[2], pathlib.Path(sys.argv[3]).read_text().splitlines()))
    else:
        sys.exit(__doc__)
