import { sensitivity } from '../../checks/sensitivity.js';
import { sensitiveWords } from './sensitive-words.js';

/** The beginning of a draft in the list; behind a note where it may be hard to read. */
export function Opening({ text }: { readonly text: string }) {
  const why = new Set(sensitivity({ headline: '', bodyText: text }).map(sensitiveWords));
  if (why.size === 0) return <p class="opening">{text}</p>;
  return (
    <details class="opening">
      <summary>Folded: {[...why].join('; ')}</summary>
      {text}
    </details>
  );
}
