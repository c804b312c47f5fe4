// Reads TAP with tap-parser: with_tap_parser.mjs READERS REPORT. Prints the totals, then each test as `ok|not ok`, its
// number, its name, and what it is to do.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [, , readers, report] = process.argv;
const { Parser } = createRequire(`${readers}/`)('tap-parser');
const parser = new Parser({ strict: true });
const tests = [];
parser.on('assert', (test) => tests.push(test));
parser.on('complete', (results) => {
  console.log(`count ${results.count} plan ${results.plan.end} fail ${results.fail} todo ${results.todo} bailout ${results.bailout}`);
  for (const test of tests) console.log(`${test.ok ? 'ok' : 'not ok'} ${test.id} ${test.name}${test.todo ? ` TODO ${test.todo}` : ''} ${test.diag?.at?.line ?? ''}`);
  for (const failure of results.failures) if (failure.tapError) console.log(`error: ${failure.tapError}`);
});
parser.end(readFileSync(report, 'utf8'));
