import { showClock } from './controls/clock.ts';
import { showFaults } from './controls/faults.ts';
import { showLimits } from './controls/limits.ts';
import { store } from './store.ts';
import { currentView, tabs } from './tabs.ts';
import { tellNews } from './tellNews.ts';
import { refreshTimes } from './timeOf.ts';
import { VIEWS } from './views/index.ts';

/** Brings everything in sight up to date; without news only what the time alone changes. */
export function showPage(news: boolean): void {
  const { data } = store;
  if (!data) return;
  showClock(data);
  if (news) {
    const accounts = data.accounts.map(({ name, publicKey }) => `${name} (${publicKey})`).join(', ');
    const account = document.getElementById('account');
    if (account) account.textContent = accounts;
    for (const [view, { count }] of Object.entries(VIEWS)) {
      const place = tabs.find((tab) => tab.dataset.view === view)?.querySelector('.count');
      if (place) place.textContent = String(count(data));
    }
    showFaults(data);
    showLimits(data);
    VIEWS[currentView()]?.show(data);
    tellNews(currentView(), VIEWS[currentView()]?.count(data) ?? 0);
  }
  refreshTimes();
}
