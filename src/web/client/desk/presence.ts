/** How often the server is told that somebody is still there. */
const EVERY_MS = 20_000;

interface Standing {
  readonly version: number;
  readonly others: readonly string[];
}

/** On the page of a draft: who else is there, and a word when somebody changed it meanwhile. */
export function startPresence(): void {
  const page = document.querySelector<HTMLElement>('[data-draft-page]');
  const token = document.querySelector<HTMLMetaElement>('meta[name=csrf-token]')?.content;
  if (page === null || token === undefined) return;
  const id = page.dataset['draftPage'] ?? '';
  const version = Number(page.dataset['version']);
  const tell = async (): Promise<void> => {
    if (document.visibilityState === 'hidden') return;
    try {
      const answer = await fetch(`/drafts/${id}/presence`, {
        method: 'POST',
        headers: { 'x-csrf-token': token, accept: 'application/json' },
      });
      if (answer.ok) show(page, (await answer.json()) as Standing, version);
    } catch {
      // No network: told again in a while.
    }
  };
  setInterval(() => void tell(), EVERY_MS);
  document.addEventListener('visibilitychange', () => void tell());
  new EventSource('/live').addEventListener('changed', () => void tell());
  void tell();
}

function show(page: HTMLElement, { version, others }: Standing, seen: number): void {
  const presence = document.getElementById('presence');
  if (presence !== null) presence.textContent = others.length === 0 ? '' : `Also here: ${others.join(', ')}.`;
  if (version === seen || document.getElementById('changed-meanwhile') !== null) return;
  const told = document.createElement('div');
  told.id = 'changed-meanwhile';
  told.className = 'told bad';
  told.setAttribute('role', 'alert');
  const words = document.createElement('p');
  words.textContent =
    'Somebody changed this draft since you opened it. What you have typed is kept: save it, and both texts are shown.';
  const link = document.createElement('a');
  link.href = location.pathname;
  link.className = 'button';
  link.textContent = 'Show the new text';
  told.append(words, link);
  page.prepend(told);
}
