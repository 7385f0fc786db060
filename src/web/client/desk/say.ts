/** Tells a screen reader, without moving anything. */
export function say(words: string): void {
  const announcer = document.getElementById('announcer');
  if (announcer !== null) announcer.textContent = words;
}
