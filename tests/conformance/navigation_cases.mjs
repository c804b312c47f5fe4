// Ways through a small web: what is served, and what a person does. See navigation.mjs.

const form = (action = '/done', more = '', extra = '') =>
  `<!doctype html><title>Form</title>${extra}<form method=post action="${action}"${more}><input type=hidden name=a value=1><button id=go>Go</button></form>`;
const html = (body, ...headers) => ({ body, headers });
const csp = (policy) => ['Content-Security-Policy', policy];
const reported = (policy) => ['Content-Security-Policy-Report-Only', policy];
const meta = (policy) => `<meta http-equiv=Content-Security-Policy content="${policy}">`;
const to = (status, location, ...headers) => ({ status, headers: [['Location', location], ...headers] });
const pressed = (routes, from = '{app}/form') => ({ routes, steps: [{ open: from }, { press: '#go' }] });
const opened = (routes, from = '{app}/start') => ({ routes, steps: [{ open: from }] });

// The form on app.test is served with this policy, and sent there.
const formAction = (policy, action, more = {}) => pressed({ 'app /form': html(form(action), csp(policy)), ...more });
const submits = "document.forms[0].submit()";
const scripted = (script, ...headers) => opened({ 'app /start': html(`<!doctype html><title>Start</title><form method=post action=/done><input type=hidden name=a value=1></form>${script}`, ...headers) });
const sha256 = 'sha256-' + (await import('node:crypto')).createHash('sha256').update(submits).digest('base64');
const sha512 = 'sha512-' + (await import('node:crypto')).createHash('sha512').update(submits).digest('base64');

const named = (group, rows) => Object.entries(rows).map(([name, way]) => ({ name: `${group}: ${name}`, ...way }));

const formActions = named('form-action', {
  "'none'": formAction("form-action 'none'", '/done'),
  'no value at all': formAction('form-action', '/done'),
  "'self'": formAction("form-action 'self'", '/done'),
  "'self' to another host": formAction("form-action 'self'", '{other}/done'),
  "'self' to another port's scheme": formAction("form-action 'self'", '{secure}/done'),
  'default-src says nothing of forms': formAction("default-src 'none'", '/done'),
  "'self' and a redirect elsewhere": formAction("form-action 'self'", '/go', { 'app /go': to(302, '{other}/done') }),
  "'self' and a redirect home again": formAction("form-action 'self' {other}", '{other}/go', { 'other /go': to(302, '{app}/done') }),
  "'self' and a second redirect elsewhere": formAction("form-action 'self'", '/go', { 'app /go': to(302, '/again'), 'app /again': to(302, '{other}/done') }),
  "'self' and 307 elsewhere": formAction("form-action 'self'", '/go', { 'app /go': to(307, '{other}/done') }),
  'a path is no matter behind a redirect': formAction("form-action 'self' {other}/only", '/go', { 'app /go': to(302, '{other}/done') }),
  'a path': formAction('form-action {app}/done', '/done'),
  'another path': formAction('form-action {app}/else', '/done'),
  'a folder': formAction('form-action {app}/in/', '/in/side'),
  'a folder without its slash': formAction('form-action {app}/in', '/in/side'),
  'a host': formAction('form-action app.test:{port}', '/done'),
  'a host without its port': formAction('form-action app.test', '/done'),
  'any port': formAction('form-action app.test:*', '/done'),
  'a host with any scheme': formAction('form-action other.test:*', '{other}/done'),
  'a wildcard': formAction('form-action *.app.test:*', '{sub}/done'),
  'a wildcard is not the host itself': formAction('form-action *.app.test:*', '/done'),
  'a wildcard of everything': formAction('form-action *', '{other}/done'),
  'a scheme': formAction('form-action http:', '{other}/done'),
  'the other scheme': formAction('form-action https:', '{other}/done'),
  'http covers https': formAction('form-action http:', '{secureother}/done'),
  'an http address covers https': formAction('form-action {other}', '{secureother}/done'),
  'in capitals': formAction("FORM-ACTION 'SELF'", '{other}/done'),
  'an address': formAction('form-action 127.0.0.1:*', '{local}/done'),
  'the first directive of a name counts': formAction("form-action 'self'; form-action *", '{other}/done'),
  'a policy behind another': pressed({ 'app /form': html(form('{other}/done'), csp('form-action *'), csp("form-action 'self'")) }),
  'two policies in one header': formAction("form-action *, form-action 'self'", '{other}/done'),
  'reported only': pressed({ 'app /form': html(form('/done'), reported("form-action 'none'")) }),
  'in a meta': pressed({ 'app /form': html(form('/done', '', meta("form-action 'none'"))) }),
  'in a meta behind the form': pressed({ 'app /form': html(`<!doctype html><title>Form</title><body><form method=post action=/done><button id=go>Go</button></form>${meta("form-action 'none'")}`) }),
  'in a meta of the head': pressed({ 'app /form': html(`<!doctype html><html><head><title>Form</title>${meta("form-action 'none'")}</head><body><form method=post action=/done><button id=go>Go</button></form>`) }),
  'in a meta that reports only': pressed({ 'app /form': html(form('/done', '', '<meta http-equiv=Content-Security-Policy-Report-Only content="form-action \'none\'">')) }),
  'a form of method get': pressed({ 'app /form': html('<!doctype html><title>Form</title><form action={other}/done><button id=go name=b>Go</button></form>', csp("form-action 'self'")) }),
  'formaction of the button': pressed({ 'app /form': html('<!doctype html><title>Form</title><form action=/done><button id=go formaction={other}/done>Go</button></form>', csp("form-action 'self'")) }),
  'links go where they want': { routes: { 'app /form': html('<!doctype html><title>Form</title><a id=go href={other}/done>Go</a>', csp("form-action 'none'; navigate-to 'none'")) }, steps: [{ open: '{app}/form' }, { click: '#go' }] },
  'no page behind the form is asked': pressed({ 'app /form': html(form('/done')), 'app /done': html('<!doctype html><title>Done</title>', csp("form-action 'none'")) }),
  'of the redirect is no matter': pressed({ 'app /form': html(form('/go')), 'app /go': to(302, '{other}/done', csp("form-action 'none'")) }),
  'a meta refresh is no form': opened({ 'app /start': html('<!doctype html><title>Start</title><meta http-equiv=refresh content="0; url={other}/done">', csp("form-action 'none'")) }),
  'a form that a script sends': scripted(`<script>${submits}</script>`, csp("form-action 'none'")),
  'an unknown source': formAction("form-action 'unsafe-inline' bogus^", '/done'),
  'a source with a query': formAction('form-action {app}/done?a=1', '/done'),
  'websocket schemes': formAction('form-action ws:', '/done'),
  'an escaped path': formAction('form-action {app}/d%6Fne', '/done'),
  'form-action after garbage': formAction("; ;\tform-action\t'none' ;", '/done'),
});

const scripts = named('script-src', {
  'no policy': scripted(`<script>${submits}</script>`),
  "'self'": scripted(`<script>${submits}</script>`, csp("script-src 'self'")),
  "default-src 'self'": scripted(`<script>${submits}</script>`, csp("default-src 'self'")),
  "'unsafe-inline'": scripted(`<script>${submits}</script>`, csp("script-src 'unsafe-inline'")),
  'script-src before default-src': scripted(`<script>${submits}</script>`, csp("default-src 'none'; script-src 'unsafe-inline'")),
  'script-src-elem before script-src': scripted(`<script>${submits}</script>`, csp("script-src 'none'; script-src-elem 'unsafe-inline'")),
  'script-src-elem forbids': scripted(`<script>${submits}</script>`, csp("script-src 'unsafe-inline'; script-src-elem 'self'")),
  'a nonce': scripted(`<script nonce=abc>${submits}</script>`, csp("script-src 'nonce-abc'")),
  'another nonce': scripted(`<script nonce=abd>${submits}</script>`, csp("script-src 'nonce-abc'")),
  'a nonce in other case': scripted(`<script nonce=ABC>${submits}</script>`, csp("script-src 'nonce-abc'")),
  "a nonce switches 'unsafe-inline' off": scripted(`<script>${submits}</script>`, csp("script-src 'nonce-abc' 'unsafe-inline'")),
  'a hash': scripted(`<script>${submits}</script>`, csp(`script-src '${sha256}'`)),
  'a hash of the other kind': scripted(`<script>${submits}</script>`, csp(`script-src '${sha512}'`)),
  'a hash of another script': scripted(`<script>;${submits}</script>`, csp(`script-src '${sha256}'`)),
  "a hash switches 'unsafe-inline' off": scripted(`<script>;${submits}</script>`, csp(`script-src '${sha256}' 'unsafe-inline'`)),
  "'strict-dynamic' switches 'unsafe-inline' off": scripted(`<script>${submits}</script>`, csp("script-src 'strict-dynamic' 'unsafe-inline'")),
  'reported only': scripted(`<script>${submits}</script>`, reported("script-src 'none'")),
  'in a meta before': opened({ 'app /start': html(`<!doctype html><title>Start</title>${meta("script-src 'none'")}<form method=post action=/done></form><script>${submits}</script>`) }),
  'in a meta behind': opened({ 'app /start': html(`<!doctype html><title>Start</title><form method=post action=/done></form><script>window.onload = () => ${submits}</script>${meta("script-src 'none'")}`) }),
  'in a meta of the head behind the script': opened({ 'app /start': html(`<!doctype html><html><head><title>Start</title><script>window.onload = () => ${submits}</script>${meta("script-src 'none'")}</head><body><form method=post action=/done></form>`) }),
  'onload': opened({ 'app /start': html(`<!doctype html><title>Start</title><body onload="${submits}"><form method=post action=/done></form>`, csp("script-src 'self'")) }),
  "onload with 'unsafe-inline'": opened({ 'app /start': html(`<!doctype html><title>Start</title><body onload="${submits}"><form method=post action=/done></form>`, csp("script-src 'unsafe-inline'")) }),
  'onload with a hash alone': opened({ 'app /start': html(`<!doctype html><title>Start</title><body onload="${submits}"><form method=post action=/done></form>`, csp(`script-src '${sha256}'`)) }),
  "onload with a hash and 'unsafe-hashes'": opened({ 'app /start': html(`<!doctype html><title>Start</title><body onload="${submits}"><form method=post action=/done></form>`, csp(`script-src '${sha256}' 'unsafe-hashes'`)) }),
  'onload by script-src-attr': opened({ 'app /start': html(`<!doctype html><title>Start</title><body onload="${submits}"><form method=post action=/done></form>`, csp("script-src 'none'; script-src-attr 'unsafe-inline'")) }),
  'script-src-attr is no matter to scripts': scripted(`<script>${submits}</script>`, csp("script-src 'unsafe-inline'; script-src-attr 'none'")),
  'two policies, one forbids': scripted(`<script>${submits}</script>`, csp("script-src 'unsafe-inline'"), csp("default-src 'self'")),
  'object-src alone': scripted(`<script>${submits}</script>`, csp("object-src 'none'; base-uri 'none'")),
  "require-trusted-types-for 'script'": scripted(`<script>${submits}</script>`, csp("require-trusted-types-for 'script'")),
});

const sandboxes = named('sandbox', {
  'forbids forms': pressed({ 'app /form': html(form(), csp('sandbox')) }),
  'allows forms': pressed({ 'app /form': html(form(), ['Set-Cookie', 'lax=1; SameSite=Lax'], ['Set-Cookie', 'strict=1; SameSite=Strict'], csp('sandbox allow-forms')) }),
  'with an origin of its own': pressed({ 'app /form': html(form(), ['Set-Cookie', 'lax=1; SameSite=Lax'], ['Set-Cookie', 'strict=1; SameSite=Strict'], csp('sandbox allow-forms allow-same-origin')) }),
  'forbids scripts': scripted(`<script>${submits}</script>`, csp('sandbox allow-forms')),
  'allows scripts': scripted(`<script>${submits}</script>`, csp('sandbox allow-forms allow-scripts')),
  'allows scripts but no forms': scripted(`<script>${submits}</script>`, csp('sandbox allow-scripts')),
  'links': { routes: { 'app /form': html('<!doctype html><title>Form</title><a id=go href=/done>Go</a>', ['Set-Cookie', 'lax=1; SameSite=Lax'], ['Set-Cookie', 'strict=1; SameSite=Strict'], csp('sandbox')) }, steps: [{ open: '{app}/form' }, { click: '#go' }] },
  'meta refresh': opened({ 'app /start': html('<!doctype html><title>Start</title><meta http-equiv=refresh content="0; url=/done">', csp('sandbox')) }),
  'meta refresh with scripts': opened({ 'app /start': html('<!doctype html><title>Start</title><meta http-equiv=refresh content="0; url=/done">', csp('sandbox allow-scripts')) }),
  'refresh header': opened({ 'app /start': html('<!doctype html><title>Start</title>', ['Refresh', '0; url=/done'], csp('sandbox')) }),
  'in a meta is ignored': pressed({ 'app /form': html(form('/done', '', meta('sandbox'))) }),
  "form-action 'self' of an origin of its own": pressed({ 'app /form': html(form(), csp("sandbox allow-forms; form-action 'self'")) }),
  'a form that opens a new window': { ...pressed({ 'app /form': html(form('/done', ' target=_blank'), csp('sandbox allow-forms')) }), differs: "Murphy has one window" },
  'noscript is shown': { ...{ ...opened({ 'app /start': html('<!doctype html><title>Start</title><noscript><p>Without scripts</noscript>', csp('sandbox')) }), looks: ['text'] }, differs: "Murphy reads every page as one whose scripts run" },
  'noscript is not shown by script-src': { ...opened({ 'app /start': html('<!doctype html><title>Start</title><noscript><p>Without scripts</noscript>', csp("script-src 'none'")) }), looks: ['text'] },
});

const upgrades = named('secure', {
  'upgrade-insecure-requests on a form': formAction('upgrade-insecure-requests', '{app}/done'),
  'upgrade-insecure-requests on a form elsewhere': formAction('upgrade-insecure-requests', '{other}/done'),
  'upgrade-insecure-requests on this machine': pressed({ 'local /form': html(form(), csp('upgrade-insecure-requests')) }, '{local}/form'),
  'upgrade-insecure-requests in a meta': pressed({ 'app /form': html(form('{other}/done', '', meta('upgrade-insecure-requests'))) }),
  'upgrade-insecure-requests on a link': { routes: { 'secure /form': html('<!doctype html><title>Form</title><a id=go href={app}/done>Go</a>', csp('upgrade-insecure-requests')) }, steps: [{ open: '{secure}/form' }, { click: '#go' }] },
  'upgrade-insecure-requests on a link elsewhere': { routes: { 'secure /form': html('<!doctype html><title>Form</title><a id=go href={other}/done>Go</a>', csp('upgrade-insecure-requests')) }, steps: [{ open: '{secure}/form' }, { click: '#go' }] },
  'upgrade-insecure-requests and a redirect': formAction('upgrade-insecure-requests', '{secure}/go', { 'secure /go': to(302, '{app}/done') }),
  'upgrade-insecure-requests on a meta refresh': opened({ 'secure /start': html('<!doctype html><title>Start</title><meta http-equiv=refresh content="0; url={app}/done">', csp('upgrade-insecure-requests')) }, '{secure}/start'),
  'upgrade before form-action': formAction('upgrade-insecure-requests; form-action https:', '{app}/done'),
  'HSTS': { routes: { 'secure /set': html('<title>Set</title>', ['Strict-Transport-Security', 'max-age=100']) }, steps: [{ open: '{secure}/set' }, { open: '{app}/done' }] },
  'HSTS of a parent': { routes: { 'secure /set': html('<title>Set</title>', ['Strict-Transport-Security', 'max-age=100']) }, steps: [{ open: '{secure}/set' }, { open: '{sub}/done' }] },
  'HSTS of a parent that includes': { routes: { 'secure /set': html('<title>Set</title>', ['Strict-Transport-Security', 'max-age=100; includeSubDomains']) }, steps: [{ open: '{secure}/set' }, { open: '{sub}/done' }] },
  'HSTS by http says nothing': { routes: { 'app /set': html('<title>Set</title>', ['Strict-Transport-Security', 'max-age=100']) }, steps: [{ open: '{app}/set' }, { open: '{app}/done' }] },
  'HSTS taken back': { routes: { 'secure /set': html('<title>Set</title>', ['Strict-Transport-Security', 'max-age=100']), 'secure /unset': html('<title>Unset</title>', ['Strict-Transport-Security', 'max-age=0']) }, steps: [{ open: '{secure}/set' }, { open: '{secure}/unset' }, { open: '{app}/done' }] },
  'HSTS of localhost': { routes: { 'securelocal /set': html('<title>Set</title>', ['Strict-Transport-Security', 'max-age=100']) }, steps: [{ open: '{securelocal}/set' }, { open: '{localhost}/done' }] },
  'HSTS and a form': { routes: { 'secure /set': html('<title>Set</title>', ['Strict-Transport-Security', 'max-age=100']), 'other /form': html(form('{app}/done')) }, steps: [{ open: '{secure}/set' }, { open: '{other}/form' }, { press: '#go' }] },
  'HSTS and a redirect': { routes: { 'secure /set': html('<title>Set</title>', ['Strict-Transport-Security', 'max-age=100']), 'other /go': to(302, '{app}/done') }, steps: [{ open: '{secure}/set' }, { open: '{other}/go' }] },
  'HSTS twice': { routes: { 'secure /set': html('<title>Set</title>', ['Strict-Transport-Security', 'max-age=100'], ['Strict-Transport-Security', 'max-age=0']) }, steps: [{ open: '{secure}/set' }, { open: '{app}/done' }] },
  'HSTS broken': { routes: { 'secure /set': html('<title>Set</title>', ['Strict-Transport-Security', 'includeSubDomains']) }, steps: [{ open: '{secure}/set' }, { open: '{app}/done' }] },
  'a form from https to http': { ...{ routes: { 'secure /form': html(form('{other}/done')) }, steps: [{ open: '{secure}/form' }, { press: '#go' }] }, differs: "Chromium asks the person first, but not without its windows" },
  'a form from https to this machine': { routes: { 'secure /form': html(form('{local}/done')) }, steps: [{ open: '{secure}/form' }, { press: '#go' }] },
  'a form from https that redirects to http': { ...{ routes: { 'secure /form': html(form('/go')), 'secure /go': to(307, '{other}/done') }, steps: [{ open: '{secure}/form' }, { press: '#go' }] }, differs: "Chromium asks the person first, but not without its windows" },
});

const cookies = [['Set-Cookie', 'a=1'], ['Set-Cookie', 'b=2; Path=/deep']];
const clears = (value, host = 'secure') => ({ routes: { [`${host} /set`]: html('<title>Set</title>', ...cookies), [`${host} /clear`]: html('<title>Clear</title>', ['Clear-Site-Data', value], ['Set-Cookie', 'c=3']) }, steps: [{ open: `{${host}}/set` }, { open: `{${host}}/clear` }, { open: `{${host}}/deep/done` }] });
const clearing = named('Clear-Site-Data', {
  cookies: clears('"cookies"'),
  everything: clears('"*"'),
  storage: clears('"storage"'),
  'several of them': clears('"cache", "cookies", "storage"'),
  'without quotes': clears('cookies'),
  'in capitals': clears('"Cookies"'),
  'over http': clears('"cookies"', 'app'),
  'on this machine': clears('"cookies"', 'local'),
  'of another host of the site': { routes: { 'secure /set': html('<title>Set</title>', ['Set-Cookie', 'a=1'], ['Set-Cookie', 'd=1; Domain=app.test']), 'securesub /clear': html('<title>Clear</title>', ['Clear-Site-Data', '"cookies"']) }, steps: [{ open: '{secure}/set' }, { open: '{securesub}/clear' }, { open: '{secure}/done' }] },
  'on a redirect': { routes: { 'secure /set': html('<title>Set</title>', ...cookies), 'secure /out': to(302, '/done', ['Clear-Site-Data', '"cookies"']) }, steps: [{ open: '{secure}/set' }, { open: '{secure}/out' }] },
});

const clicked = (link, ...headers) => ({ routes: { 'local /start': html(`<!doctype html><title>Start</title>${link}`, ...headers) }, steps: [{ open: '{local}/start' }, { click: '#go' }] });
const sent = (attributes, ...headers) => ({ routes: { 'local /start': html(`<!doctype html><title>Start</title><form method=post action=/done${attributes}><button id=go>Go</button></form>`, ...headers) }, steps: [{ open: '{local}/start' }, { press: '#go' }] });
const origins = named('Referer and Origin', {
  'rel=noreferrer on a link': clicked('<a id=go rel=noreferrer href=/done>Go</a>'),
  'rel with more words': clicked('<a id=go rel="nofollow NOREFERRER" href=/done>Go</a>'),
  'rel=noopener on a link': clicked('<a id=go rel=noopener href=/done>Go</a>'),
  'referrerpolicy on a link': clicked('<a id=go referrerpolicy=origin href=/done>Go</a>'),
  'an unknown referrerpolicy on a link': clicked('<a id=go referrerpolicy=bogus href=/done>Go</a>'),
  'rel before referrerpolicy': clicked('<a id=go rel=noreferrer referrerpolicy=origin href=/done>Go</a>'),
  'an area': clicked('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" usemap=#m width=50 height=50><map name=m><area id=go shape=rect coords="0,0,50,50" rel=noreferrer href=/done alt=Go></map>'),
  'rel=noreferrer on a form': sent(' rel=noreferrer'),
  'rel=noopener on a form': sent(' rel=noopener'),
  'referrerpolicy on a form is none': sent(' referrerpolicy=no-referrer'),
  'no-referrer of the page': sent('', ['Referrer-Policy', 'no-referrer']),
  'same-origin of the page': sent('', ['Referrer-Policy', 'same-origin']),
  'from this machine to another host': { routes: { 'local /start': html('<!doctype html><title>Start</title><a id=go href={app}/done>Go</a>') }, steps: [{ open: '{local}/start' }, { click: '#go' }] },
  'a form to another host': sent(' style="" action={localhost}/x'),
  '307 to another host': { routes: { 'local /start': html(form('/go')), 'local /go': to(307, '{localhost}/done') }, steps: [{ open: '{local}/start' }, { press: '#go' }] },
  '307 to another host and back': { routes: { 'local /start': html(form('/go')), 'local /go': to(307, '{localhost}/back'), 'localhost /back': to(307, '{local}/done') }, steps: [{ open: '{local}/start' }, { press: '#go' }] },
  'a form that comes back': { routes: { 'local /start': html(form('{localhost}/go')), 'localhost /go': to(307, '{local}/done') }, steps: [{ open: '{local}/start' }, { press: '#go' }] },
});


const refreshed = (value, ...headers) => opened({ 'app /start': html('<!doctype html><title>Start</title>', ['Refresh', value], ...headers) });
const refreshes = named('Refresh', {
  'a header': refreshed('0; url=/done'),
  'without url=': refreshed('0;/done'),
  'in quotes': refreshed('0; URL="/done"'),
  'a relative address is resolved against the page': opened({ 'app /a/start': html('<!doctype html><title>Start</title><base href=/b/>', ['Refresh', '0; url=done']) }, '{app}/a/start'),
  'broken': refreshed('x; url=/done'),
  'twice': refreshed('0; url=/done', ['Refresh', '0; url=/else']),
  'before a meta': opened({ 'app /start': html('<!doctype html><title>Start</title><meta http-equiv=refresh content="0; url=/meta">', ['Refresh', '0; url=/done']) }),
  'a meta that is sooner': opened({ 'app /start': html('<!doctype html><title>Start</title><meta http-equiv=refresh content="0; url=/meta">', ['Refresh', '1; url=/done']) }),
  'with 404': opened({ 'app /start': { status: 404, body: '<!doctype html><title>Start</title>', headers: [['Refresh', '0; url=/done']] } }),
  'a meta with 403': opened({ 'app /start': { status: 403, body: '<!doctype html><title>Start</title><meta http-equiv=refresh content="0; url=/done">' } }),
  'of a text': opened({ 'app /start': { body: 'Start', headers: [['Content-Type', 'text/plain'], ['Refresh', '0; url=/done']] } }),
  'of JSON': opened({ 'app /start': { body: '{}', headers: [['Content-Type', 'application/json'], ['Refresh', '0; url=/done']] } }),
  'behind a form': { routes: { 'app /form': html(form('/go')), 'app /go': html('<!doctype html><title>Go</title>', ['Refresh', '0; url=/done'], ['Set-Cookie', 'sid=1; SameSite=Strict']) }, steps: [{ open: '{app}/form' }, { press: '#go' }] },
  'in a template': opened({ 'app /start': html('<!doctype html><title>Start</title><template><meta http-equiv=refresh content="0; url=/done"></template>') }),
  'with script': opened({ 'app /start': html('<!doctype html><title>Start</title>', ['Refresh', '0; url=javascript:1']) }),
});

const page = '<!doctype html><title>Sign in</title>ok';
const size = page.length.toString(16);
const raw = (text) => ({ ...opened({ 'app /start': { raw: text } }), looks: ['title', 'text'] });
const answers = named('HTTP', {
  'no space behind the status': raw(`HTTP/1.1 200\r\nContent-Type: text/html\r\n\r\n${page}`),
  'no reason': raw(`HTTP/1.1 200 \r\nContent-Type: text/html\r\n\r\n${page}`),
  'two spaces before the status': raw(`HTTP/1.1  200 OK\r\nContent-Type: text/html\r\n\r\n${page}`),
  'lines that end in LF': raw(`HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: ${page.length}\n\n${page}`),
  'LF and CRLF': raw(`HTTP/1.1 200 OK\r\nContent-Type: text/html\nContent-Length: ${page.length}\n\r\n${page}`),
  'a line without colon': raw(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Broken\r\nContent-Length: ${page.length}\r\n\r\n${page}`),
  'a line without name': raw(`HTTP/1.1 200 OK\r\n: nothing\r\nContent-Type: text/html\r\n\r\n${page}`),
  'a space before the colon': raw(`HTTP/1.1 200 OK\r\nContent-Type : text/html\r\n\r\n${page}`),
  'a name that is none': raw(`HTTP/1.1 200 OK\r\nContent Type: text/plain\r\nContent-Type: text/html\r\n\r\n${page}`),
  'a folded line': raw(`HTTP/1.1 200 OK\r\nX-A: b\r\n  c\r\nContent-Type: text/html\r\n\r\n${page}`),
  'a folded content type': raw(`HTTP/1.1 200 OK\r\nContent-Type:\r\n text/html\r\n\r\n${page}`),
  'both lengths': raw(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n${size}\r\n${page}\r\n0\r\n\r\n`),
  'both lengths, the other way round': raw(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n${size}\r\n${page}\r\n0\r\n\r\n`),
  'a space behind a chunk size': raw(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n${size} \r\n${page}\r\n0\r\n\r\n`),
  'spaces behind a chunk size': raw(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n${size}   \r\n${page}\r\n0  \r\n\r\n`),
  'a chunk extension': raw(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n${size};a=b\r\n${page}\r\n0\r\n\r\n`),
  'chunks that end in LF': raw(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n${size}\n${page}\n0\n\n`),
  'leading zeros': raw(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n000${size}\r\n${page}\r\n000\r\n\r\n`),
  'a trailer': raw(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n${size}\r\n${page}\r\n0\r\nX-Sum: 1\r\n\r\n`),
  'the last chunk is missing': { ...raw(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n${size}\r\n${page}\r\n`), differs: "Murphy says that the answer broke off; Chromium shows what came" },
  'chunked in capitals': raw(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: Chunked\r\n\r\n${size}\r\n${page}\r\n0\r\n\r\n`),
  'another transfer encoding': raw(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: identity\r\nContent-Length: ${page.length}\r\n\r\n${page}`),
  'HTTP/1.0 and chunked': raw(`HTTP/1.0 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n${page}`),
  'HTTP/1.0': raw(`HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n${page}`),
  'HTTP/2 in the line': raw(`HTTP/2 200\r\nContent-Type: text/html\r\n\r\n${page}`),
  'ICY is not HTTP': { ...{ ...raw(`ICY 200 OK\r\nContent-Type: text/html\r\n\r\n${page}`), looks: [] }, differs: "Chromium shows what is not HTTP as a text" },
  'the same length twice': raw(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: ${page.length}\r\nContent-Length: ${page.length}\r\n\r\n${page}`),
  'a length that is none': raw(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: many\r\n\r\n${page}`),
  'a length in a list': raw(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: ${page.length}, ${page.length}\r\n\r\n${page}`),
  'an empty line before': raw(`\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n${page}`),
  'an interim answer': raw(`HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n${page}`),
  'lower case': raw(`http/1.1 200 ok\r\nContent-Type: text/html\r\n\r\n${page}`),
  'a status of its own': raw(`HTTP/1.1 299 Fine\r\nContent-Type: text/html\r\n\r\n${page}`),
});

const typed = (types, body = '<!doctype html><title>Page</title><b>bold</b>\u00e9') => ({ ...opened({ 'app /start': { body, headers: types.map((type) => ['Content-Type', type]) } }), looks: ['title', 'text'] });
const encoded = (...encodings) => ({ ...opened({ 'app /start': { body: page, headers: encodings.map((name) => ['Content-Encoding', name]) } }), looks: ['title', 'text'] });
const bodies = named('body', {
  'Content-Encoding utf-8': encoded('utf-8'),
  'Content-Encoding none': encoded('none'),
  'Content-Encoding identity': encoded('identity'),
  'Content-Encoding empty': encoded(''),
  'Content-Encoding chunked': encoded('chunked'),
  'two unknown encodings': encoded('utf-8, identity'),
  'an unknown one over gzip leaves all': encoded('gzip, utf-8'),
  'Content-Type twice': typed(['text/html', 'text/html; charset=utf-8']),
  'Content-Type twice, charset first': typed(['text/html; charset=utf-8', 'text/html']),
  'Content-Type twice, the last one wins': typed(['text/plain', 'text/html; charset=utf-8']),
  'Content-Type twice, text last': typed(['text/html', 'text/plain; charset=utf-8']),
  'Content-Type twice, garbage last': typed(['text/html; charset=utf-8', 'bogus']),
  'Content-Type in a list': typed(['text/html, text/html; charset=utf-8']),
  'Content-Type in a list with text first': typed(['text/plain, text/html;charset=utf-8']),
  'Content-Type with */* behind': typed(['text/html;charset=utf-8, */*']),
  'charset in quotes': typed(['text/html; charset="utf-8"']),
  'charset in single quotes': typed(["text/html; charset='utf-8'"]),
  'charset behind another parameter': typed(['text/html; a=b; Charset=UTF-8']),
  'charset with spaces': typed(['text/html ; charset = utf-8']),
  'type in capitals': typed(['TEXT/HTML; charset=utf-8']),
  'no type': { ...raw('HTTP/1.1 200 OK\r\n\r\n<!doctype html><title>Page</title>x'), looks: ['title', 'text'] },
  'no type, comment first': raw('HTTP/1.1 200 OK\r\n\r\n<!-- x --><title>Page</title>x'),
  'no type, words': raw('HTTP/1.1 200 OK\r\n\r\nwords <b>bold</b>'),
  'a broken type': { ...raw('HTTP/1.1 200 OK\r\nContent-Type: html\r\n\r\n<!doctype html><title>Page</title>x'), looks: ['title', 'text'] },
  'an empty type': raw('HTTP/1.1 200 OK\r\nContent-Type: \r\n\r\n<!doctype html><title>Page</title>x'),
  'unknown/unknown': raw('HTTP/1.1 200 OK\r\nContent-Type: unknown/unknown\r\n\r\n<!doctype html><title>Page</title>x'),
  'text/plain that looks like HTML': raw('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n<!doctype html><title>Page</title>x'),
});

const stays = (answer) => ({ routes: { 'app /form': html(form('/save')), 'app /save': answer }, steps: [{ open: '{app}/form' }, { press: '#go' }, { press: '#go' }], looks: ['title', 'text'] });
const nothing = named('no page', {
  '204': stays({ raw: 'HTTP/1.1 204 No Content\r\nSet-Cookie: a=1\r\nConnection: close\r\n\r\n' }),
  '205': stays({ raw: 'HTTP/1.1 205 Reset Content\r\nSet-Cookie: a=1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n' }),
  '204 behind a redirect': { routes: { 'app /form': html(form('/save')), 'app /save': to(303, '/none'), 'app /none': { raw: 'HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n' } }, steps: [{ open: '{app}/form' }, { press: '#go' }, { press: '#go' }], looks: ['title', 'text'] },
  '204 to an open': { routes: { 'app /none': { raw: 'HTTP/1.1 204 No Content\r\n\r\n' } }, steps: [{ open: '{app}/first' }, { open: '{app}/none' }], looks: ['title', 'text'] },
  '304': stays({ raw: 'HTTP/1.1 304 Not Modified\r\nSet-Cookie: a=1\r\nConnection: close\r\n\r\n' }),
  '200 without a body': stays({ raw: 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n' }),
  'an attachment': stays({ body: '<title>File</title>', headers: [['Content-Disposition', 'attachment; filename=a.html']] }),
  'a file inline': stays({ body: '<title>File</title>file', headers: [['Content-Disposition', 'inline; filename=a.html']] }),
});

const xhtml = (body, head = '') => ({ body: `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>Form</title>${head}</head><body>${body}</body></html>`, headers: [['Content-Type', 'application/xhtml+xml; charset=utf-8']] });
const inXml = (body, head) => ({ ...pressed({ 'app /form': xhtml(body, head) }), looks: ['title', 'text'] });
const xmls = named('XHTML', {
  'a plain form': inXml('<form method="post" action="/done"><p>Words&#160;&amp; &eacute;</p><input type="hidden" name="a" value="&lt;1&gt;"/><button id="go">Go</button></form>'),
  'a script that closes itself': inXml('<form method="post" action="/done"><input type="hidden" name="a" value="1"/><button id="go">Go</button></form>', '<script src="data:,x"/>'),
  'a textarea that closes itself': inXml('<form method="post" action="/done"><textarea name="t"/><input type="hidden" name="a" value="1"/><button id="go">Go</button></form>'),
  'a div that closes itself': inXml('<div/><form method="post" action="/done"><input type="hidden" name="a" value="1"/><button id="go">Go</button></form>'),
  'a title that closes itself': inXml('<form method="post" action="/done"><select name="s"><option value="1"/></select><button id="go">Go</button></form>'),
  'CDATA': inXml('<form method="post" action="/done"><textarea name="t"><![CDATA[<b>&amp;]]></textarea><button id="go">Go</button></form>'),
  'a form in a paragraph': inXml('<p><form method="post" action="/done"><input type="hidden" name="a" value="1"/><button id="go">Go</button></form></p>'),
  'forms in forms': inXml('<form method="post" action="/outer"><form method="post" action="/done"><input type="hidden" name="a" value="1"/><button id="go">Go</button></form></form>'),
  'upper case is another element': inXml('<FORM method="post" action="/done"><button id="go">Go</button></FORM>'),
  'a prefix': { ...pressed({ 'app /form': { body: '<h:html xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>Form</h:title></h:head><h:body><h:form method="post" action="/done"><h:input type="hidden" name="a" value="1"/><h:button id="go">Go</h:button></h:form></h:body></h:html>', headers: [['Content-Type', 'application/xhtml+xml']] } }), looks: ['title'] },
  'no namespace': { ...pressed({ 'app /form': { body: '<html><head><title>Form</title></head><body><form method="post" action="/done"><button id="go">Go</button></form></body></html>', headers: [['Content-Type', 'application/xhtml+xml']] } }), looks: [] },
  'an unclosed tag': { ...inXml('<form method="post" action="/done"><br><input type="hidden" name="a" value="1"/><button id="go">Go</button></form>'), looks: [] },
  'an unclosed tag behind the form': { ...inXml('<form method="post" action="/done"><input type="hidden" name="a" value="1"/><button id="go">Go</button></form><br>'), looks: [] },
  'an attribute without quotes': { ...inXml('<form method=post action="/done"><button id="go">Go</button></form>'), looks: [] },
  'an ampersand': { ...inXml('<form method="post" action="/done?a=1&b=2"><button id="go">Go</button></form>'), looks: [] },
  'text/xml': { ...pressed({ 'app /form': { ...xhtml('<form method="post" action="/done"><script/><button id="go">Go</button></form>'), headers: [['Content-Type', 'text/xml']] } }), looks: ['title'] },
  'a script in CDATA': opened({ 'app /start': xhtml(`<form method="post" action="/done"><input type="hidden" name="a" value="1"/></form><script>//<![CDATA[\n${submits}\n//]]></script>`) }),
});

const shadows = named('shadow root', {
  'a form': pressed({ 'app /form': html('<!doctype html><title>Form</title><x-login><template shadowrootmode=open><form method=post action=/done><input type=hidden name=a value=1><button id=go>Go</button></form></template></x-login>') }),
  'closed': { ...opened({ 'app /start': html('<!doctype html><title>Start</title><div><template shadowrootmode=closed><p>In the shade</p></template></div>') }), looks: ['title'] },
});

const frame = (src, more = '') => html(`<!doctype html><title>Outer</title><p>Outside</p><iframe src="${src}"${more}></iframe>`);
const go = '<form method=post action=/done><input type=hidden name=a value=1><button id=go>Go</button></form>';
const inner = (...headers) => html(`<!doctype html><title>Inner</title><p>Inside</p>${go}`, ...headers);
const framed = (routes, from = '{app}/start') => ({ routes, steps: [{ open: from }, { press: '#go' }], looks: ['title', 'text'] });
const seen = (routes, from = '{app}/start') => ({ ...opened(routes, from), looks: ['title', 'text'] });
const set = (name, more) => ['Set-Cookie', `${name}=1; ${more}`];
const everyKind = [set('lax', 'SameSite=Lax'), set('strict', 'SameSite=Strict'), set('none', 'SameSite=None; Secure'), ['Set-Cookie', 'plain=1']];
const frames = named('frames', {
  'a form in an iframe': framed({ 'app /start': frame('/inner'), 'app /inner': inner() }),
  'in a frameset': framed({ 'app /start': html('<!doctype html><title>Outer</title><frameset cols="50%,*"><frame name=main src=/inner></frameset>'), 'app /inner': inner() }),
  'nested': framed({ 'app /start': frame('/middle'), 'app /middle': frame('/inner'), 'app /inner': inner() }),
  'srcdoc': framed({ 'app /start': html(`<!doctype html><title>Outer</title><iframe srcdoc="${go}"></iframe>`) }),
  'srcdoc with a relative link': { routes: { 'app /a/start': html('<!doctype html><title>Outer</title><iframe srcdoc="<a id=go href=done>Go</a>"></iframe>') }, steps: [{ open: '{app}/a/start' }, { click: '#go' }], looks: ['title', 'text'] },
  'srcdoc and src': framed({ 'app /start': html(`<!doctype html><title>Outer</title><iframe src=/inner srcdoc="${go}"></iframe>`), 'app /inner': inner() }),
  'a frame in srcdoc': framed({ 'app /start': html('<!doctype html><title>Outer</title><iframe srcdoc="<iframe src=/inner></iframe>"></iframe>'), 'app /inner': inner() }),
  'about:blank and no src': seen({ 'app /start': html('<!doctype html><title>Outer</title><iframe></iframe><iframe src=about:blank></iframe><iframe src=""></iframe><p>Outside') }),
  'data and javascript': { ...seen({ 'app /start': html("<!doctype html><title>Outer</title><iframe src='data:text/html,Data'></iframe><p>Outside") }), looks: ['title'] },
  'of another site': framed({ 'local /start': frame('{localhost}/inner'), 'localhost /inner': inner(...everyKind) }, '{local}/start'),
  'of the same site': framed({ 'app /start': frame('{sub}/inner'), 'sub /inner': inner(...everyKind) }),
  'cookies of before': { routes: { 'local /start': frame('{localhost}/inner'), 'localhost /set': html('<title>Set</title>', ...everyKind), 'localhost /inner': inner() }, steps: [{ open: '{localhost}/set' }, { open: '{local}/start' }, { press: '#go' }] },
  'cookies of before, by a site in between': { routes: { 'app /start': frame('{other}/middle'), 'other /middle': frame('{app}/inner'), 'app /set': html('<title>Set</title>', ...everyKind), 'app /inner': inner() }, steps: [{ open: '{app}/set' }, { open: '{app}/start' }, { press: '#go' }] },
  'cookies of before, of the same site': { routes: { 'app /start': frame('{sub}/inner'), 'sub /set': html('<title>Set</title>', ...everyKind), 'sub /inner': inner() }, steps: [{ open: '{sub}/set' }, { open: '{app}/start' }, { press: '#go' }] },
  'cookies of a page that is reached by a link from elsewhere': { routes: { 'other /start': html('<title>Start</title><a id=go href={app}/outer>Go</a>'), 'app /outer': frame('/inner'), 'app /set': html('<title>Set</title>', ...everyKind), 'app /inner': inner() }, steps: [{ open: '{app}/set' }, { open: '{other}/start' }, { click: '#go' }] },
  'target=_top': framed({ 'app /start': frame('/inner'), 'app /inner': html('<!doctype html><title>Inner</title><form target=_top method=post action=/done><button id=go>Go</button></form>') }),
  'target=_parent': framed({ 'app /start': frame('/inner'), 'app /inner': html('<!doctype html><title>Inner</title><base target=_parent><form method=post action=/done><button id=go>Go</button></form>') }),
  'target of the button': framed({ 'app /start': frame('/inner'), 'app /inner': html('<!doctype html><title>Inner</title><form method=post action=/done><button id=go formtarget=_top>Go</button></form>') }),
  'the target of another frame': framed({ 'app /start': html('<!doctype html><title>Outer</title><iframe src=/inner></iframe><iframe name=result></iframe>'), 'app /inner': html('<!doctype html><title>Inner</title><form target=result method=post action=/done><button id=go>Go</button></form>') }),
  'a form outside, answered in a frame': framed({ 'app /start': html('<!doctype html><title>Outer</title><form target=result method=post action=/done><button id=go>Go</button></form><iframe name=result></iframe>') }),
  'X-Frame-Options DENY': framed({ 'app /start': frame('/inner'), 'app /inner': inner(['X-Frame-Options', 'DENY'], ['Set-Cookie', 'a=1']) }),
  'X-Frame-Options SAMEORIGIN': framed({ 'app /start': frame('/inner'), 'app /inner': inner(['X-Frame-Options', 'SAMEORIGIN']) }),
  'X-Frame-Options SAMEORIGIN of another': framed({ 'app /start': frame('{sub}/inner'), 'sub /inner': inner(['X-Frame-Options', 'SAMEORIGIN']) }),
  'X-Frame-Options SAMEORIGIN, by another in between': framed({ 'app /start': frame('{sub}/middle'), 'sub /middle': frame('{app}/inner'), 'app /inner': inner(['X-Frame-Options', 'SAMEORIGIN']) }),
  'X-Frame-Options ALLOW-FROM': framed({ 'app /start': frame('/inner'), 'app /inner': inner(['X-Frame-Options', 'ALLOW-FROM x']) }),
  'X-Frame-Options twice': framed({ 'app /start': frame('/inner'), 'app /inner': inner(['X-Frame-Options', 'SAMEORIGIN'], ['X-Frame-Options', 'DENY']) }),
  'X-Frame-Options of a redirect': framed({ 'app /start': frame('/hop'), 'app /hop': to(302, '/inner', ['X-Frame-Options', 'DENY']), 'app /inner': inner() }),
  'frame-ancestors': framed({ 'app /start': frame('/inner'), 'app /inner': inner(csp("frame-ancestors 'none'")) }),
  'frame-ancestors of a host': framed({ 'app /start': frame('{sub}/inner'), 'sub /inner': inner(csp('frame-ancestors app.test:*')) }),
  'frame-ancestors before X-Frame-Options': framed({ 'app /start': frame('/inner'), 'app /inner': inner(csp("frame-ancestors 'self'"), ['X-Frame-Options', 'DENY']) }),
  'frame-src': framed({ 'app /start': html('<!doctype html><title>Outer</title><p>Outside<iframe src=/inner></iframe>', csp("frame-src 'none'")), 'app /inner': inner() }),
  'frame-src at a redirect': framed({ 'app /start': html('<!doctype html><title>Outer</title><p>Outside<iframe src=/hop></iframe>', csp("frame-src 'self'")), 'app /hop': to(302, '{sub}/inner'), 'sub /inner': inner() }),
  'child-src and default-src': framed({ 'app /start': html('<!doctype html><title>Outer</title><p>Outside<iframe src=/inner></iframe>', csp("default-src 'none'")), 'app /inner': inner() }),
  'frame-src in a meta': framed({ 'app /start': html(`<!doctype html><title>Outer</title>${meta("frame-src 'none'")}<p>Outside<iframe src=/inner></iframe>`), 'app /inner': inner() }),
  'form-action of the frame': framed({ 'app /start': frame('/inner'), 'app /inner': inner(csp("form-action 'none'")) }),
  'form-action of the page around srcdoc': framed({ 'app /start': html(`<!doctype html><title>Outer</title><iframe srcdoc="${go}"></iframe>`, csp("form-action 'none'")) }),
  'form-action of the page around': framed({ 'app /start': { ...frame('/inner'), headers: [csp("form-action 'none'")] }, 'app /inner': inner() }),
  'a sandbox': framed({ 'app /start': frame('/inner', ' sandbox'), 'app /inner': inner() }),
  'a sandbox with forms': framed({ 'app /start': frame('/inner', ' sandbox=allow-forms'), 'app /inner': inner(...everyKind) }),
  'a sandbox with forms and origin': framed({ 'app /start': frame('/inner', " sandbox='allow-forms allow-same-origin'"), 'app /inner': inner(...everyKind) }),
  'a sandbox and the top': framed({ 'app /start': frame('/inner', ' sandbox=allow-forms'), 'app /inner': html('<!doctype html><title>Inner</title><form target=_top method=post action=/done><button id=go>Go</button></form>') }),
  'a sandbox that allows the top': framed({ 'app /start': frame('/inner', " sandbox='allow-forms allow-top-navigation'"), 'app /inner': html('<!doctype html><title>Inner</title><form target=_top method=post action=/done><button id=go>Go</button></form>') }),
  'a sandbox around a frame': framed({ 'app /start': frame('/middle', ' sandbox=allow-scripts'), 'app /middle': frame('/inner'), 'app /inner': inner() }),
  'a frame that redirects': framed({ 'app /start': frame('/hop'), 'app /hop': to(302, '/inner'), 'app /inner': inner() }),
  'a frame that redirects to another site': framed({ 'local /start': frame('/hop'), 'local /hop': to(302, '{localhost}/inner'), 'localhost /inner': inner() }, '{local}/start'),
  'a frame that is broken': { ...seen({ 'app /start': frame('/none'), 'app /none': { status: 404, body: '<title>None</title>none' } }) },
  'a frame without a page': { ...seen({ 'app /start': frame('/none'), 'app /none': { status: 204, body: '' } }) },
  'a frame that is a file': { ...seen({ 'app /start': frame('/file'), 'app /file': html('x', ['Content-Disposition', 'attachment']) }) },
  'a frame that sets a cookie': { routes: { 'app /start': frame('/inner'), 'app /inner': inner(['Set-Cookie', 'a=1']) }, steps: [{ open: '{app}/start' }, { open: '{app}/next' }] },
  'a frame that sends its form by itself': seen({ 'app /start': frame('/inner'), 'app /inner': html(`<!doctype html><title>Inner</title><form method=post action=/done></form><script>${submits}</script>`) }),
  'a sandboxed frame that sends its form by itself': seen({ 'app /start': frame('/inner', ' sandbox=allow-forms'), 'app /inner': html(`<!doctype html><title>Inner</title><form method=post action=/done></form><script>${submits}</script>`) }),
  'a frame that refreshes': seen({ 'app /start': frame('/inner'), 'app /inner': html('<!doctype html><title>Inner</title><meta http-equiv=refresh content="0; url=/done">') }),
  'a frame that sends the top on': seen({ 'app /start': frame('/inner'), 'app /inner': html(`<!doctype html><title>Inner</title><form target=_top method=post action=/done></form><script>${submits}</script>`) }),
  'a frame in a frame of itself': { routes: { 'app /start': frame('/start') }, steps: [{ open: '{app}/start' }] },
  'a frame in a frame of itself with a query': { routes: { 'app /start': frame('/start?a=1') }, steps: [{ open: '{app}/start' }] },
  'a lazy frame': seen({ 'app /start': frame('/inner', ' loading=lazy'), 'app /inner': inner() }),
  'a hidden frame': { ...seen({ 'app /start': frame('/inner', ' hidden'), 'app /inner': inner() }), looks: ['title'] },
  'a frame in a template': { ...opened({ 'app /start': html('<!doctype html><title>Outer</title><template><iframe src=/inner></iframe></template>') }) },
  'a frame in noscript': { ...opened({ 'app /start': html('<!doctype html><title>Outer</title><noscript><iframe src=/inner></iframe></noscript>') }) },
  'an object and an embed': { ...opened({ 'app /start': html('<!doctype html><title>Outer</title><object data=/inner type=text/html></object>'), 'app /inner': inner() }), differs: 'an object is no frame to Murphy' },
  'a link in a frame': { routes: { 'app /start': frame('/inner'), 'app /inner': html('<title>Inner</title><a id=go href=/done>Go</a>') }, steps: [{ open: '{app}/start' }, { click: '#go' }], looks: ['title', 'text'] },
  'a link to the top': { routes: { 'app /start': frame('/inner'), 'app /inner': html('<title>Inner</title><a id=go target=_top href=/done>Go</a>') }, steps: [{ open: '{app}/start' }, { click: '#go' }], looks: ['title', 'text'] },
  'a link to a new window': { routes: { 'app /start': frame('/inner'), 'app /inner': html('<title>Inner</title><a id=go target=other href=/done>Go</a>') }, steps: [{ open: '{app}/start' }, { click: '#go' }], differs: 'there is one window' },
  'referrerpolicy of the frame': seen({ 'app /start': frame('/inner', ' referrerpolicy=no-referrer'), 'app /inner': inner() }),
  'referrer policy of the page': seen({ 'app /start': { ...frame('{sub}/inner'), headers: [['Referrer-Policy', 'unsafe-url']] }, 'sub /inner': inner() }),
  'a frame with a name in its address': framed({ 'app /start': frame('/inner#part'), 'app /inner': inner() }),
  'upgrade-insecure-requests': seen({ 'app /start': { ...frame('{sub}/inner'), headers: [csp('upgrade-insecure-requests')] }, 'securesub /inner': inner() }),
  'http in https': seen({ 'secure /start': frame('{app}/inner'), 'app /inner': inner() }, '{secure}/start'),
  'https in http': seen({ 'app /start': frame('{secure}/inner'), 'secure /inner': inner() }),
});

export const ways = [...formActions, ...scripts, ...sandboxes, ...upgrades, ...clearing, ...origins, ...refreshes, ...answers, ...bodies, ...nothing, ...xmls, ...shadows, ...frames];
