import { startClock } from './controls/clock.ts';
import { startFaults } from './controls/faults.ts';
import { startLimits } from './controls/limits.ts';
import { startReset } from './controls/reset.ts';
import { refresh } from './refresh.ts';
import { say } from './say.ts';
import { showPage } from './showPage.ts';
import { store } from './store.ts';
import { chooseTab, currentView, startTabs } from './tabs.ts';
import { within } from './within.ts';

const ASK_EVERY_MS = 1000;

/** The address says what is shown: `#/view` or `#/profiles/ID`. With the slash it names no element to scroll to. */
function follow(): void {
  const before = currentView();
  const [place, view = '', id = ''] = location.hash.split('/');
  // The link that skips to the content, for one, leaves the view as it is.
  if (place !== '#' && before !== '') return;
  store.chosen = id || store.chosen;
  chooseTab(view);
  if (before !== '' && before !== currentView()) scrollTo(0, 0);
  showPage(true);
  if (id) document.getElementById('who')?.focus();
}

async function keepAsking(): Promise<void> {
  await refresh();
  setTimeout(keepAsking, ASK_EVERY_MS);
}

startTabs();
startClock();
startFaults();
startLimits();
startReset();
for (const id of ['profiles', 'requests']) within(id, '.find').addEventListener('input', () => showPage(true));
within('requests', '.filters').addEventListener('change', () => showPage(true));
within('requests', '.filters').addEventListener('submit', (event) => event.preventDefault());
within('said', 'button').addEventListener('click', () => say(''));
addEventListener('hashchange', follow);
follow();
keepAsking();
