import { diffWordsWithSpace } from 'diff';

/** Longer texts are compared for this long at most; then the whole of both is shown. */
const DIFF_MS = 500;

/** What differs between two texts, word by word, readable with and without colours. */
export function Differences({ before, after }: { readonly before: string; readonly after: string }) {
  const parts = diffWordsWithSpace(before, after, { timeout: DIFF_MS });
  if (parts === undefined) {
    return (
      <div class="diff">
        <del>{before}</del> <ins>{after}</ins>
      </div>
    );
  }
  if (parts.every((part) => !part.added && !part.removed)) return <p class="hint">The words are the same.</p>;
  return (
    <div class="diff">
      {parts.map((part, index) =>
        part.added ? (
          <ins key={index}>{part.value}</ins>
        ) : part.removed ? (
          <del key={index}>{part.value}</del>
        ) : (
          <span key={index}>{part.value}</span>
        ),
      )}
    </div>
  );
}
