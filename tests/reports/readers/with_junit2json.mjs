// Reads a JUnit report with junit2json and prints its test cases, one a line, for readers_test.cpp.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [installed, file] = process.argv.slice(2);
const resolve = createRequire(`${installed}/package.json`).resolve;
const { parse } = await import(pathToFileURL(resolve("junit2json")));

const suites = (await parse(readFileSync(file, "utf8"))).testsuite;
const sum = (key) => suites.reduce((total, suite) => total + suite[key], 0);
console.log(["counts", sum("tests"), sum("failures"), sum("errors"), sum("skipped")].join("\t"));
for (const suite of suites) {
  for (const testcase of suite.testcase) {
    const verdict = ["failure", "error", "skipped"].find((name) => testcase[name]) ?? "passed";
    const [result] = testcase[verdict] ?? [{}];
    const said = result.message ?? (result.inner ?? "").split("\n")[0];
    console.log([verdict, testcase.classname, testcase.name, Math.round(testcase.time * 1000), said].join("\t"));
  }
}
