import { say } from './say.js';

/** How long a first key waits for its second. */
const SECOND_KEY_MS = 1_500;
const PLACES: Readonly<Record<string, string>> = {
  d: '/drafts',
  f: '/found',
  s: '/sources',
  l: '/newsletters',
  n: '/newsfeed',
};

let first: { readonly key: string; readonly at: number } | null = null;

/** Single keys for everything, off where one types, and off for good for those who do not want them. */
export function startKeys(): void {
  const box = document.querySelector<HTMLInputElement>('#keys-on');
  box?.addEventListener('change', () => void keepSetting(box.checked));
  document.addEventListener('keydown', onKey);
  // Opened from the list with the key for editing.
  if (location.hash === '#edit') addEventListener('load', () => press('e'));
}

/** Kept for the person, wherever they sign in. Where that fails it holds on this page, and the box says so the next time. */
async function keepSetting(on: boolean): Promise<void> {
  document.body.dataset['keys'] = on ? 'on' : 'off';
  const token = document.querySelector<HTMLMetaElement>('meta[name=csrf-token]')?.content ?? '';
  try {
    const answer = await fetch('/preferences/keys', {
      method: 'POST',
      headers: { 'x-csrf-token': token },
      body: new URLSearchParams({ on: on ? 'yes' : 'no' }),
    });
    if (!answer.ok) say('The setting could not be kept.');
  } catch {
    say('The setting could not be kept: there is no connection.');
  }
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target instanceof HTMLElement ? event.target : document.body;
  if (isTyping(target)) {
    if (event.key === 'Escape') target.blur();
    return;
  }
  if (event.key === 'Escape') return closeDetails(target);
  if (event.key !== '?' && document.body.dataset['keys'] === 'off') return;
  if (document.querySelector('dialog[open]') !== null) return;
  if (act(event.key)) event.preventDefault();
}

function isTyping(target: HTMLElement): boolean {
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
}

/** Whether the key did something. */
function act(key: string): boolean {
  if (first !== null && performance.now() - first.at < SECOND_KEY_MS) {
    const before = first.key;
    first = null;
    if (before === 'g') return go(PLACES[key]);
    if (before === 'r' && /^[1-5]$/.test(key)) return rejectHere(Number(key));
  }
  if (key === '?') return showKeys();
  if (key === 'g') return wait(key, null);
  if (/^[1-5]$/.test(key)) return digit(key);
  if (document.querySelector('.entries') !== null && inList(key)) return true;
  return press(key);
}

function wait(key: string, words: string | null): boolean {
  first = { key, at: performance.now() };
  if (words !== null) say(words);
  return true;
}

function go(path: string | undefined): boolean {
  if (path === undefined) return false;
  location.assign(path);
  return true;
}

function showKeys(): boolean {
  document.querySelector<HTMLDialogElement>('#keys')?.showModal();
  return true;
}

/** The element that says it stands for the key: pressed, opened or entered. */
function press(key: string): boolean {
  const element = [...document.querySelectorAll<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)].find(
    (one) => one.offsetParent !== null,
  );
  if (element === undefined) return key === 'e' ? focusEditor() : false;
  if (element instanceof HTMLDetailsElement) {
    element.open = !element.open;
    (element.open
      ? element.querySelector<HTMLElement>('.pop button, .pop input')
      : element.querySelector('summary')
    )?.focus();
  } else if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) {
    element.focus();
  } else {
    element.click();
  }
  return true;
}

function focusEditor(): boolean {
  const editor = document.querySelector<HTMLElement>('.editor-text');
  editor?.focus();
  return editor !== null;
}

function digit(key: string): boolean {
  const button = document.querySelector<HTMLElement>(`details[open] [data-digit="${key}"]`);
  button?.click();
  return button !== null;
}

function closeDetails(target: HTMLElement): void {
  const open = target.closest<HTMLDetailsElement>('details.move-details[open]');
  if (open === null) return;
  open.open = false;
  open.querySelector('summary')?.focus();
}

/* The list */

function inList(key: string): boolean {
  const entries = [...document.querySelectorAll<HTMLElement>('.entry')];
  const here = entries.findIndex((entry) => entry.contains(document.activeElement));
  if (key === 'j') return moveTo(entries[here + 1]);
  if (key === 'k') return moveTo(entries[here === -1 ? 0 : here - 1]);
  const entry = entries[here];
  if (entry === undefined) return false;
  if (key === 'o') entry.querySelector<HTMLElement>('h3 a')?.click();
  else if (key === 'x') entry.querySelector<HTMLElement>('input[type=checkbox]')?.click();
  else if (key === 'e') location.assign(`${entry.querySelector<HTMLAnchorElement>('h3 a')?.href ?? '/drafts'}#edit`);
  else if (key === 'a') return review(entry);
  else if (key === 'r') return wait('r', 'Reject: 1 not relevant, 2 duplicate, 3 too old, 4 too sensitive, 5 other.');
  else return false;
  return true;
}

function moveTo(entry: HTMLElement | undefined): boolean {
  entry?.querySelector<HTMLElement>('h3 a')?.focus();
  entry?.scrollIntoView({ block: 'nearest' });
  return entry !== undefined;
}

/** Begins the review where that is the next step; all that comes after needs the checks beside it, on the page of the draft. */
function review(entry: HTMLElement): boolean {
  if (entry.dataset['state'] === 'drafted') return submitAlone(entry, 'review');
  entry.querySelector<HTMLElement>('h3 a')?.click();
  return true;
}

/** Rejects the draft that has the focus, through the form of the selected ones. */
function rejectHere(reason: number): boolean {
  const here = document.activeElement?.closest<HTMLElement>('.entry') ?? null;
  const select = document.querySelector<HTMLSelectElement>('#bulk select[name=rejectReason]');
  if (here === null || select === null) return false;
  select.selectedIndex = reason - 1;
  return submitAlone(here, 'reject');
}

/** Through the form of the selected ones, with this draft alone: not those of its story that stand below it. */
function submitAlone(entry: HTMLElement, action: string): boolean {
  const form = document.querySelector<HTMLFormElement>('#bulk');
  const button = form?.querySelector<HTMLButtonElement>(`button[value=${action}]`) ?? null;
  if (form === null || button === null) return false;
  const own = entry.querySelector('input[type=checkbox]');
  for (const box of document.querySelectorAll<HTMLInputElement>('.entry input[type=checkbox]'))
    box.checked = box === own;
  form.requestSubmit(button);
  return true;
}
