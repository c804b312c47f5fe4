// Makes pages with forms: {html, headers, fill, button}. What is filled in is what a script can set as a person would,
// files that are chosen, and options chosen by their label.
// Pages are ASCII (the rest as references), so that they are the same bytes in every encoding.
import { attributes } from './random.mjs';

const references = (text) => text.replace(/[^\0-\x7f]/gu, (character) => `&#${character.codePointAt(0)};`);

const charsets = ['utf-8', 'utf-8', 'utf-8', 'windows-1252', 'iso-8859-1', 'iso-8859-15', 'shift_jis', 'euc-jp', 'gb18030', 'gbk', 'big5', 'euc-kr', 'koi8-r', 'windows-1251', 'iso-8859-8-i', 'utf-16le', 'x-bogus', 'windows-1253', 'macintosh'];
const names = ['a', 'b', 'user[email]', 'x y', 'é', '日本', '"q"', "it's", 'a=b&c', '', null, 'a', 'line\nbreak', 'cr\rlf\r\n', '_charset_', 'isindex', '💩', '+', '%41', 'a;b', 'ż', 'back\\slash', '<b>', 'Ω'];
const values = ['', 'x', 'Ada Lovelace', 'é', '日本語', '💩', '€', '“”', 'a&b=c', 'a+b', '100%', ' pad ', 'ż', 'Ж', '\u00a0', "~!*()'-._", '"', '\\', '\u0080', '\u00ff', '한', '漢', 'ß', '½', '\u200b', 'ﬀ', '\u2022', '\u0301', '～', '−', '\u007f', '\t', '<script>', '¥', '‾', '①', 'ｱ', '＼'];
const lines = ['a\nb', '\n', 'x\n\ny', 'é\n€', '\nfirst', 'last\n', 'a\r\nb', 'a\rb'];
const actions = (port) => ['', '/target', 'target', '../up', '?', '?q=2', '#', '#f', '/x#frag', '/a b', '/é', '/?a=é', ' /trim ', './.', '//127.0.0.1:' + port + '/y', `http://127.0.0.1:${port}`, `http://127.0.0.1:${port}/abs?old=1`,
  `http://localhost:${port}/other`, '/%zz', '/a\\b', '/x?y#z', 'http://[', '/q?"\'<>', '/p|{}^`', '/x?a=1&b=2', '/日本?日本', '..', '/\ttab\n'];
const methods = [null, null, 'get', 'post', 'post', 'post', 'POST', 'Get', 'put', '', 'dialog'];
const enctypes = [null, null, null, 'application/x-www-form-urlencoded', 'multipart/form-data', 'multipart/form-data', 'text/plain', 'TEXT/PLAIN', 'Multipart/Form-Data', 'x', ''];
export const files = ['a.png', 'b.JPG', 'notes.txt', 'data.csv', 'noext', 'x.nobody-knows', 'é.pdf', '日本.txt', 'q"uote.gif', '%41.svg', 'two words.zip', 'a.tar.gz', '.htaccess'];
const policies = [null, null, null, 'no-referrer', 'origin', 'same-origin', 'strict-origin', 'unsafe-url', 'origin-when-cross-origin', 'no-referrer-when-downgrade', 'bogus', 'strict-origin-when-cross-origin', 'never', 'always'];

export function makePage(rnd, port) {
  const maybe = (probability, make) => (rnd.chance(probability) ? make() : null);
  const fill = [];
  let count = 0;
  const control = (more = {}, fillable = false) => {
    const id = `c${count++}`;
    const name = rnd.one(names), value = rnd.one(values);
    const all = { id, name, disabled: maybe(0.05, () => ''), readonly: maybe(0.05, () => ''), ...more };
    const free = fillable && all.disabled === null && all.readonly === null && more.form === undefined;
    const kind = rnd.below(26);
    if (kind < 7) {
      const type = rnd.one(['text', 'text', 'search', 'tel', 'password', null, 'bogus', 'url', 'email']);
      if (free && type !== 'email' && type !== 'url' && rnd.chance(0.5)) fill.push({ id, text: rnd.one(values) });
      return `<input${attributes({ type, ...all, value: type === 'email' ? 'a@b.c' : maybe(0.7, () => rnd.one([...values, ...lines])), dirname: maybe(0.1, () => rnd.one(['d', 'd', 'dé', 'dé', 'd', ''])), dir: maybe(0.15, () => rnd.one(['rtl', 'ltr', 'auto', 'x'])) })}>`;
    }
    if (kind < 10) {
      if (free && rnd.chance(0.5)) fill.push({ id, text: rnd.one([...values, ...lines]) });
      const content = rnd.one([...values, ...lines]).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/\r/g, '&#13;');
      return `<textarea${attributes({ ...all, dirname: maybe(0.1, () => 'td') })}>${content}</textarea>`;
    }
    if (kind < 12) {
      if (free && rnd.chance(0.5)) fill.push({ id, checked: rnd.chance(0.7) });
      return `<input${attributes({ type: 'checkbox', ...all, value: maybe(0.6, () => value), checked: maybe(0.4, () => '') })}>`;
    }
    if (kind < 14) return `<input${attributes({ type: 'radio', ...all, name: rnd.one(['r', 's', name]), value: maybe(0.7, () => value), checked: maybe(0.4, () => '') })}>`;
    if (kind < 17) {
      const labels = []; // of what can be chosen
      const option = () => {
        const disabled = maybe(0.2, () => ''), label = maybe(0.1, () => 'L'), text = rnd.one(['One', ' two  words ', '', 'é', 'a<!-- c -->b', '<b>bold</b>']);
        const html = `<option${attributes({ value: maybe(0.5, () => rnd.one(values)), selected: maybe(0.3, () => ''), disabled, label })}>${text}${rnd.chance(0.5) ? '</option>' : ''}`;
        const group = rnd.chance(0.15), closed = group && rnd.chance(0.4);
        if (disabled === null && !closed && (label ?? text) !== '') labels.push(label ?? text.replace(/<.*?>/g, '').trim().replace(/ +/g, ' '));
        return group ? `<optgroup${attributes({ disabled: closed ? '' : null, label: 'g' })}>${html}</optgroup>` : html;
      };
      const options = Array.from({ length: rnd.below(4) }, option).join('');
      if (free && labels.length > 0 && rnd.chance(0.5)) fill.push({ id, label: rnd.one(labels) });
      return `<select${attributes({ ...all, multiple: maybe(0.25, () => ''), size: maybe(0.2, () => rnd.one(['1', '3', '0'])) })}>${options}</select>`;
    }
    if (kind < 18) return `<input${attributes({ type: 'hidden', ...all, value })}>`;
    if (kind < 19) {
      const multiple = maybe(0.3, () => '');
      if (free && rnd.chance(0.6)) fill.push({ id, files: multiple === null ? [rnd.one(files)] : [...new Set([rnd.one(files), rnd.one(files)])] });
      return `<input${attributes({ type: 'file', ...all, multiple })}>`;
    }
    if (kind < 21) {
      const [type, list] = rnd.one([['number', ['5', '1e2', 'abc', '', '-0.5', '+1', ' 1']], ['date', ['2024-02-29', '2023-02-29', '', '12024-01-01']], ['time', ['12:30', '12:30:00', '25:00', '12:30:15.50']], ['month', ['2024-01', 'x']], ['week', ['2020-W53', '2021-W53']],
        ['datetime-local', ['2024-01-01 12:00', '2024-01-01T12:00:00.000', 'x']], ['range', ['5', 'x', '200', '', '50.4']], ['color', ['#ABCDEF', '#abc', 'x', '#11223344']]]);
      return `<input${attributes({ type, ...all, value: maybe(0.85, () => rnd.one(list)), min: maybe(0.2, () => '3'), max: maybe(0.2, () => '40'), step: maybe(0.2, () => rnd.one(['7', 'any', '0.1'])) })}>`;
    }
    if (kind < 22) return `<button${attributes({ type: rnd.one(['submit', 'button', 'reset']), ...all, value })}>not pressed</button>`;
    if (kind < 23) return `<fieldset${rnd.chance(0.6) ? ' disabled' : ''}><legend>${control(more)}</legend>${control(more)}<legend>${control(more)}</legend></fieldset>`;
    if (kind < 24 && rnd.chance(0.15)) return `<datalist>${control(more)}<option value=x></datalist>`;
    if (kind < 25) return rnd.one([`<object${attributes({ id, name })}></object>`, `<output${attributes({ id, name })}>x</output>`, `<input${attributes({ type: 'image', ...all, alt: 'x' })}>`, `<template>${control(more)}</template>`, `<noscript>${control(more)}</noscript>`]);
    return `<input${attributes({ type: rnd.one(['submit', 'reset', 'button']), ...all, value })}>`;
  };
  const button = (more = {}) => {
    const all = {
      id: 'press', name: rnd.one([null, null, 'go', 'é', '', 'a']), ...more, formnovalidate: maybe(0.1, () => ''),
      formaction: maybe(0.12, () => rnd.one(actions(port))), formmethod: maybe(0.12, () => rnd.one(methods)), formenctype: maybe(0.12, () => rnd.one(enctypes)),
    };
    const kind = rnd.below(10);
    if (kind < 5) return `<button${attributes({ type: rnd.one(['submit', null, 'x', 'SUBMIT']), ...all, value: maybe(0.6, () => rnd.one(values)) })}>Go</button>`;
    if (kind < 9) return `<input${attributes({ type: 'submit', ...all, value: maybe(0.6, () => rnd.one(values)) })}>`;
    return `<input${attributes({ type: 'image', ...all, alt: 'Go', src: 'data:,' })}>`;
  };
  const open = (id, more = {}) => `<form${attributes({
    id, action: maybe(0.8, () => rnd.one(actions(port))), method: rnd.one(methods), enctype: rnd.one(enctypes),
    'accept-charset': maybe(0.15, () => rnd.one(['utf-8', 'iso-8859-1', 'x-bogus windows-1252', '', 'koi8-r utf-8', 'UTF-16', 'shift_jis', 'bogus', 'utf-8,iso-8859-1'])), ...more,
  })}>`;
  const some = (more, fillable) => Array.from({ length: 1 + rnd.below(5) }, () => control(more, fillable)).join('\n');

  const bodies = [
    () => `${open('f')}${some({}, true)}${button()}</form>`,
    () => `${open('f')}<div>${some({}, true)}</div><p>${some({}, true)}<p>${button()}</form>${some()}`,
    () => `<table>${open('f')}<tr><td>${some()}</td></tr></form><tr><td>${some()}${button({ form: 'f' })}</td></tr></table>`,
    () => `<table><tr>${open('f')}<td>${some()}${button()}</td></form></tr></table>`,
    () => `<table>${open('f')}<tr><td>${some()}</table>${some()}${button()}</form>`,
    () => `${open('f')}${some()}${open('g')}${some()}</form>${some()}${button({ form: rnd.one(['f', 'g']) })}</form>`,
    () => `<div>${open('f')}</div>${some()}${button()}</form>${some()}`,
    () => `${open('f')}<div>${some()}</form>${some()}${button()}</div>`,
    () => `${some({ form: 'f' })}${open('f')}${some()}${button()}</form>${some({ form: 'f' })}${open('g')}${some({ form: 'f' })}${some({ form: 'none' })}</form>`,
    () => `${open('g')}${some()}${button({ form: 'f' })}</form>${open('f')}${some()}</form>`,
    () => `${open('f')}<p>unclosed ${some()}${button()}${open('g')}${some()}`,
    () => `<dialog open>${open('f')}${some()}${button()}</form></dialog>`,
    () => `<ul><li>${open('f')}<b><i>${some()}</b>${some()}</i>${button()}</ul>${some()}</form>`,
    () => `${open('f')}<select name=unclosed><option selected>x${some()}</select>${button()}</form>`,
    () => `<div dir=rtl>${open('f')}${some({ dirname: 'dir' })}${button()}</form></div>`,
  ];
  const simple = rnd.chance(0.5);
  const body = simple ? bodies[0]() : rnd.one(bodies)();
  const charset = rnd.one(charsets);
  const policy = rnd.one(policies);
  const head = [
    maybe(0.15, () => `<base${attributes({ href: rnd.one(['/base/', 'sub/', `http://localhost:${port}/b/`, '', '?x', 'mailto:x']) })}>`),
    rnd.chance(0.5) && policy ? `<meta name=referrer content="${policy}">` : '',
  ].join('');
  const headers = { 'Content-Type': `text/html${charset === 'x-bogus' ? '' : `; charset=${charset}`}`, 'Cache-Control': 'no-store' };
  if (policy && !head.includes('referrer')) headers['Referrer-Policy'] = policy;
  let bytes = Buffer.from(references(`<!doctype html><html><head>${head}</head><body>\n${body}\n</body></html>`), 'latin1');
  if (charset === 'utf-16le') bytes = Buffer.from(bytes.toString('latin1'), 'utf16le');
  return { bytes, headers, fill, button: 'press' };
}
