// Submits generated forms with Chromium and with Murphy to a local server, and compares what arrives byte for byte.
//   node entries.mjs [--seed N] [--forms N]
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openChromium } from './chromium.mjs';
import { files, makePage } from './forms.mjs';
import { startMurphy } from './murphy.mjs';
import { random } from './random.mjs';

const { values: options } = parseArgs({ options: { seed: { type: 'string' }, forms: { type: 'string', default: '2200' } } });
const seed = options.seed ? Number(options.seed) : Date.now() % 1e9;
console.log(`seed ${seed}`);

const compared = ['content-type', 'origin', 'referer', 'content-length', 'sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest', 'upgrade-insecure-requests'];

// Where Murphy and Chromium may differ, and why.
const listed = [
  { why: 'Chromium sends controls that stand in a datalist; the standard leaves them out',
    holds: ({ html }) => /<datalist><(input|textarea|select)/.test(html) },
  { why: 'Chromium sends no direction beside a hidden "_charset_"; the standard makes no such exception',
    holds: ({ html }) => /type="hidden"[^>]*name="_charset_"[^>]*dirname=/.test(html) },
  { why: 'Chromium sends the direction under an empty name for dirname=""; the standard does not',
    holds: ({ html }) => html.includes(' dirname=""') },
  { why: 'Chromium mixes up text/plain and the query when the button has another method than its form',
    holds: ({ html }) => /enctype="text\/plain"/i.test(html) && /formmethod="/.test(html) },
  { why: 'glibc does not know all of the Big5 that browsers write',
    holds: ({ chromium, headers }) => headers['Content-Type'].includes('big5') && /%C[67]|[\xc6\xc7]/.test(`${chromium?.address} ${chromium?.body}`) },
  { why: 'Chromium encodes "|" in a path; the URL standard leaves it',
    holds: ({ html }) => html.includes('/p|{}^`') },
  { why: 'Chromium splits accept-charset at commas too; the standard does not',
    holds: ({ html }) => html.includes('accept-charset="utf-8,iso-8859-1"') },
  { why: 'Chromium sends the direction of submit buttons that were not pressed; the standard sends nothing of them',
    holds: ({ html }) => /type="submit"[^>]*dirname=/.test(html) },
  { why: 'the standard now lets other elements stand in a select; gumbo reads by the rules before',
    holds: ({ html }) => html.includes('name=unclosed') },
  { why: 'gumbo reads a raw U+007F as a broken character',
    holds: ({ html }) => html.includes('\x7f') },
  { why: 'Murphy overlooks a <base> of another scheme than http and https, against which nothing can be resolved',
    holds: ({ html, chromium }) => html.includes('<base href="mailto:x">') && !chromium },
];

let current = null; // the page that is served
let arrived = null; // takes what comes from either side; says whether that is a submission and no page to serve
const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    if (request.url === '/favicon.ico') {
      response.writeHead(204).end();
      return;
    }
    const body = Buffer.concat(chunks).toString('latin1');
    const type = request.headers['content-type'] ?? '';
    const boundary = /boundary=(.*)$/.exec(type)?.[1];
    const plain = (text) => (boundary ? text.replaceAll(boundary, 'BOUNDARY') : text);
    const headers = Object.fromEntries(compared.map((name) => [name, plain(request.headers[name] ?? '')]));
    if (boundary) headers['content-length'] = '';
    const what = { method: request.method, address: request.url, host: request.headers.host, ...headers, body: plain(body) };
    const side = request.headers['user-agent'].startsWith('murphy/') ? arrived.murphy : arrived.browser;
    if (side?.(what)) response.writeHead(204).end();
    else response.writeHead(200, current.headers).end(current.bytes);
  });
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const port = server.address().port;

// Chromium takes the type of a file from its name on the disk.
const folder = mkdtempSync(join(tmpdir(), 'murphy-conformance-'));
const contents = (name) => `${name}\r\n--\0\n`;
for (const name of files) writeFileSync(join(folder, name), contents(name));

const { browser, page } = await openChromium();
const murphy = startMurphy('submit');
const rnd = random(seed);
const count = { forms: 0, sent: 0, nothing: 0, wrong: 0, listed: new Map() };
page.on('dialog', (dialog) => dialog.dismiss());

const fillAndPress = ({ fill, button }) => {
  for (const { id, text, checked, label } of fill) {
    const field = document.getElementById(id);
    if (text !== undefined) field.value = text;
    else if (checked !== undefined) field.checked = checked;
    else if (label !== undefined) {
      for (const option of field.options) option.selected = false;
      [...field.options].find((option) => option.label === label && !option.matches(':disabled')).selected = true;
    }
  }
  const pressed = document.getElementById(button);
  if (pressed?.form) pressed.form.noValidate = true;
  pressed?.click();
};

// What both sides send of the current page, and where they differ.
async function compareOnce(address) {
  const { fill, button } = current;

  // Murphy's second request is the submission.
  let sent = null, requests = 0;
  arrived = { browser: null, murphy: (what) => { if (++requests > 1) sent = what; return requests > 1; } };
  const filled = fill.map((one) => (one.files ? { id: one.id, files: one.files.map((name) => ({ name, contents: contents(name) })) } : one));
  const answer = await murphy.ask({ address, fill: filled, button });

  // Chromium gives up a load when an answer without content to what came before it is late.
  for (let tries = 1, loaded = false; !loaded; ++tries) {
    loaded = await page.goto(address, { waitUntil: 'load' }).catch((error) => { if (tries === 5) throw error; });
  }
  const submission = new Promise((resolve) => { arrived.browser = (what) => { resolve(what); return true; }; });
  for (const one of fill) if (one.files) await page.locator(`#${one.id}`).setInputFiles(one.files.map((name) => join(folder, name)));
  await page.evaluate(fillAndPress, { fill, button });
  // Where Murphy sent nothing, Chromium gets a moment to prove otherwise.
  const chromium = await Promise.race([submission, new Promise((resolve) => setTimeout(resolve, sent ? 5000 : 120, null))]);

  const differences = [];
  if (!sent || !chromium) {
    if (sent || chromium) differences.push(['sent', chromium !== null, sent !== null ? true : answer.refused]);
  } else
    for (const key of Object.keys(chromium)) if (chromium[key] !== sent[key]) differences.push([key, chromium[key], sent[key]]);
  return { sent, chromium, differences };
}

while (count.forms < Number(options.forms)) {
  current = makePage(rnd, port);
  count.forms += 1;
  const address = `http://127.0.0.1:${port}/case/${count.forms}?page=1`;
  const html = current.bytes.toString('latin1').replaceAll('\0', '');
  const { fill } = current;

  let { sent, chromium, differences } = await compareOnce(address);
  if (sent) count.sent += 1;
  else count.nothing += 1;
  const reason = () => listed.find((one) => one.holds({ html, headers: current.headers, chromium, murphy: sent }));
  // On a busy machine Chromium may be late: what is really different is so each time.
  for (let again = 0; again < 3 && differences.length > 0 && !reason(); ++again)
    ({ sent, chromium, differences } = await compareOnce(address));
  if (differences.length === 0) continue;
  if (reason()) {
    const { why } = reason();
    count.listed.set(why, (count.listed.get(why) ?? 0) + 1);
    continue;
  }
  count.wrong += 1;
  if (count.wrong > 25) continue;
  console.log(`form ${count.forms} (${current.headers['Content-Type']}):`);
  for (const [key, theirs, ours] of differences) console.log(`  ${key}\n    Chromium ${JSON.stringify(theirs)}\n    Murphy   ${JSON.stringify(ours)}`);
  console.log(`  ${JSON.stringify(fill)} ${html.replace(/\n/g, '\n  ')}`);
}
murphy.stop();
await browser.close();
server.close();
rmSync(folder, { recursive: true });

console.log(`${count.forms} forms: ${count.sent} sent, ${count.nothing} send nothing; ${count.wrong} disagreements`);
for (const [why, n] of count.listed) console.log(`  listed ${n} times: ${why}`);
process.exitCode = count.wrong === 0 ? 0 : 1;
