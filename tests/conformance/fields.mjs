// Makes fields and what a person leaves in them: every type, attributes that are absent, valid, invalid and at their
// edges, values the same. A field is {html, id, act}; act is what is done: nothing, {text}, {checked} or {selected}.
import { attributes, escaped } from './random.mjs';

const lengths = ['0', '1', '2', '3', '5', '8', '10', '', '-1', 'abc', '4abc', ' 6', '+4', '3.7', '2147483647', '2147483648',
  '99999999999', '-0', '0x5', '1e1', '\t2', '٣'];
const words = ['', 'a', 'ab', 'abc', 'abcd', 'abcde', 'Ada Lovelace', '12', '123', '555-1234', 'é', 'éé', 'e\u0301', '💩', '💩💩',
  '👍🏽', 'ß', 'İ', ' ', '  x ', '\u00a0', '\u3000x', 'a b', 'xyz1', 'ABC', 'Abc1', 'x'.repeat(11), 'ж', 'ٱ', '\ufeff', '"<&>', "'",
  'foo@bar', 'a.b', 'a-b', 'A_b-9', 'password1', 'Passw0rd!', '٣', '日本語', 'a\u200db', '\u2028', '1.5', '-', '_', '.', '/', '#1a2b3c'];
const lined = ['\n', 'a\nb', '\r\n', 'a\rb', '\n\n', 'ab\r\ncd\r\n', 'x\ny\nz', '\nabc', 'abc\n', '💩\n💩', '\r\r'];
const mails = ['a@b', 'a@b.c', 'ada@example.com', 'ada', 'ada@', '@b', 'a b@c.d', 'a@b..c', 'a@-b.c', 'a@b-.c', '.a@b', 'a.@b', 'a..b@c', 'a@b.',
  "o'hara+tag@x-y.example", 'a@[1.2.3.4]', '"a b"@c', 'a@b@c', 'é@b.c', 'a@é.fr', 'a@例え.jp', 'a@b_c', 'a@1.2', ' a@b ', 'a@' + 'x'.repeat(63) + '.y',
  'a@' + 'x'.repeat(64) + '.y', 'a@b.c,d@e.f', 'a@b, c@d', 'a@b,,c@d', ',', 'a@b,', ',a@b', 'a@b;c@d', '(x)a@b', 'a@b\t', 'A@B.C', 'a@xn--tda.de', 'a@b,c',
  'a@ｅxample.com', 'a@b。c', 'a!#$%&*/=?^_`{|}~-@b'];
const urls = ['http://x', 'https://example.com/', 'example.com', '/path', '//host', 'http:', 'http://', 'http:/x', 'http:x', 'mailto:a@b', 'mailto:', 'ftp://x',
  'javascript:alert(1)', 'a:', 'a:b', ':x', '1a:b', 'http://a b', 'http://[::1]/', 'http://[::1', 'http://1.2.3.4.5', 'http://256.1.1.1', 'http://x:99999',
  'http://x:80a', 'http://é.fr/', 'http://x/ y', ' http://x ', 'x://[', 'x://a b', 'x://a:b', 'x://a:80', 'x://', 'x:///', 'file:///x', 'file://x/y', 'file:', 'ws://x', 'data:,x',
  'http://a%00b', 'http://a%41', 'http://-', 'http://a..b', 'http://user:pass@x', 'http://@', 'http://a@', 'urn:isbn:1', 'HTTP://X', 'ht\ttp://x', 'http://x#é', 'about:blank',
  'http://xn--', 'http://a_b', 'http://a^b', 'http://a|b', 'x://a^b', 'x://a%b', 'http://0x7f.1', 'http://x?q', 'http://?q', 'https://#f', 'tel:+1-2', 'x://a:99999/',
  'x://u@/', 'blob:http://x/1', 'http://*', 'http://.', 'http://a,b', 'wss:x', 'ftp:', 'view-source:http://x'];
const numbers = ['', '0', '1', '-1', '5', '10', '100', '1.5', '0.1', '0.3', '0.30000001', '-0', '1e2', '1E2', '1e-2', '.5', '-.5', '1e308', '1e309', '-1e309', '1e-400',
  '9007199254740993', '123456789.123456789', '0.7', '2.2', '7', '3', '50', '99', '101', '33.333', '1e+2', '007', '1e16', '4.9999999', '12345678901234567890'];
const odd = ['abc', '1a', 'a1', '--1', '1-2', '+5', '5.', '.', '-', 'e', '1e', '1e+', '1,5', '1 000', ' 5', '5 ', '0x1F', 'NaN', 'Infinity', '1..2', '1.2.3', '1e2e3', '٣', '+', '-.', '+.5', '+-5', '1e2.5', '-+5', '$5', '.e1', '1.e1', '+1e+1', '5.-'];
const steps = ['1', '2', '5', '10', '0.1', '0.01', '0.5', '3', '7', '60', '900', '3600', 'any', 'ANY', '0', '-1', '', 'abc', '1.5', '1e1', ' 2', '+2', '0.3', '1e-7', '100', '30', '0.001', '86400', '1e300', '2.'];
const dates = ['2024-02-29', '2023-02-28', '2024-01-01', '1970-01-01', '1969-12-31', '0001-01-01', '9999-12-31', '2024-12-31', '2000-06-15', '275760-09-13', '2024-02-15', '1582-10-10', '10000-01-01'];
const not_dates = ['2023-02-29', '2024-13-01', '2024-1-1', '0000-01-01', '24-01-01', '2024/01/01', '2024-01-01T00:00', ' 2024-01-01', 'today', '2024-00-10', '2024-01-00', '275760-09-14', '-2024-01-01', '2024-01-32', '٢٠٢٤-01-01'];
const months = ['2024-02', '1970-01', '1969-12', '0001-01', '9999-12', '2024-12', '2023-07', '275760-09', '2000-01'];
const not_months = ['2024-13', '2024-00', '2024', '24-01', '2024-1', '0000-01', '2024-01-01', '275760-10', 'May'];
const weeks = ['2024-W01', '2020-W53', '1970-W01', '1969-W52', '0001-W01', '9999-W52', '2015-W53', '2024-W26', '275760-W37', '2026-W53'];
const not_weeks = ['2024-W53', '2024-W00', '2024-W1', '2024-01', '24-W01', '2024-w01', '275760-W38', '2021-W53', '2024W01'];
const times = ['00:00', '12:00', '23:59', '12:30', '12:30:15', '12:30:00', '12:30:00.000', '12:30:15.5', '09:00', '17:00', '08:59', '00:00:01', '23:59:59.999', '12:00:00.25', '06:15'];
const not_times = ['24:00', '12:60', '1:00', '12', '12:0', '12:00:60', '12:00:00.1234', '12:00 PM', '12.00', '-1:00', '12:00:', '12:00:00.'];
const colours = ['#000000', '#ffffff', '#FF8800', '', '#abc', 'red', 'x', '#12345', '#gggggg', '#abcdef80'];

const patterns = ['[a-z]+', '[A-Z]{2,}', '\\d+', '\\d{3}-\\d{4}', '\\d{3}\\-\\d{4}', '[\\w.-]+', '[\\w.\\-]+', '\\w+@\\w+', '\\w+\\@\\w+', '[(]', '.{3,5}', '.*', '', 'a|ab', 'a|b', '^abc$',
  '(?=.*\\d).{3,}', '(?=.*[A-Z])(?=.*\\d)[\\w!]{8,}', '[^@]+@[^@]+', '\\p{L}+', '\\p{Lu}.*', '\\P{L}*', '[\\p{L}--[a-z]]+', '[\\w&&\\d]+', '[a-z&&b]', '\\s*', '\\S+', '[\\q{abc|x}]+', '[a-',
  '(', ')', '*', 'a**', 'a{2,1}', '(a)\\1', '(?<x>a)\\k<x>', '\\k<x>', '(?<!a)b', '(?<=a)b', '(?i:abc)', '(?i)abc', '\\u{1f4a9}', '\\u00e9', '\\xe9', '\\cA', '\\0', '\\1', '[^]', '[]', '\\/', '/', '[/]', '[a-z0-9._%+-]+@[a-z]+',
  '[a-z0-9._%+\\-]+@[a-z]+', '\\S+@\\S+\\.\\S+', '[0-9]{5}', '#[0-9a-f]{6}', '\\+?\\d*', '[\\d\\s]+', '\\p{Emoji}+', '[💩]', '.', '..', '[^a]', 'a.c', 'x?', '(?:a|b|c)+', '(a+)+', '(a|b)*\\1', '\\bfoo\\b.*', '[\\b]', '\\d{1,3}(\\.\\d+)?',
  'a{,2}', '[a&&&b]', '[a&b]', '[!!]', '[$$]', '\\p{Script=Greek}', '\\p{sc=Cyrl}', '\\p{greek}', '\\p{Any}', '[^\\d]', '[\\D]', '\\p{RGI_Emoji}', '\\-', '-', '[-a]', '[a\\-]', '[--a]', '[a--b]', '[[a-z]--b]+', '(?:', '(?', '[[a]'];
const tokens = ['a', 'b', 'c', '1', '2', 'A', '.', '-', '_', '@', 'é', '💩', ' ', '[', '[^', ']', ']+', '(', '(?:', '(?=', '(?!', '(?<=', '(?<!', '(?<n>', '(?<m>', ')', ')?', ')*', '|', '*', '+', '?', '{2}', '{1,3}', '{0,}', '{', '}', '\\d', '\\w', '\\s',
  '\\D', '\\W', '\\S', '\\b', '\\B', '\\-', '\\@', '\\.', '\\/', '\\_', '\\1', '\\2', '\\k<n>', '^', '$', '&&', '--', '&', '!', '!!', '\\p{L}', '\\p{Lu}', '\\P{L}', '\\p{x}', '\\q{ab|c}', '\\q{', '/', 'a-z', '0-9', 'A-Z', 'z-a', '\\u0061', '\\u{62}',
  '\\u{110000}', '\\x61', '\\x6', '\\n', '\\t', '\\cJ', '\\c', '\\0', '\\01', '(?s:', '(?i:', '(?m-s:', '(?-:', ',', '~~', '~', '%', '<', '>', ':', '\\&', '\\!', '=', '\\', '[a-z]', '[\\w]', '\\ud83d', '\\ud83d\\udca9', '\\v', '\\e', '\\z'];

const line_types = ['text', 'search', 'tel', 'url', 'email', 'password'];
const moments = {
  date: [dates, not_dates], month: [months, not_months], week: [weeks, not_weeks], time: [times, not_times],
  'datetime-local': [dates.flatMap((date) => [`${date}T00:00`, `${date}T12:30`, `${date} 23:59:59.9`]).filter((text) => !/^275760.*[1-9]:/.test(text)),
    ['2024-01-01', '2024-01-01T24:00', '2023-02-29T00:00', '12:00', '2024-01-01t00:00', '275760-09-13T00:01']],
};

export function makeField(rnd, id) {
  const maybe = (probability, make) => (rnd.chance(probability) ? make() : null);
  const common = () => ({
    id, name: rnd.one(['f', 'g', '', null]),
    required: maybe(0.4, () => ''), disabled: maybe(0.04, () => ''), readonly: maybe(0.05, () => rnd.one(['', 'false'])),
  });
  const pattern = () => {
    if (rnd.chance(0.5)) return rnd.one(patterns);
    return rnd.several(tokens, 7).join('');
  };
  const around = (html) => {
    if (rnd.chance(0.03)) return `<fieldset disabled>${rnd.chance(0.3) ? `<legend>${html}</legend>` : html}</fieldset>`;
    if (rnd.chance(0.02)) return `<datalist>${html}</datalist>`;
    return rnd.chance(0.3) ? `<form${rnd.chance(0.1) ? ' novalidate' : ''}>${html}</form>` : html;
  };
  const input = (type, more, act) => {
    const written = rnd.chance(0.1) ? type.toUpperCase() : type;
    return { html: around(`<input${attributes({ type: written, ...common(), ...more })}>`), id, act };
  };
  const kind = rnd.below(100);

  if (kind < 46) {
    const type = kind < 2 ? rnd.one(['nonsense', '']) : rnd.one(line_types);
    const list = type === 'email' ? (rnd.chance(0.8) ? mails : words) : type === 'url' ? (rnd.chance(0.8) ? urls : words) : words;
    const value = maybe(0.3, () => rnd.one(rnd.chance(0.15) ? lined : list));
    const act = rnd.chance(0.85) ? { text: rnd.chance(0.05) ? rnd.one(odd) : rnd.one(list) } : null;
    return input(type, {
      value, minlength: maybe(0.3, () => rnd.one(lengths)), maxlength: maybe(0.3, () => rnd.one(lengths)),
      pattern: maybe(0.45, pattern), multiple: maybe(type === 'email' ? 0.4 : 0.02, () => ''),
      min: maybe(0.03, () => '5'), step: maybe(0.03, () => '2'), list: maybe(0.02, () => 'l'),
    }, act);
  }
  if (kind < 60) {
    const type = rnd.chance(0.7) ? 'number' : 'range';
    // Sliders count with less digits.
    const good = type === 'range' ? numbers.filter((number) => number.length < 12) : numbers;
    const list = () => rnd.one(rnd.chance(0.8) ? good : odd);
    const act = rnd.chance(0.85) ? { text: type === 'range' ? rnd.one(good) : list() } : null;
    return input(type, {
      value: maybe(0.4, list), min: maybe(0.5, list), max: maybe(0.5, list), step: maybe(0.5, () => rnd.one(steps)),
      pattern: maybe(0.05, () => 'x'), maxlength: maybe(0.05, () => '1'),
    }, act);
  }
  if (kind < 78) {
    const type = rnd.one(Object.keys(moments));
    const [good, bad] = moments[type];
    const any = () => rnd.one(rnd.chance(0.85) ? good : bad);
    const act = rnd.chance(0.85) ? { text: rnd.chance(0.1) ? '' : any() } : null;
    return input(type, { value: maybe(0.4, any), min: maybe(0.5, any), max: maybe(0.5, any), step: maybe(0.5, () => rnd.one(steps)) }, act);
  }
  if (kind < 84) {
    const text = () => rnd.one(rnd.chance(0.4) ? lined : words);
    const content = rnd.chance(0.4) ? text() : '';
    const html = around(`<textarea${attributes({
      ...common(), minlength: maybe(0.4, () => rnd.one(lengths)), maxlength: maybe(0.4, () => rnd.one(lengths)), pattern: maybe(0.05, () => 'x'),
      wrap: maybe(0.2, () => rnd.one(['hard', 'soft'])), cols: maybe(0.2, () => '2'),
    })}>${escaped(content)}</textarea>`);
    return { html, id, act: rnd.chance(0.85) ? { text: text() } : null };
  }
  if (kind < 87) return input('checkbox', { checked: maybe(0.3, () => ''), value: maybe(0.5, () => rnd.one(words)) }, rnd.chance(0.6) ? { checked: rnd.chance(0.5) } : null);
  if (kind < 91) {
    // The one that is judged, among others that may be of its group.
    const group = rnd.one([`r${id}`, '', null]);
    const radio = (own) => `<input type=radio${attributes({ id: own, name: rnd.chance(0.8) ? group : `s${id}`, required: maybe(0.3, () => ''), checked: maybe(0.2, () => ''), disabled: maybe(0.1, () => ''), readonly: maybe(0.05, () => '') })}>`;
    const html = Array.from({ length: 1 + rnd.below(3) }, (_, i) => radio(i === 0 ? id : `${id}_${i}`)).join(' ');
    return { html: rnd.chance(0.4) ? `<form>${html}</form><input type=radio${attributes({ name: group, required: '' })}>` : html, id, act: null };
  }
  if (kind < 96) {
    const size = maybe(0.3, () => rnd.one(['0', '1', '2', '4', 'x', '-1', '']));
    const option = () => `<option${attributes({ value: maybe(0.5, () => rnd.one(['', 'a', 'b'])), selected: maybe(0.2, () => ''), disabled: maybe(0.15, () => '') })}>${rnd.one(['', 'Choose', 'A', ' '])}</option>`;
    const part = () => (rnd.chance(0.2) ? `<optgroup${rnd.chance(0.2) ? ' disabled' : ''}>${option()}</optgroup>` : option());
    const count = rnd.below(4);
    const html = `<select${attributes({ ...common(), multiple: maybe(0.25, () => ''), size })}>${Array.from({ length: count }, part).join('')}</select>`;
    const selected = html.includes(' multiple') ? [0, 1, 2, 3].filter((i) => i < count && rnd.chance(0.4)) : count === 0 ? [] : [rnd.below(count)];
    return { html: around(html), id, act: rnd.chance(0.6) ? { selected } : null };
  }
  if (kind < 97) return input('color', { value: maybe(0.6, () => rnd.one(colours)) }, rnd.chance(0.5) ? { text: '#1e90ff' } : null);
  if (kind < 98) return input('file', { multiple: maybe(0.5, () => '') }, rnd.chance(0.5) ? { text: 'a.txt' } : null);
  if (kind < 99) return input(rnd.one(['hidden', 'button', 'reset', 'submit', 'image']), { value: maybe(0.5, () => ''), pattern: 'x', maxlength: '0', min: '5' }, null);
  return { html: around(`<button${attributes({ ...common(), type: rnd.one(['submit', 'reset', 'button', 'x', null]), value: '' })}>x</button>`), id, act: null };
}
