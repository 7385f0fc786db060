/** What opens over the page closes when somebody goes on beside it; its words stay in it. */
export function startPops(): void {
  document.addEventListener('click', ({ target }) => {
    for (const open of document.querySelectorAll<HTMLDetailsElement>('details.move-details[open]'))
      if (target instanceof Node && !open.contains(target)) open.open = false;
  });
}
