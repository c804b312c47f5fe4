// Asks with fetch() in Chromium and with `as = "script"` in Murphy, from pages of every referrer policy, and compares what
// arrives, redirects included.
import { createServer } from 'node:http';
import { openChromium } from './chromium.mjs';
import { startMurphy } from './murphy.mjs';

const compared = ['host', 'accept', 'content-type', 'content-length', 'origin', 'referer', 'cookie', 'sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest', 'sec-fetch-user', 'upgrade-insecure-requests', 'cache-control', 'x-own'];
const policies = ['', 'no-referrer', 'origin', 'same-origin', 'strict-origin', 'unsafe-url', 'origin-when-cross-origin'];
const requests = [
  { method: 'GET' }, { method: 'HEAD' }, { method: 'DELETE' }, { method: 'POST' },
  { method: 'POST', type: 'application/json', body: '{}' }, { method: 'PUT', type: 'application/json', body: '{"a":1}' },
  { method: 'POST', type: 'application/x-www-form-urlencoded', body: 'a=1&b=%20' }, { method: 'PATCH', type: 'text/plain', body: 'x' },
  { method: 'GET', headers: [['Accept', 'application/json'], ['X-Own', '1']] },
];

let policy = '', arrived = [];
const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const cors = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*', 'Access-Control-Allow-Methods': '*', 'Cache-Control': 'no-store' };
    if (request.url.startsWith('/page')) {
      const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Set-Cookie': ['plain=1; Path=/', 'strict=1; Path=/; SameSite=Strict'] };
      if (policy) headers['Referrer-Policy'] = policy;
      response.writeHead(200, headers).end('<!doctype html><title>Page</title>');
      return;
    }
    if (request.method !== 'OPTIONS' && request.url !== '/favicon.ico')
      arrived.push({ method: request.method, address: request.url, ...Object.fromEntries(compared.map((name) => [name, request.headers[name] ?? ''])), body: Buffer.concat(chunks).toString() });
    const hop = /^\/(\d+)\/to\/(.*)$/.exec(request.url);
    if (hop) response.writeHead(Number(hop[1]), { ...cors, Location: decodeURIComponent(hop[2]) }).end();
    else response.writeHead(200, { ...cors, 'Set-Cookie': 'more=1; Path=/nowhere', 'Content-Type': 'application/json' }).end('{}');
  });
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const port = server.address().port;
const other = `http://localhost:${port}`;
const addresses = ['/api?a=1#f', `${other}/api`, '/302/to/%2Fapi', '/303/to/%2Fapi', '/307/to/%2Fapi', `/307/to/${encodeURIComponent(other + '/api')}`, `${other}/302/to/%2Fapi`, `${other}/307/to/${encodeURIComponent(`http://127.0.0.1:${port}/api`)}`];

const { browser, page } = await openChromium();
const murphy = startMurphy('fetch');
let asked = 0, wrong = 0, stopped = 0;
for (policy of policies) {
  const from = `http://127.0.0.1:${port}/page?q=1`;
  await page.goto(from);
  for (const address of addresses) {
    for (const { method, headers = [], type = '', body = '' } of requests) {
      asked += 1;
      arrived = [];
      const answer = await murphy.ask({ page: from, address, method, headers, type, body });
      const ours = arrived;
      arrived = [];
      await page.evaluate(([url, init]) => fetch(url, init).catch(() => null), [address, { method, headers: [...headers, ...(type ? [['Content-Type', type]] : [])], ...(body ? { body } : {}) }]);
      const [left, right] = [JSON.stringify(arrived), JSON.stringify(ours)];
      if (left === right) continue;
      if (arrived.length < ours.length && JSON.stringify(ours.slice(0, arrived.length)) === left) {
        stopped += 1; // by CORS, which Murphy does not apply
        continue;
      }
      wrong += 1;
      if (wrong <= 10) console.log(`${policy || 'no policy'}: ${method} ${address} ${type} ${JSON.stringify(answer)}\n  Chromium ${left}\n  Murphy   ${right}`);
    }
  }
}
murphy.stop();
await browser.close();
server.close();
console.log(`${asked} requests of scripts: ${wrong} disagreements, ${stopped} that CORS stops in Chromium`);
process.exitCode = wrong === 0 ? 0 : 1;
