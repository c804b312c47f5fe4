"""Reads a JUnit report with junitparser and prints its test cases, one a line, for readers_test.cpp."""

import sys

from junitparser import Error, Failure, JUnitXml, Skipped

VERDICTS = {Failure: "failure", Error: "error", Skipped: "skipped"}

report = JUnitXml.fromfile(sys.argv[2])
suites = list(report)
print("counts", *(sum(getattr(suite, key) for suite in suites) for key in ("tests", "failures", "errors", "skipped")), sep="\t")
for suite in suites:
    for case in suite:
        results = case.result
        verdict = VERDICTS[type(results[0])] if results else "passed"
        said = (results[0].message or results[0].text.split("\n")[0]) if results else ""
        print(verdict, case.classname, case.name, round(case.time * 1000), said, sep="\t")
