// What Chromium itself saves of a visit to the example app: murphy import har makes a scenario of it that passes at once.
// With the bodies of answers in the file, beside it and without them; and with a mistyped password on the way.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openChromium } from './chromium.mjs';

const project = path.join(process.env.PROJECT, 'fixtures/dashboard');
const typo = 'correct hrose 9';

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

async function startApp() {
  const port = await freePort();
  const app = spawn(path.join(project, 'start'), [String(port)], { stdio: 'ignore' });
  const base = `http://127.0.0.1:${port}`;
  for (;;) {
    if (app.exitCode !== null) throw new Error('the example app does not start');
    const up = await fetch(`${base}/health`).then((answer) => answer.ok, () => false);
    if (up) return { base, stop: () => app.kill() };
    await new Promise((done) => setTimeout(done, 20));
  }
}

async function record(browser, base, file, content, passwords) {
  const context = await browser.newContext({ recordHar: { path: file, content }, locale: 'en-US' });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(`${base}/`);
  await page.getByRole('link', { name: 'Sign in' }).first().click();
  for (const password of passwords) {
    await page.getByLabel('Email').fill('ada@example.com');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }
  await page.waitForURL('**/dashboard');
  await page.getByRole('link', { name: 'Profile' }).click();
  await page.locator('main textarea').first().fill('Grows what others weed');
  await page.getByRole('button', { name: 'Save profile' }).click();
  await page.getByRole('link', { name: 'Dashboard' }).first().click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.waitForLoadState();
  await context.close(); // writes the file
}

// Without its pages a recording does not say what of it is a secret: the values of the profile come from here.
const asked = { OMIT_NAME: 'Ada Lovelace', OMIT_LETTERS: 'monthly', OMIT_TIME_ZONE: 'Europe/London', OMIT_BIO: 'Grows what others weed' };

let failed = false;
const folder = mkdtempSync(path.join(tmpdir(), 'murphy-recordings-'));
const { browser } = await openChromium();
const app = await startApp();
try {
  for (const [name, content, passwords] of [
    ['embed', 'embed', ['correct horse 9']],
    ['attach', 'attach', ['correct horse 9']],
    ['omit', 'omit', ['correct horse 9']],
    ['mistyped', 'embed', [typo, 'correct horse 9']],
  ]) {
    const file = path.join(folder, `${name}.har`);
    await record(browser, app.base, file, content, passwords);
    const done = spawnSync(
      process.env.MURPHY,
      ['import', 'har', file, '--as', 'ada', '--directory', folder, '--project', path.join(project, 'murphy.toml'), '--run'],
      { encoding: 'utf8', env: { ...process.env, MISTYPED_PASSWORD: typo, ...asked } },
    );
    const scenario = readFileSync(path.join(folder, `${name}.toml`), 'utf8');
    const leaks = [typo, 'correct horse'].some((secret) => (done.stdout + done.stderr + scenario).includes(secret));
    const steps = scenario.split('\n').filter((line) => line.startsWith('  {')).length;
    console.log(`recordings: ${name}: ${JSON.parse(readFileSync(file, 'utf8')).log.entries.length} entries, ${steps} steps, exit ${done.status}`);
    if (done.status !== 0 || leaks || /is already/.test(done.stderr)) {
      failed = true;
      console.log(leaks ? 'A PASSWORD LEAKED' : done.stdout + done.stderr);
    }
  }
} finally {
  app.stop();
  await browser.close();
  rmSync(folder, { recursive: true });
}
process.exit(failed ? 1 : 0);
