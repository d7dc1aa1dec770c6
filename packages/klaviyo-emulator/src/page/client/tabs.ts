const STEPS: Record<string, (at: number, count: number) => number> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at + count - 1) % count,
  Home: () => 0,
  End: (_at, count) => count - 1,
};

export const tabs = [...document.querySelectorAll<HTMLElement>('[role=tab]')];

export const currentView = () => tabs.find((tab) => tab.getAttribute('aria-selected') === 'true')?.dataset.view ?? '';

/** Selects a view; an unknown name is the first one. */
export function chooseTab(view: string): void {
  const chosen = tabs.find((tab) => tab.dataset.view === view) ?? tabs[0];
  for (const tab of tabs) {
    tab.setAttribute('aria-selected', String(tab === chosen));
    tab.tabIndex = tab === chosen ? 0 : -1;
    const panel = document.getElementById(tab.dataset.view ?? '');
    if (panel) panel.hidden = tab !== chosen;
  }
}

/** A click or an arrow key goes to a view by its address, so that back and a reload work. */
export function startTabs(): void {
  for (const [at, tab] of tabs.entries()) {
    tab.addEventListener('click', () => {
      location.hash = `/${tab.dataset.view}`;
    });
    tab.addEventListener('keydown', (event) => {
      const next = tabs[STEPS[event.key]?.(at, tabs.length) ?? -1];
      if (!next) return;
      event.preventDefault();
      location.hash = `/${next.dataset.view}`;
      next.focus();
    });
  }
}
