import { entriesFrom, linkOf } from './focus.js';
import { say } from './say.js';
import { showCount } from './selection.js';

/** Further down than this, somebody reads: then what comes in must not move it. */
const AT_TOP_PX = 60;

/** Fetches again what says it is live, whenever the server tells of a change, and after the stream was interrupted. */
export function startLive(): void {
  if (document.querySelector('[data-live]') === null) return;
  const stream = new EventSource('/live');
  let wanted = false;
  let busy = false;
  const refresh = async (): Promise<void> => {
    wanted = true;
    if (busy) return;
    busy = true;
    while (wanted) {
      wanted = false;
      await fetchParts();
    }
    busy = false;
  };
  let opened = false;
  stream.addEventListener('open', () => {
    if (opened) void refresh();
    opened = true;
  });
  stream.addEventListener('changed', () => void refresh());
}

async function fetchParts(): Promise<void> {
  const live = document.querySelector<HTMLElement>('[data-live]');
  const url = live?.dataset['live'];
  if (url === undefined) return;
  try {
    const answer = await fetch(`${url}${url.includes('?') ? '&' : '?'}part=live`, { headers: { accept: 'text/html' } });
    // Signed out meanwhile: the next click says so.
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const fresh of page.querySelectorAll<HTMLElement>('body > div > [id]')) put(fresh);
    showCount();
  } catch {
    // No network: the stream opens again by itself, and then everything is fetched once more.
  }
}

function put(fresh: HTMLElement): void {
  const old = document.getElementById(fresh.id);
  if (old === null) return;
  if (fresh.id !== 'queue') return old.replaceWith(fresh);
  const focused =
    document.activeElement instanceof HTMLElement && old.contains(document.activeElement)
      ? document.activeElement
      : null;
  const anchor = focused?.closest<HTMLElement>('.entry') ?? (scrollY > AT_TOP_PX ? firstInView(old) : null);
  const topBefore = anchor?.getBoundingClientRect().top ?? 0;
  const wanted = focused === null ? [] : entriesFrom(old);
  const news = adopt(old, fresh);
  old.replaceWith(fresh);
  const same = anchor === null ? null : document.getElementById(anchor.id);
  if (same !== null) scrollBy({ top: same.getBoundingClientRect().top - topBefore, behavior: 'instant' });
  if (focused !== null && !focused.isConnected) refocus(wanted);
  else focused?.focus({ preventScroll: true });
  if (news > 0) tellNews(news);
}

/** Keeps the nodes of entries that are the same, with their tick and focus. Gives the number of new ones. */
function adopt(old: HTMLElement, fresh: HTMLElement): number {
  let news = 0;
  for (const entry of fresh.querySelectorAll<HTMLElement>('.entry')) {
    const before = old.querySelector<HTMLElement>(`#${CSS.escape(entry.id)}`);
    if (before === null) {
      news += 1;
      entry.classList.add('fresh');
    } else if (before.dataset['changed'] === entry.dataset['changed']) {
      for (const part of ['.entry-source', '.entry-facts'])
        before.querySelector(part)?.replaceWith(entry.querySelector(part) ?? '');
      entry.replaceWith(before);
    } else {
      const wasTicked = before.querySelector('input[type=checkbox]:checked') !== null;
      entry.querySelector<HTMLInputElement>('input[type=checkbox]')?.toggleAttribute('checked', wasTicked);
    }
  }
  return news;
}

function firstInView(list: HTMLElement): HTMLElement | null {
  return (
    [...list.querySelectorAll<HTMLElement>('.entry')].find((entry) => entry.getBoundingClientRect().bottom > 0) ?? null
  );
}

/** The same place in the new entry, else the next entry that is still there. */
function refocus(wanted: readonly string[]): void {
  const target = wanted.map(linkOf).find((link) => link !== null) ?? document.querySelector<HTMLElement>('.entry h3 a');
  target?.focus({ preventScroll: true });
}

let untold = 0;

/** Says it; and where they came in above what is being read, shows a bar that leads to them. */
function tellNews(news: number): void {
  untold += news;
  const words = untold === 1 ? 'One new draft' : `${untold} new drafts`;
  say(`${words}.`);
  const bar = document.querySelector<HTMLButtonElement>('#news');
  if (bar === null) return;
  bar.textContent = `${words}: show`;
  bar.hidden = scrollY <= AT_TOP_PX;
  if (bar.hidden) untold = 0;
  bar.onclick = () => {
    untold = 0;
    bar.hidden = true;
    const first = document.querySelector<HTMLElement>('.entry.fresh h3 a');
    first?.focus();
    first?.closest('.entry')?.scrollIntoView({ block: 'center' });
  };
}
