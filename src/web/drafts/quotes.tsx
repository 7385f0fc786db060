import { quotesInBody } from '../../compose/quotes-in-body.js';
import type { DraftInHand } from '../../model/desk.js';

export interface QuotesProps {
  readonly draft: DraftInHand;
  readonly bodyHtml: string;
  readonly editable: boolean;
}

/** The quotations of the capture with their speakers: which are in the draft, and one click to leave one out or take it in. */
export function Quotes({ draft, bodyHtml, editable }: QuotesProps) {
  const all = quotesInBody(bodyHtml, draft.capture?.article.quotes ?? []);
  if (all.length === 0) return null;
  return (
    <section class="panel quotes" id="quotes" aria-labelledby="quotes-title">
      <h2 id="quotes-title">Quotations</h2>
      <ul>
        {all.map(({ quote, blocks }, index) => {
          const here = blocks.length > 0;
          return (
            <li key={index} class={here ? 'quote' : 'quote left-out'}>
              <p>
                <strong>{quote.speaker ?? 'No speaker named'}</strong>
                {here ? null : <span class="hint"> · not in the draft</span>}
              </p>
              <blockquote>{shortened(quote.text)}</blockquote>
              {editable ? (
                <button
                  type="submit"
                  class="quiet"
                  form="edit"
                  formAction={`/drafts/${draft.id}/quotes`}
                  name="quote"
                  value={`${here ? 'drop' : 'keep'}:${index}`}
                  aria-label={`${here ? 'Leave out' : 'Take in'} the quotation of ${quote.speaker ?? 'no named speaker'}, number ${index + 1}`}
                >
                  {here ? 'Leave it out' : 'Take it in'}
                </button>
              ) : null}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function shortened(text: string): string {
  const words = text.replace(/\s+/g, ' ').trim();
  return words.length <= 240 ? words : `${words.slice(0, 239)}…`;
}
