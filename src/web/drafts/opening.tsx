import { sensitivity } from '../../checks/sensitivity.js';
import { sensitiveWords } from './sensitive-words.js';

/** Why each opening is folded, of those shown lately: the same fifty are shown again with every change on the desk. */
const LATELY = new Map<string, readonly string[]>();
const MOST = 2_000;

/** The beginning of a draft in the list; behind a note where it may be hard to read. */
export function Opening({ text }: { readonly text: string }) {
  const why = whyFolded(text);
  if (why.length === 0) return <p class="opening">{text}</p>;
  return (
    <details class="opening">
      <summary>Folded: {why.join('; ')}</summary>
      {text}
    </details>
  );
}

function whyFolded(text: string): readonly string[] {
  const known = LATELY.get(text);
  if (known !== undefined) return known;
  const why = [...new Set(sensitivity({ headline: '', bodyText: text }).map(sensitiveWords))];
  const [oldest] = LATELY.keys();
  if (LATELY.size >= MOST && oldest !== undefined) LATELY.delete(oldest);
  LATELY.set(text, why);
  return why;
}
