/** How long somebody must pause before the text is looked at. */
const PAUSE_MS = 700;

/**
 * Looks at the text while it is typed: the checks, the preview, and a copy kept on the server, so that nothing typed is lost with
 * a browser. Gives the function to call after each change.
 */
export function startChecking(form: HTMLFormElement): () => void {
  let timer: number | undefined;
  let turn = 0;
  let dirty = false;
  const state = document.querySelector<HTMLElement>('#save-state');

  const check = async (keepalive = false): Promise<void> => {
    const mine = ++turn;
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') fields.append(name, value);
    try {
      const answer = await fetch(`${form.action}/check`, { method: 'POST', body: fields, keepalive });
      if (mine !== turn) return;
      if (!answer.ok) return say('Not kept: save it, and see what is said.');
      const part = new DOMParser().parseFromString(await answer.text(), 'text/html');
      for (const id of ['findings', 'preview']) {
        const fresh = part.getElementById(id);
        if (fresh !== null) document.getElementById(id)?.replaceWith(fresh);
      }
      say(`Not saved yet; a copy is kept. ${remarks()}`);
    } catch {
      if (mine === turn) say('No connection: not kept yet. It is tried again with your next change.');
    }
  };

  const say = (words: string): void => {
    // Said once, not after each pause: a screen reader would repeat it.
    if (state !== null && dirty && state.textContent !== words) state.textContent = words;
  };
  const changed = (): void => {
    dirty = true;
    clearTimeout(timer);
    timer = window.setTimeout(() => void check(), PAUSE_MS);
  };
  form.addEventListener('input', changed);
  form.addEventListener('submit', () => {
    dirty = false;
    clearTimeout(timer);
    turn += 1;
  });
  addEventListener('pagehide', () => {
    if (dirty) void check(true);
  });
  return changed;
}

/** How many remarks the checks have now: seen beside the text, and told to those who do not see it. */
function remarks(): string {
  const count = document.querySelectorAll('#findings .finding').length;
  return count === 0 ? 'Nothing to remark.' : count === 1 ? '1 remark.' : `${count} remarks.`;
}
