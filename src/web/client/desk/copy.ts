import { say } from './say.js';

/** Shows the buttons that copy fields: one field as text; two (`html text`) with the formatting, for editors that take it. */
export function startCopy(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
    const [first, second] = (button.dataset['copy'] ?? '').split(' ').map(textOf);
    if (first === undefined || !('clipboard' in navigator)) continue;
    if (second !== undefined && typeof ClipboardItem === 'undefined') continue;
    button.hidden = false;
    button.addEventListener('click', () => {
      const done = second === undefined ? navigator.clipboard.writeText(first) : writeBoth(first, second);
      done.then(
        () => {
          button.textContent = 'Copied';
          say('Copied');
        },
        () => say('The browser did not let it be copied. Select the text and copy it by hand.'),
      );
    });
  }
}

function writeBoth(html: string, text: string): Promise<void> {
  const part = (type: string, content: string): Record<string, Blob> => ({ [type]: new Blob([content], { type }) });
  return navigator.clipboard.write([new ClipboardItem({ ...part('text/html', html), ...part('text/plain', text) })]);
}

function textOf(id: string): string | undefined {
  const field = document.getElementById(id);
  return field instanceof HTMLTextAreaElement ? field.value : undefined;
}
