/** Making elements and keeping them: text only ever goes in as text. */
export const SCRIPT_DOM = `
const $ = (selector) => document.querySelector(selector);

// Children are elements or text; nothing is ever parsed as HTML, whatever a customer's property says.
function make(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props || {})) {
    if (value === undefined || value === null) continue;
    if (name === 'class') element.className = value;
    else if (name === 'click') element.addEventListener('click', value);
    else if (name === 'toggle') element.addEventListener('toggle', value);
    else element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child !== undefined && child !== null));
  return element;
}

// Rows that did not change keep their element, and with it focus, scroll and what was opened.
function keep(container, rows, build, emptyText) {
  const first = container.dataset.filled !== 'yes';
  const known = new Map([...container.children].map((element) => [element.dataset.key, element]));
  const wanted = rows.map(({ key, data }) => {
    const print = JSON.stringify(data);
    const old = known.get(key);
    if (old && old.print === print) return old;
    const element = build(data);
    element.dataset.key = key;
    element.print = print;
    if (old) old.querySelectorAll('details[open]').forEach((open) => {
      const twin = [...element.querySelectorAll('details')].find((each) => each.dataset.name === open.dataset.name);
      if (twin) twin.open = true;
    });
    else if (!first) element.classList.add('fresh');
    return element;
  });
  if (wanted.length === 0) wanted.push(make('p', { class: 'empty' }, emptyText));
  container.dataset.filled = 'yes';
  const changed = wanted.length !== container.children.length || wanted.some((element, at) => container.children[at] !== element);
  if (!changed) return;
  const focused = document.activeElement && document.activeElement.closest('[data-key]');
  const focusKey = focused && container.contains(focused) ? focused.dataset.key : undefined;
  container.replaceChildren(...wanted);
  if (focusKey !== undefined && !container.contains(document.activeElement)) {
    const again = wanted.find((element) => element.dataset.key === focusKey);
    const target = again && (again.matches('button') ? again : again.querySelector('button, summary'));
    if (target) target.focus();
  }
}

function ago(iso) {
  const seconds = Math.round((Date.parse(state.now) - Date.parse(iso)) / 1000);
  if (seconds < 0) return new Date(iso).toLocaleString();
  if (seconds < 5) return 'just now';
  if (seconds < 60) return seconds + ' s ago';
  if (seconds < 3600) return Math.floor(seconds / 60) + ' min ago';
  if (seconds < 86400) return Math.floor(seconds / 3600) + ' h ago';
  return new Date(iso).toLocaleDateString();
}

const times = new Set();
function timeOf(iso) {
  const element = make('time', { datetime: iso, title: new Date(iso).toLocaleString() }, ago(iso));
  times.add(new WeakRef(element));
  return element;
}
function refreshTimes() {
  for (const ref of times) {
    const element = ref.deref();
    if (element) element.textContent = ago(element.dateTime);
    else times.delete(ref);
  }
}

function money(value, currency) {
  if (!currency) return String(value);
  try {
    return new Intl.NumberFormat(undefined, { style: 'currency', currency }).format(value);
  } catch {
    return value + ' ' + currency;
  }
}

function badge(text, kind) {
  return make('span', { class: 'badge ' + (kind || '') }, text);
}
`;
