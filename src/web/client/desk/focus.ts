const STORED = 'newsdesk-focus';

/**
 * The focus is never lost. After an action the page comes anew: then the entry that had it, or the next one that is still there,
 * has it again; on other pages what was told has it. After going back, the entry that was opened.
 */
export function startFocus(): void {
  document.addEventListener('submit', (event) => {
    if (event.target instanceof HTMLFormElement && event.target.method === 'post') keepActed(event.target);
  });
  addEventListener('pagehide', keepPlace);
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

function keepActed(form: HTMLFormElement): void {
  const entries = form.closest('#told') === null ? entriesFrom(document) : [];
  // An undo means the entries that its action meant.
  store({ path: location.pathname, acted: true, entries: entries.length > 0 ? entries : lastEntries });
}

/** For going back; a page without entries keeps what the list before it kept. */
function keepPlace(): void {
  const entries = entriesFrom(document);
  if (entries.length > 0 && read()?.acted !== true) store({ path: location.pathname, acted: false, entries });
}

function store(kept: Kept): void {
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
