import { say } from './say.js';

/** Several changes within this time are looked at once. */
const PAUSE_MS = 800;
/** Further down than this, somebody reads: then nothing moves without their wish. */
const AT_TOP_PX = 60;
/** What runs on by itself is no news. */
const AGES = /(?:in )?\d+ (?:minute|hour|day)s?(?: ago)?|just now/g;

/**
 * A page that shows lists keeps them fresh: looked at again when one of the tables in `data-fresh` changed. At the top it changes by
 * itself; for who reads further down, or has the focus in it, a bar offers it.
 */
export function startFresh(): void {
  const tables = partOf(document)?.dataset['fresh']?.split(' ');
  if (tables === undefined) return;
  let timer: number | undefined;
  new EventSource('/live').addEventListener('changed', (event: MessageEvent<string>) => {
    if (!event.data.split(' ').some((table) => tables.includes(table))) return;
    clearTimeout(timer);
    timer = window.setTimeout(() => void look(), PAUSE_MS);
  });
}

function partOf(page: Document): HTMLElement | null {
  return page.querySelector<HTMLElement>('[data-fresh]');
}

async function look(): Promise<void> {
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
    // Signed out meanwhile: the next click says so.
    if (!answer.ok || answer.redirected) return;
    const fresh = partOf(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    const part = partOf(document);
    if (part === null || fresh === null || words(part) === words(fresh)) return;
    if (scrollY > AT_TOP_PX || part.contains(document.activeElement)) offer(fresh);
    else part.replaceWith(fresh);
  } catch {
    // No network: looked at again with the next change.
  }
}

function words(part: HTMLElement): string {
  return part.textContent.replace(AGES, '');
}

function offer(fresh: HTMLElement): void {
  const known = document.querySelector<HTMLButtonElement>('button.news');
  const bar = known ?? document.createElement('button');
  bar.type = 'button';
  bar.className = 'news';
  bar.textContent = 'This list has changed: show it';
  bar.onclick = () => {
    bar.remove();
    partOf(document)?.replaceWith(fresh);
    scrollTo({ top: 0, behavior: 'instant' });
    document.getElementById('content')?.focus();
  };
  if (known !== null) return;
  partOf(document)?.before(bar);
  say('This list has changed.');
}
