// Compares every flag of ValidityState that Chromium and Murphy give for generated fields and values.
//   node validity.mjs [--seed N] [--pairs N]
import { parseArgs } from 'node:util';
import { openChromium } from './chromium.mjs';
import { makeField } from './fields.mjs';
import { startMurphy } from './murphy.mjs';
import { random } from './random.mjs';

const { values: options } = parseArgs({ options: { seed: { type: 'string' }, pairs: { type: 'string', default: '24000' } } });
const seed = options.seed ? Number(options.seed) : Date.now() % 1e9;
console.log(`seed ${seed}`);

const flags = ['willValidate', 'valueMissing', 'typeMismatch', 'patternMismatch', 'tooLong', 'tooShort', 'rangeUnderflow', 'rangeOverflow', 'stepMismatch', 'badInput', 'valid'];

// Where Murphy and Chromium may differ, and why.
const listed = [
  { why: 'Chromium asks the lengths of no textarea that is barred; the standard makes no such exception',
    holds: ({ html }, flag, chromium) => html.includes('<textarea') && !chromium.willValidate && ['tooLong', 'tooShort', 'valid'].includes(flag) },
  { why: 'Chromium leaves the blanks that are typed around a URL in its value; the standard strips them',
    holds: ({ html, act: done }) => /<input type="url"/i.test(html) && done?.text !== undefined && done.text !== done.text.trim() },
  { why: 'Chromium reads "1.e1" and ".e1" as numbers; the standard asks for a digit behind the point',
    holds: ({ html, act: done }) => `${html} ${done?.text}`.includes('.e1') },
  { why: 'Chromium takes a blank in a host for an encoded one; the standard refuses it',
    holds: ({ act: done }, flag, chromium, value) => value === 'http://a b' },
];

// What a person does to the field, as far as a page's script can do it. What is typed by real keys is left for later:
// Chromium asks the lengths only of what they wrote. `refused`: Chromium lets no such value into the field.
function act({ id, act: done }) {
  const field = document.getElementById(id);
  if (!field || !done) return {};
  if ('checked' in done) field.checked = done.checked;
  if ('selected' in done) for (const [i, option] of [...field.options].entries()) option.selected = done.selected.includes(i);
  if (!('text' in done)) return {};
  if (field.type === 'file') {
    const files = new DataTransfer();
    files.items.add(new File(['x'], done.text));
    field.files = files.files;
    return {};
  }
  const moments = ['date', 'month', 'week', 'time', 'datetime-local'];
  if (moments.includes(field.type) || field.type === 'range' || field.type === 'color') {
    field.value = done.text;
    return { refused: moments.includes(field.type) && done.text !== '' && field.value === '' };
  }
  // Keys can write into a field only while it takes them; the attributes come back before it is judged.
  const kept = ['minlength', 'maxlength', 'readonly', 'disabled'].map((name) => [name, field.getAttribute(name)]);
  const fieldset = field.closest('fieldset[disabled]');
  const shown = field.closest('datalist');
  if (shown) return { unreachable: true };
  for (const [name] of kept) field.removeAttribute(name);
  if (fieldset) fieldset.disabled = false;
  field.focus();
  field.select();
  const restore = () => {
    for (const [name, value] of kept) if (value !== null) field.setAttribute(name, value);
    if (fieldset) fieldset.disabled = true;
  };
  const lengths = kept.slice(0, 2).some(([, value]) => value !== null);
  if (lengths && done.text !== '') {
    window.restore = restore;
    return { byKeys: true };
  }
  document.execCommand(done.text === '' ? 'delete' : 'insertText', false, done.text);
  restore();
  return {};
}

function judge({ id }) {
  const field = document.getElementById(id);
  if (!field) return null;
  const found = { willValidate: field.willValidate };
  for (const flag in field.validity) found[flag] = field.validity[flag];
  const pattern = field.getAttribute('pattern');
  if (pattern !== null) {
    try {
      new RegExp(pattern, 'v');
      found.patternEnforced = true;
    } catch {
      found.patternEnforced = false;
    }
  }
  return { found, value: field.value };
}

const { browser, page, keys } = await openChromium();
const murphy = startMurphy('validity');
const rnd = random(seed);
const count = { pairs: 0, typed: 0, unknown: 0, flags: 0, listed: new Map(), wrong: 0, doubts: new Map() };
const types = new Map();

while (count.pairs < Number(options.pairs)) {
  const fields = Array.from({ length: 200 }, (_, i) => makeField(rnd, `i${i}`));
  const html = `<!doctype html><meta charset=utf-8><body>${fields.map((field) => `<div>${field.html}</div>`).join('\n')}`;
  const answers = murphy.ask({ html, cases: fields.map(({ id, act: done }) => ({ id, ...done })) });
  await page.setContent(html);
  await page.evaluate(`window.act = ${act}; window.judge = ${judge}; window.fields = ${JSON.stringify(fields)}; 0`);
  const acted = [];
  // One call as long as no key is needed.
  while (acted.length < fields.length) {
    acted.push(...await page.evaluate((from) => {
      window.restore?.();
      window.restore = null;
      const results = [];
      for (const field of window.fields.slice(from)) {
        results.push(window.act(field));
        if (results.at(-1).byKeys) break;
      }
      return results;
    }, acted.length));
    if (!acted.at(-1).byKeys) continue;
    await keys(fields[acted.length - 1].act.text);
    count.typed += 1;
  }
  const judged = await page.evaluate(() => (window.restore?.(), window.fields.map(window.judge)));
  const { cases, refused } = await answers;
  if (refused) throw new Error(refused);

  for (const [i, field] of fields.entries()) {
    if (acted[i].unreachable || !judged[i]) continue;
    count.pairs += 1;
    const type = /<(?:input type="?([\w-]*)|(\w+))/.exec(field.html.replace(/<(div|form|fieldset|legend|datalist)[^>]*>/g, ''));
    types.set((type[1] ?? type[2]).toLowerCase(), (types.get((type[1] ?? type[2]).toLowerCase()) ?? 0) + 1);
    const chromium = judged[i].found;
    // A date that cannot be entered whole: Chromium's own fields would stay half filled (see keyed.mjs).
    if (acted[i].refused) Object.assign(chromium, { badInput: true, valid: false });
    for (const flag of [...flags, 'patternEnforced']) {
      count.flags += 1;
      const said = cases[i][flag];
      if (said === 'unknown') {
        count.unknown += 1;
        count.doubts.set(cases[i].doubt, (count.doubts.get(cases[i].doubt) ?? 0) + 1);
        continue;
      }
      if (said === chromium[flag] || (flag === 'patternEnforced' && said === undefined)) continue;
      const reason = listed.find((one) => one.holds(field, flag, chromium, judged[i].value));
      if (reason) {
        count.listed.set(reason.why, (count.listed.get(reason.why) ?? 0) + 1);
        continue;
      }
      count.wrong += 1;
      if (flag !== 'valid' && count.wrong <= 80)
        console.log(`${flag}: Chromium ${chromium[flag]}, Murphy ${said} for ${JSON.stringify(field.act)} holding ${JSON.stringify(judged[i].value)}\n  ${JSON.stringify(field.html)}`);
    }
  }
}
murphy.stop();
await browser.close();

console.log([...types].map(([type, n]) => `${type} ${n}`).sort().join(', '));
console.log(`${count.pairs} field/value pairs, ${count.flags} flags, ${count.typed} typed by key; ${count.unknown} unknown; ${count.wrong} disagreements`);
for (const [why, n] of count.doubts) console.log(`  unknown ${n} times: ${why}`);
for (const [why, n] of count.listed) console.log(`  listed ${n} times: ${why}`);
process.exitCode = count.wrong === 0 ? 0 : 1;
