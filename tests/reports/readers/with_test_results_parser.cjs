// Reads a JUnit report with test-results-parser and prints its test cases, one a line, for readers_test.cpp.
// It keeps no class names, so the suite's name stands for them, no messages of what was skipped, and counts skipped test
// cases beside the total.
const { createRequire } = require("node:module");

const [installed, file] = process.argv.slice(2);
const { parse } = createRequire(`${installed}/package.json`)("test-results-parser");

const { suites } = parse({ type: "junit", files: [file] });
const sum = (key) => suites.reduce((total, suite) => total + suite[key], 0);
console.log(["counts", sum("total") + sum("skipped"), sum("failed"), sum("errors"), sum("skipped")].join("\t"));
const verdicts = { PASS: "passed", FAIL: "failure", SKIP: "skipped" };
for (const suite of suites) {
  for (const testcase of suite.cases) {
    console.log([verdicts[testcase.status] ?? testcase.status, suite.name, testcase.name, testcase.duration, testcase.failure].join("\t"));
  }
}
