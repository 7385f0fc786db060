/** The bar for the selected drafts shows only while some are selected; links to copy select themselves. */
export function startSelection(): void {
  document.addEventListener('change', (event) => {
    if (event.target instanceof HTMLInputElement && event.target.name === 'draft') showCount();
  });
  showCount();
  for (const field of document.querySelectorAll<HTMLInputElement>('[data-select]')) {
    field.addEventListener('focus', () => field.select());
  }
}

export function showCount(): void {
  const bar = document.querySelector<HTMLElement>('#bulk');
  const count = document.querySelector<HTMLElement>('#bulk-count');
  if (bar === null || count === null) return;
  const selected = document.querySelectorAll('.entry input[type=checkbox]:checked').length;
  bar.classList.toggle('idle', selected === 0);
  count.textContent = selected === 1 ? '1 selected:' : `${selected} selected:`;
}
