// Signs in and out of tests/bench/target.cpp by Playwright's requests, which run no browser:
//   node sign_in.playwright.mjs URL TIMES AT_ONCE
import { createRequire } from 'node:module';
import { join } from 'node:path';

const packages = createRequire(join(process.env.PEER_PACKAGES, 'package.json'));
const { request } = packages('playwright-core');
const { load } = packages('cheerio');
const [url, times, atOnce] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];

async function signIn() {
  const client = await request.newContext({ baseURL: url });
  const form = load(await (await client.get('/sign-in')).text());
  const csrf = form('input[name=csrf]').val();
  const dashboard = await client.post('/sign-in', { form: { csrf, email: 'ada@example.com', password: 'correct horse' } });
  const page = load(await dashboard.text());
  if (!dashboard.url().endsWith('/dashboard') || !page('main').text().includes('Welcome, Ada')) throw new Error('no dashboard');
  const end = await client.post('/sign-out', { form: { csrf: page('#sign-out input[name=csrf]').val() } });
  if (!end.url().endsWith('/sign-in')) throw new Error('still signed in');
  await client.dispose();
}

let left = times;
async function work() {
  while (left-- > 0) await signIn();
}
await Promise.all(Array.from({ length: atOnce }, work));
