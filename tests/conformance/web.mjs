// A small web of our own: every host of *.test, localhost and 127.0.0.1 on one port, which speaks http and https. Answers
// are written byte for byte, so that broken ones can be served, and what is asked is written down.
import { execFileSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';

// A certificate for our hosts, signed by itself.
function makeCertificate() {
  const folder = mkdtempSync(join(tmpdir(), 'murphy-conformance-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=app.test',
    '-addext', 'subjectAltName=DNS:app.test,DNS:*.app.test,DNS:other.test,DNS:localhost,IP:127.0.0.1', '-keyout', key, '-out', cert], { stdio: 'ignore' });
  const spki = new X509Certificate(readFileSync(cert)).publicKey.export({ type: 'spki', format: 'der' });
  return { folder, cert, pin: createHash('sha256').update(spki).digest('base64'), options: { key: readFileSync(key), cert: readFileSync(cert) } };
}

// What of a request is compared.
function described({ method, address, headers, body }) {
  const said = ['origin', 'referer', 'cookie', 'sec-fetch-site', 'sec-fetch-dest', 'content-type'].map((name) => headers[name] && `${name}=${headers[name]}`);
  return [method, address, ...said, body && `body=${body}`].filter(Boolean).join(' ');
}

function bytesOf(answer, filled) {
  if (answer.raw) return Buffer.from(filled(answer.raw), 'latin1');
  const body = Buffer.from(filled(answer.body ?? ''));
  const headers = (answer.headers ?? []).map(([name, value]) => `${name}: ${filled(value)}\r\n`).join('');
  const type = answer.headers?.some(([name]) => name.toLowerCase() === 'content-type') ? '' : 'Content-Type: text/html; charset=utf-8\r\n';
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${answer.status ?? 200} X\r\n${type}${headers}Connection: close\r\nContent-Length: ${body.length}\r\n\r\n`), body]);
}

// `routes` maps "app /path" to {status, headers, body} or {raw}; names of hosts stand in braces in what is served.
export async function startWeb() {
  const certificate = makeCertificate();
  const web = { routes: {}, log: [], seen: 0, certificate: certificate.cert, pin: certificate.pin };
  const places = {};
  web.filled = (text) => text.replace(/\{(\w+)\}/g, (whole, name) => places[name] ?? whole);

  const answer = (socket, scheme) => {
    let pending = Buffer.alloc(0);
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      pending = Buffer.concat([pending, chunk]);
      const end = pending.indexOf('\r\n\r\n');
      if (end < 0) return;
      const [first, ...lines] = pending.subarray(0, end).toString('latin1').split('\r\n');
      const headers = Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]));
      const length = Number(headers['content-length'] ?? 0);
      if (pending.length < end + 4 + length) return;
      const body = pending.subarray(end + 4, end + 4 + length).toString('latin1');
      pending = pending.subarray(end + 4 + length);
      const [method, path] = first.split(' ');
      const address = `${scheme}://${headers.host}${path}`;
      if (path === '/favicon.ico') return socket.end('HTTP/1.1 204 X\r\nConnection: close\r\n\r\n');
      ++web.seen;
      web.log.push(described({ method, address, headers, body }).replaceAll(`:${places.port}`, ''));
      const [host] = Object.entries(places).find(([, place]) => place === `${scheme}://${headers.host}`) ?? ['?'];
      const found = web.routes[`${host} ${path}`] ?? web.routes[`${host} ${path.split('?')[0]}`] ??
        { body: `<!doctype html><title>${path}</title><p>This is ${path}` };
      socket.end(bytesOf(typeof found === 'function' ? found({ method, headers, body }) : found, web.filled));
    });
  };
  const secure = createTlsServer(certificate.options, (socket) => answer(socket, 'https'));
  secure.on('tlsClientError', () => {});
  const server = createServer((socket) => {
    socket.on('error', () => {});
    // What begins like a handshake is one.
    socket.once('readable', () => {
      const chunk = socket.read();
      if (chunk === null) return;
      socket.unshift(chunk);
      if (chunk[0] === 0x16) secure.emit('connection', socket);
      else answer(socket, 'http');
    });
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address();
  Object.assign(places, { port, app: `http://app.test:${port}`, sub: `http://sub.app.test:${port}`, other: `http://other.test:${port}`,
    local: `http://127.0.0.1:${port}`, localhost: `http://localhost:${port}`, secure: `https://app.test:${port}`, securesub: `https://sub.app.test:${port}`,
    secureother: `https://other.test:${port}`, securelocal: `https://localhost:${port}` });
  web.stop = () => {
    server.close();
    rmSync(certificate.folder, { recursive: true });
  };
  return web;
}
