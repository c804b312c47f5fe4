// Signs in and out of tests/bench/target.cpp: once an iteration.
import { fail } from 'k6';
import { parseHTML } from 'k6/html';
import http from 'k6/http';

const url = __ENV.TARGET;

export default function () {
  http.cookieJar().clear(url);
  const form = parseHTML(http.get(`${url}/sign-in`).body);
  const dashboard = http.post(`${url}/sign-in`, {
    csrf: form.find('input[name=csrf]').attr('value'),
    email: 'ada@example.com',
    password: 'correct horse',
  });
  const page = parseHTML(dashboard.body);
  if (!dashboard.url.endsWith('/dashboard') || !page.find('main').text().includes('Welcome, Ada')) fail('no dashboard');
  const end = http.post(`${url}/sign-out`, { csrf: page.find('#sign-out input[name=csrf]').attr('value') });
  if (!end.url.endsWith('/sign-in')) fail('still signed in');
}
