const STORED = 'newsdesk-focus';

/**
 * The focus is never lost. After an action the page comes anew: then the entry that had it, or the next one that is still there,
 * has it again; on other pages what was told has it. After going back, the entry that was opened.
 */
export function startFocus(): void {
  document.addEventListener('submit', (event) => {
    if (event.target instanceof HTMLFormElement && event.target.method === 'post') keep(true);
  });
  addEventListener('pagehide', () => keep(false));
  const kept = read();
  const [navigation] = performance.getEntriesByType('navigation');
  const wentBack = navigation instanceof PerformanceNavigationTiming && navigation.type === 'back_forward';
  if (kept === null || !(kept.acted || wentBack) || document.activeElement !== document.body) return;
  sessionStorage.removeItem(STORED);
  if (kept.path !== location.pathname) return focusTold();
  const link = kept.entries.map(linkOf).find((one) => one !== null) ?? null;
  if (link !== null) link.focus();
  else focusTold();
}

interface Kept {
  readonly path: string;
  readonly acted: boolean;
  /** Ids of entries, the wanted one first. */
  readonly entries: readonly string[];
}

/** Which entries would do, in this order: the one with the focus or the first ticked, those after it, those before it. */
export function entriesFrom(list: ParentNode): string[] {
  const all = [...list.querySelectorAll<HTMLElement>('.entry')];
  const focused = all.findIndex((entry) => entry.contains(document.activeElement));
  const here = focused === -1 ? all.findIndex((entry) => entry.querySelector('input:checked') !== null) : focused;
  if (here === -1) return [];
  return [...all.slice(here), ...all.slice(0, here).reverse()].map(({ id }) => id);
}

export function linkOf(entryId: string): HTMLElement | null {
  return document.getElementById(entryId)?.querySelector<HTMLElement>('h3 a') ?? null;
}

function keep(acted: boolean): void {
  const before = read();
  // The page goes away because of the action: that was kept already.
  if (!acted && before?.acted === true) return;
  const entries = entriesFrom(document);
  // An undo is pressed outside the list: what was kept for the action itself still holds.
  const wanted = entries.length > 0 || before?.path !== location.pathname ? entries : before.entries;
  const kept: Kept = { path: location.pathname, acted, entries: wanted.length > 0 ? wanted : lastEntries };
  sessionStorage.setItem(STORED, JSON.stringify(kept));
}

/** What was kept when this page came: an undo on it means those. */
let lastEntries: readonly string[] = [];

function read(): Kept | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(STORED) ?? 'null') as Kept | null;
    if (kept !== null) lastEntries = kept.entries;
    return kept;
  } catch {
    return null;
  }
}

function focusTold(): void {
  const told = document.getElementById('told');
  if (told === null) return;
  told.tabIndex = -1;
  told.focus();
}
