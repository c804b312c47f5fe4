#include "reports/html_style.h"

#include "base/hash.h"

#include <fmt/format.h>

namespace murphy::reports {

std::string_view html_style() {
  return R"css(:root {
  color-scheme: light dark;
  --back: #ffffff; --panel: #f5f6f8; --line: #d5d9e0; --text: #1d232b; --dim: #56606d; --link: #0b57b0;
  --bad: #b3261e; --good: #17693a; --doubt: #80560a; --bad-back: #fdf1f0; --mark: #fff3c9;
}
@media (prefers-color-scheme: dark) {
  :root {
    --back: #14171b; --panel: #1d2127; --line: #3a414b; --text: #e6e9ed; --dim: #a6afba; --link: #8ab8f5;
    --bad: #ff9d94; --good: #7fd6a0; --doubt: #e8bf6a; --bad-back: #2b1b1b; --mark: #4a3f16;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; background: var(--back); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", "Liberation Sans", sans-serif; }
header, nav, main, footer { max-width: 72rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 1.5rem; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--back); padding: .5rem 1rem; z-index: 1; }
.kicker { margin: 0; color: var(--dim); font-size: .9rem; overflow-wrap: anywhere; }
h1 { font-size: clamp(1.4rem, 4vw, 2rem); line-height: 1.2; margin: .25rem 0 .5rem; overflow-wrap: anywhere; }
h2 { font-size: 1.3rem; margin: 2.5rem 0 .75rem; border-bottom: 1px solid var(--line); padding-bottom: .3rem; }
h3 { font-size: 1.05rem; margin: 0 0 .4rem; overflow-wrap: anywhere; }
h3.part { font-size: .85rem; margin: 1rem 0 .25rem; color: var(--dim); text-transform: uppercase; letter-spacing: .04em; }
p { margin: .3rem 0; overflow-wrap: anywhere; }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; margin: .5rem 0; }
.verdict { border-left: .45rem solid var(--dim); padding-left: 1rem; }
.verdict.failed { border-color: var(--bad); }
.verdict.passed { border-color: var(--good); }
.verdict.not-judged, .verdict.interrupted { border-color: var(--doubt); }
.causes { list-style: none; padding: 0; margin: 0; counter-reset: cause; }
.causes > li { counter-increment: cause; background: var(--panel); border: 1px solid var(--line);
  border-left: .35rem solid var(--bad); border-radius: .4rem; padding: .9rem 1.1rem; margin: 0 0 1rem; }
.causes > li h3::before { content: counter(cause) ". "; color: var(--dim); }
.causes .fix { font-weight: 600; }
.facts .age { color: var(--text); font-weight: 600; }
.facts { display: flex; flex-wrap: wrap; gap: .2rem 1rem; color: var(--dim); font-size: .9rem; margin: 0 0 .5rem;
  padding: 0; list-style: none; }
.evidence { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr; gap: .1rem 1rem; margin: .4rem 0; }
.evidence dt { color: var(--dim); }
.evidence dd { margin: 0; overflow-wrap: anywhere; font: .88rem/1.7 ui-monospace, "Liberation Mono", monospace; }
.notice { border: 1px solid var(--bad); background: var(--bad-back); border-radius: .4rem; padding: .6rem 1rem; margin: 1rem 0; }
details { margin: .35rem 0; }
summary { cursor: pointer; overflow-wrap: anywhere; padding: .15rem 0; }
.case { border: 1px solid var(--line); border-radius: .4rem; margin: .6rem 0; }
.case > details { margin: 0; }
.case > details > summary { padding: .6rem .9rem; font-weight: 600; background: var(--panel); border-radius: .4rem; }
.case > details > :not(summary) { margin-left: .9rem; margin-right: .9rem; }
.step { border-top: 1px solid var(--line); padding: .35rem 0; margin: .35rem 0; }
.step > details > :not(summary) { margin-left: 1.1rem; }
.failure { background: var(--bad-back); border-left: .25rem solid var(--bad); padding: .4rem .9rem; margin: .5rem 0; }
.failure dl { display: grid; grid-template-columns: minmax(5rem, max-content) 1fr; gap: .15rem 1rem; margin: .3rem 0; }
.failure dt { color: var(--dim); }
.failure dd { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
pre { background: var(--panel); border: 1px solid var(--line); border-radius: .3rem; padding: .6rem .8rem; margin: .4rem 0;
  white-space: pre-wrap; overflow-wrap: anywhere; font: .84rem/1.45 ui-monospace, "Liberation Mono", monospace;
  max-height: 32rem; overflow: auto; }
pre.source { white-space: pre; }
pre i { color: var(--dim); font-style: normal; }
pre b { background: var(--mark); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; margin: .4rem 0; }
caption { text-align: left; color: var(--dim); font-size: .85rem; padding: .2rem 0; overflow-wrap: anywhere; }
th, td { text-align: left; vertical-align: top; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid var(--line);
  overflow-wrap: anywhere; font-weight: normal; }
thead th { color: var(--dim); font-size: .8rem; }
tbody.group th[scope=rowgroup] { font-weight: 600; padding-top: 1rem; }
td.n, table.cases td:first-child { white-space: nowrap; }
.times { margin: .6rem 0; }
.good { color: var(--good); } .bad { color: var(--bad); } .doubt { color: var(--doubt); } .dim { color: var(--dim); }
.chain, .cookies, .said { margin: .2rem 0; padding-left: 1.1rem; overflow-wrap: anywhere; }
.cookies { list-style: none; padding-left: 0; }
.sign { display: inline-block; min-width: 1.2em; font-weight: 600; }
.key { font-size: .8rem; color: var(--dim); }
iframe { width: 100%; height: 22rem; border: 1px solid var(--line); background: #fff; }
.find { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; margin: .5rem 0; }
input, button { font: inherit; color: inherit; background: var(--back); border: 1px solid var(--dim); border-radius: .3rem;
  padding: .25rem .6rem; }
footer { padding-bottom: 3rem; }
footer dl { display: grid; grid-template-columns: minmax(7rem, max-content) 1fr; gap: .1rem 1rem; }
footer dt { color: var(--dim); }
footer dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 40rem) {
  .evidence, .failure dl, footer dl { grid-template-columns: 1fr; }
  .evidence dt, .failure dt, footer dt { margin-top: .4rem; font-size: .85rem; }
  table.cases thead { display: none; }
  table.cases tr { display: block; padding: .4rem 0; border-bottom: 1px solid var(--line); }
  table.cases th, table.cases td { display: block; border: 0; padding: 0; }
  .step > details > :not(summary), .case > details > :not(summary) { margin-left: .4rem; margin-right: .4rem; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
@media print {
  :root { color-scheme: light; --back: #fff; --panel: #fff; --line: #bbb; --text: #000; --dim: #444; --link: #000; --bad: #900;
    --good: #060; --doubt: #640; --bad-back: #fff; --mark: #fff; }
  body { font-size: 9pt; }
  .proof details::details-content, .causes details::details-content { content-visibility: visible; display: block; }
  nav, .find, iframe, .curl, button, .key { display: none; }
  pre { max-height: none; }
  .causes > li, .failure, tr { break-inside: avoid; }
}
)css";
}

std::string_view html_script() {
  return R"js((() => {
  const make = (tag, words) => Object.assign(document.createElement(tag), { textContent: words ?? '' });
  const table = document.querySelector('table.cases');
  if (table) {
    const bar = make('div'), label = make('label', 'Find '), box = make('input'), said = make('span');
    bar.className = 'find';
    box.type = 'search';
    said.setAttribute('role', 'status');
    label.append(box);
    bar.append(label, said);
    table.before(bar);
    const rows = [...table.querySelectorAll('tr[data-case]')];
    box.addEventListener('input', () => {
      const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        const text = row.textContent.toLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
        shown += row.hidden ? 0 : 1;
      }
      said.textContent = words.length ? `${shown} of ${rows.length}` : '';
    });
  }
  for (const command of document.querySelectorAll('pre.curl')) {
    const text = command.textContent, button = make('button', 'Copy');
    button.type = 'button';
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(text);
      button.textContent = 'Copied';
    });
    command.before(button);
  }
})();
)js";
}

std::string html_style_name() {
  return fmt::format("murphy-{}.css", hex_digest(Hash::sha256, html_style()).substr(0, 8));
}

} // namespace murphy::reports
