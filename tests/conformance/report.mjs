// The HTML report in Chromium: pages of an app that try to run, to leave or to ask a server, from a file, over http, and
// under the policy of Jenkins; then what a person needs of it. Needs MURPHY, the program.
//   node report.mjs
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
const jenkins = "sandbox allow-same-origin; default-src 'none'; img-src 'self'; style-src 'self';";

// Each in place of LEAK asks the server that must hear nothing.
const hostile = {
  script: '<script>fetch("LEAK")</script>',
  scriptSource: '<script src="LEAK"></script>',
  onerror: '<img src=x onerror="fetch(`LEAK`)">',
  image: '<img src="LEAK"><picture><source srcset="LEAK"></picture>',
  style: '<link rel=stylesheet href="LEAK"><style>@import "LEAK"; body { background: url(LEAK) }</style>',
  font: '<style>@font-face { font-family: x; src: url(LEAK) } body { font-family: x }</style>words',
  inlineStyle: '<p style="background: url(LEAK)">words</p>',
  refresh: '<meta http-equiv=refresh content="0;url=LEAK">',
  base: '<base href="LEAK"><img src="x.png">',
  endOfFrame: '"></iframe><script>fetch("LEAK")</script><iframe srcdoc="',
  endOfScript: '</script><script>fetch("LEAK")</script>',
  ownPolicy: '<meta http-equiv=Content-Security-Policy content="default-src *"><img src="LEAK">',
  svg: '<svg><image href="LEAK"/><script>fetch("LEAK")</script><use href="LEAK#x"/></svg>',
  shadow: '<div><template shadowrootmode=open><img src="LEAK"><style>@import "LEAK"</style></template></div>',
  frame: '<iframe src="LEAK"></iframe><iframe srcdoc="<img src=LEAK>"></iframe>',
  object: '<object data="LEAK"></object><embed src="LEAK">',
  media: '<video src="LEAK" poster="LEAK" autoplay></video><audio src="LEAK" autoplay></audio><track src="LEAK">',
  preload: '<link rel=preload as=image href="LEAK"><link rel=prefetch href="LEAK"><link rel=preconnect href="LEAK">',
  manifest: '<link rel=manifest href="LEAK"><link rel=icon href="LEAK">',
  ping: '<a href="#" ping="LEAK" id=ping>words</a>',
  formAutofocus: '<form action="LEAK"><input autofocus onfocus="fetch(`LEAK`)"><button>Go</button></form>',
  details: '<details open ontoggle="fetch(`LEAK`)"><summary>x</summary></details>',
  topNavigation: '<a href="LEAK" target=_top>words</a><script>top.location = "LEAK"</script>',
  javascript: '<a href="javascript:fetch(`LEAK`)">words</a><iframe src="javascript:parent.fetch(`LEAK`)"></iframe>',
  comment: '<!--><img src="LEAK">--><img src="LEAK">',
  speculation: '<script type=speculationrules>{"prefetch":[{"source":"list","urls":["LEAK"]}]}</script>',
};

const asked = [];
const leaks = createServer((request, response) => { asked.push(request.url); response.end(); });
await new Promise((resolve) => leaks.listen(0, '127.0.0.1', resolve));
const leak = (name) => `http://127.0.0.1:${leaks.address().port}/${name}`;

function step(title, body) {
  const place = { file: 'scenarios/pages.toml', line: 3, column: 1, length: 4 };
  return { title, address_from: 'scenario', place, source_line: body, outcome: 'failed', started: '2026-11-22T09:00:00.400000Z', duration: 9000,
    failures: [{ code: 'missing_text', key: 'text', place, source_line: body, wanted: { kind: 'part', text: body }, got: { text: body } }], note: {},
    evidence: { exchanges: [{ reason: 'opened', started: '2026-11-22T09:00:00.401000Z', method: 'GET', url: `http://127.0.0.1:1/${body}`, request_headers: [], request_body: body,
      status: 200, headers: [{ name: 'Content-Type', value: 'text/html' }], body, body_size: body.length, body_cut: false, remote: '', reused: false,
      timing: { resolve: 0, connect: 10, tls: 0, first_byte: 900, body: 5 }, dropped_cookies: [], error: '' }],
      page: { url: `http://127.0.0.1:1/${body}`, status: 200, title: body, errors: [{ labels: [body], words: body }], forms: [], outline: [], text: body },
      console: [{ at: '2026-11-22T09:00:00.402000Z', text: body }] },
    earlier: [], suspects: [] };
}

const folder = mkdtempSync(join(tmpdir(), 'murphy-report-'));
const cases = Object.entries(hostile).map(([name, markup]) => ({ id: `scenarios/pages.toml#${name}`, name, markup: markup.replaceAll('LEAK', leak(name)) }));
const events = [
  { event: 'run_started', murphy_version: '0', at: '2026-11-22T09:00:00.000000Z', project: 'murphy.toml', target: 'local', hostname: 'ci',
    plan: cases.map(({ id, name, markup }) => ({ id, feature: `Pages ${markup}`, name: `${name} ${markup}`, place: { file: 'scenarios/pages.toml', line: 3, column: 1, length: 4 }, tags: [], ticket: '', requirements: [] })) },
  ...cases.flatMap(({ id, name, markup }) => [{ event: 'case_started', id, at: '2026-11-22T09:00:00.400000Z' }, { event: 'step_finished', id, step: step(`open ${name}`, markup) },
    { event: 'case_finished', id, outcome: 'failed', duration: 9000, note: {} }]),
  { event: 'run_finished', at: '2026-11-22T09:00:01.000000Z', duration: 1000000, interrupted: false },
];
writeFileSync(join(folder, 'run.jsonl'), events.map((event) => `${JSON.stringify({ murphy: 2, ...event })}\n`).join(''));
try {
  execFileSync(process.env.MURPHY, ['report', 'run.jsonl', '--report', 'html=report.html'], { cwd: folder, stdio: 'ignore' });
} catch (error) {
  if (error.status !== 1) throw error; // 1: scenarios failed, as they should
}
const report = readFileSync(join(folder, 'report.html'));
const style = readdirSync(folder).find((name) => name.endsWith('.css'));

let policy = null;
const own = createServer((request, response) => {
  const name = request.url.slice(1);
  if (name !== 'report.html' && name !== style) asked.push(`the server of the report: ${request.url}`);
  if (policy) response.setHeader('Content-Security-Policy', policy);
  response.setHeader('Content-Type', name === style ? 'text/css' : 'text/html; charset=utf-8');
  response.end(name === style ? readFileSync(join(folder, style)) : report);
});
await new Promise((resolve) => own.listen(0, '127.0.0.1', resolve));

const problems = [];
const expect = (holds, what) => { if (!holds) problems.push(what); };
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell', args: process.getuid() === 0 ? ['--no-sandbox'] : [] });
const places = { file: pathToFileURL(join(folder, 'report.html')).href, http: `http://127.0.0.1:${own.address().port}/report.html`, jenkins: `http://127.0.0.1:${own.address().port}/report.html` };
for (const [place, address] of Object.entries(places)) {
  policy = place === 'jenkins' ? jenkins : null;
  const page = await browser.newPage();
  page.on('popup', () => problems.push(`${place}: a window opened`));
  page.on('dialog', () => problems.push(`${place}: a dialog opened`));
  await page.goto(address);
  // Everything is opened and scrolled to, and what may be clicked in a page is clicked, as a person would.
  const quick = { timeout: 500 };
  const summaries = page.locator('#failed details:not([open]) > summary');
  for (let left = 400; left > 0 && await summaries.count() > 0; left -= 1) if (await summaries.first().click().then(() => false, () => true)) break;
  expect(await summaries.count() === 0, `${place}: ${await summaries.count()} parts do not open`);
  const frames = await page.locator('iframe').all();
  expect(frames.length === cases.length, `${place}: ${frames.length} pages are shown in a frame`);
  for (const frame of frames) await frame.scrollIntoViewIfNeeded().catch(() => {});
  // They are loaded when they come into sight, on a busy machine a little later.
  for (let tries = 0; tries < 100 && page.frames().length <= cases.length; ++tries) await page.waitForTimeout(100);
  expect(page.frames().length > cases.length, `${place}: ${page.frames().length - 1} frames are loaded`);
  for (const frame of page.frames().slice(1)) {
    const link = frame.locator('a, button').first();
    if (await Promise.race([link.count(), new Promise((resolve) => setTimeout(resolve, 1000, 0))])) await link.click({ ...quick, noWaitAfter: true, force: true }).catch(() => {});
  }
  expect(page.url().split('#')[0] === address, `${place}: the page went to ${page.url()}`);
  expect((await page.locator('h1').textContent()).includes('scenarios failed'), `${place}: the verdict is gone`);
  if (place === 'jenkins') expect(await page.locator('.causes > li').first().evaluate((item) => getComputedStyle(item).borderLeftWidth) !== '0px', 'jenkins: the style beside the page is not used');
  await page.close();
}
await new Promise((resolve) => setImmediate(resolve));
expect(asked.length === 0, `asked: ${asked.join(' ')}`);
const requests = asked.length; // later pages are opened without their policies

// What people need, in both colours and on a phone.
for (const [name, options] of Object.entries({ light: {}, dark: { colorScheme: 'dark' }, phone: { viewport: { width: 320, height: 800 } } })) {
  const page = await browser.newPage({ ...options, bypassCSP: true }); // axe is no part of the report
  policy = null;
  await page.goto(places.http);
  await page.evaluate(() => document.querySelectorAll('details').forEach((part) => { part.open = true; }));
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name}: it scrolls sideways`);
  await page.addScriptTag({ content: axe });
  const { violations } = await page.evaluate(() => window.axe.run(document, { iframes: false }));
  for (const violation of violations) problems.push(`${name}: axe ${violation.id}: ${violation.nodes.length} ${violation.nodes[0].html.slice(0, 120)}`);
  await page.close();
}

// A link to a scenario opens what it is in, without any script.
const context = await browser.newContext({ javaScriptEnabled: false });
const page = await context.newPage();
const fragment = /href="(#c-[0-9a-f]{10})"/g;
const links = [...report.toString().matchAll(fragment)].map(([, link]) => link);
await page.goto(places.http + links.at(-1));
expect(await page.locator(links.at(-1)).isVisible(), 'a link to a scenario does not open it');
await browser.close();
for (const server of [leaks, own]) server.close();
rmSync(folder, { recursive: true });
for (const problem of problems) console.log(problem);
console.log(`report: ${cases.length} hostile pages, ${requests} requests, ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
