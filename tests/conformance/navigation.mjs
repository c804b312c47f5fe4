// Goes the same ways with Chromium and with Murphy through a small web of our own, and compares what each asks of it and
// where each ends.
//   node navigation.mjs [--only WORDS] [--show]     --show prints what Chromium does, and asks Murphy nothing
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { startMurphy } from './murphy.mjs';
import { ways } from './navigation_cases.mjs';
import { startWeb } from './web.mjs';

const { values: options } = parseArgs({ options: { only: { type: 'string', default: '' }, show: { type: 'boolean' } } });

// So many ways are gone at once, each through a web of its own.
const lanes = options.show ? 1 : 3;
const webs = await Promise.all(Array.from({ length: lanes }, startWeb));
// Nothing has been asked for so long: the page has settled. What it then says comes into a frame a little later.
async function settled(web, way, patience) {
  const quiet = patience * (way.looks?.includes('text') ? 500 : 150);
  for (let seen = -1; seen !== web.seen;) {
    seen = web.seen;
    await new Promise((done) => setTimeout(done, quiet));
  }
}

const words = (text) => text.replace(/[\u200b\u2060\ufeff\u00ad]/g, '').replace(/\s+/g, ' ').trim();

// An element of the page or of one of its frames, which may come a little later than the page.
async function inAnyFrame(page, selector, patience) {
  for (let tries = 0; tries < 20 * patience; ++tries) {
    for (const frame of page.frames()) {
      const found = await frame.$(selector).catch(() => null);
      if (found) return found;
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  return null;
}

async function inChromium(browser, web, way, patience) {
  const context = await browser.newContext({ locale: 'en', acceptDownloads: true });
  const page = await context.newPage();
  page.setDefaultTimeout(3000 * patience);
  for (const step of way.steps) {
    if (step.open) await page.goto(web.filled(step.open), { waitUntil: 'commit' }).catch(() => {});
    const found = step.press || step.click ? await inAnyFrame(page, step.press ?? step.click, patience) : null;
    await found?.evaluate((element) => element.click()).catch(() => {});
    await settled(web, way, patience);
  }
  const texts = [];
  for (const frame of page.frames()) texts.push(await frame.evaluate(() => document.documentElement.innerText ?? '').catch(() => ''));
  const address = await page.evaluate(() => location.href).catch(() => page.url());
  const result = { address, title: words(await page.evaluate(() => document.title).catch(() => '')), text: words(texts.join(' ')) };
  await context.close();
  return result;
}

async function inMurphy(murphy, web, way) {
  const steps = way.steps.map((step) => Object.fromEntries(Object.entries(step).map(([verb, what]) => [verb, web.filled(what)])));
  return murphy.ask({ base: web.filled('{app}/'), ca: web.certificate, steps });
}

async function go(web, way, travel) {
  web.routes = way.routes ?? {};
  web.log = [];
  const result = await travel();
  const plain = (text) => (text ?? '').replaceAll(web.filled(':{port}'), '');
  return { log: web.log, stopped: result.stopped, address: plain(result.address), title: plain(result.title), text: words(plain(result.text)) };
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell',
  // Trusted by their keys alone: HSTS needs certificates without fault.
  args: ['--host-resolver-rules=MAP *.test 127.0.0.1', `--ignore-certificate-errors-spki-list=${webs.map((web) => web.pin).join(',')}`,
    ...(process.getuid() === 0 ? ['--no-sandbox'] : [])],
});
const waiting = ways.filter((each) => each.name.includes(options.only));
let compared = 0, different = 0;
async function lane(web) {
  const murphy = options.show ? null : startMurphy('navigate');
  for (let way = waiting.shift(); way; way = waiting.shift()) {
    let theirs = await go(web, way, () => inChromium(browser, web, way, 1));
    if (options.show) {
      console.log(`--- ${way.name}\n${theirs.log.join('\n')}\n→ ${theirs.address} “${theirs.title}” ${theirs.text.slice(0, 200)}`);
      continue;
    }
    let ours = await go(web, way, () => inMurphy(murphy, web, way));
    ++compared;
    const story = (side) => [...side.log, `→ ${side.address}`, ...(way.looks ?? ['title']).map((look) => `${look}: ${side[look]}`)].join('\n  ');
    const isExpected = () => (story(theirs) === story(ours)) !== Boolean(way.differs);
    // On a busy machine a page may be read before it is whole: what is really different is so with more patience, too.
    for (let patience = 2; patience <= 16 && !isExpected(); patience *= 2) {
      theirs = await go(web, way, () => inChromium(browser, web, way, patience));
      ours = await go(web, way, () => inMurphy(murphy, web, way));
    }
    if (isExpected()) continue;
    ++different;
    console.log(`${way.name}${way.differs ? ` (listed as different: ${way.differs})` : ''}\n Chromium\n  ${story(theirs)}\n Murphy ${ours.stopped ?? ''}\n  ${story(ours)}`);
  }
  murphy?.stop();
}
await Promise.all(webs.map(lane));
await browser.close();
for (const web of webs) web.stop();
if (!options.show) console.log(`navigation: ${compared} ways compared, ${different} unexpected`);
process.exitCode = different ? 1 : 0;
