// Runs in every document that the person opens, in a world of its own, and tells what they do there. Of a field that hides
// what is typed into it, it tells that it was filled in, and never with what.
(() => {
  const hiding = new WeakSet(); // fields that hid what was typed at any time
  const hides = (field) => {
    const security = field instanceof Element ? getComputedStyle(field).webkitTextSecurity : '';
    return field.type === 'password' || (security && security !== 'none');
  };
  const watch = (root) => {
    for (const field of root.querySelectorAll?.('input[type=password]') ?? []) hiding.add(field);
    if (root.type === 'password') hiding.add(root);
  };
  const watchChanges = (root) => {
    new MutationObserver((changes) => {
      for (const change of changes) {
        if (change.type === 'attributes' && change.oldValue?.toLowerCase() === 'password') hiding.add(change.target);
        if (change.type === 'attributes') watch(change.target);
        else change.addedNodes.forEach(watch);
      }
    }).observe(root, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ['type'],
      attributeOldValue: true,
    });
    watch(root);
  };
  watchChanges(document);

  const tell = (message) => murphyTell(JSON.stringify(message));
  const squeezed = (text) => (text ?? '').replace(/\s+/g, ' ').trim();
  const labelOf = (field) => {
    for (const label of field.labels ?? []) {
      const copy = label.cloneNode(true);
      for (const control of copy.querySelectorAll('input,select,textarea,button')) control.remove();
      if (squeezed(copy.textContent)) return squeezed(copy.textContent);
    }
    return '';
  };
  const namesOf = (field) =>
    [labelOf(field), squeezed(field.getAttribute?.('aria-label')), squeezed(field.placeholder)].filter(Boolean);
  const nameOf = (field) => {
    const root = field.getRootNode();
    const beside = field.form ? [...field.form.elements] : [...root.querySelectorAll('input,select,textarea')];
    if (field.type !== 'radio')
      for (const words of namesOf(field))
        if (beside.filter((other) => namesOf(other).includes(words)).length === 1) return words;
    if (field.name) return `name:${field.name}`;
    return field.id ? `id:${field.id}` : '';
  };
  // Everything that may say what a field is for; what it means is decided in C++ (page_watch.cpp).
  const factsOf = (field) => ({
    names: [
      field.name,
      field.id,
      ...[...(field.labels ?? [])].map((label) => squeezed(label.textContent)),
      ...(field.getAttribute('aria-labelledby') ?? '')
        .split(/\s+/)
        .map((id) => squeezed(id && field.getRootNode().getElementById?.(id)?.textContent)),
      ...namesOf(field),
      squeezed(field.title),
    ].filter(Boolean),
    purpose: field.getAttribute('autocomplete') ?? '',
    short: field.maxLength > 0 && field.maxLength <= 8,
    numeric: field.inputMode === 'numeric' || field.type === 'tel' || field.inputMode === 'tel',
    chosen: field.tagName === 'SELECT' || field.type === 'radio',
  });
  const wordsOf = (control) =>
    squeezed(control.tagName === 'INPUT' ? control.value || control.alt : control.innerText) ||
    squeezed(control.getAttribute('aria-label')) ||
    squeezed(control.title) ||
    squeezed(control.querySelector?.('img[alt]')?.alt) ||
    (control.id ? `#${CSS.escape(control.id)}` : '');

  // What scripts of the page set off is no act of the person. Of these events, changes and submissions stay inside a
  // shadow root, and are listened for there once somebody is in it.
  const onChange = (event) => {
    const field = event.composedPath()[0];
    if (!event.isTrusted || !(field instanceof HTMLElement) || !('value' in field)) return;
    const name = nameOf(field);
    if (field.type === 'file') return tell({ kind: 'other', name: 'upload' });
    const facts = { kind: 'type', name, ...factsOf(field) };
    if (hiding.has(field) || hides(field)) return tell({ ...facts, hidden: true });
    if (field.type === 'checkbox') return tell({ ...facts, value: String(field.checked), ticks: true });
    tell({ ...facts, value: String(field.value) });
  };
  // With a button, its click was told.
  const onSubmit = (event) => {
    if (event.isTrusted && !event.submitter) tell({ kind: 'enter' });
  };
  const onClick = (event) => {
    if (!event.isTrusted) return;
    const controls =
      'a[href],button,input[type=submit],input[type=image],input[type=button],[role=button],[role=link]';
    const control = event.composedPath().find((each) => each instanceof Element && each.matches(controls));
    if (control) tell({ kind: 'press', name: wordsOf(control) });
  };
  const entered = new WeakSet();
  const enter = (root) => {
    if (entered.has(root)) return;
    entered.add(root);
    if (root !== window) watchChanges(root);
    root.addEventListener('change', onChange, true);
    root.addEventListener('submit', onSubmit, true);
  };
  enter(window);
  const onFocus = (event) => {
    for (const each of event.composedPath()) if (each instanceof ShadowRoot) enter(each);
    const field = event.composedPath()[0];
    if (field instanceof Element && hides(field)) hiding.add(field);
  };
  addEventListener('focusin', onFocus, true);
  addEventListener('input', onFocus, true);
  addEventListener('click', onClick, true);
})();
