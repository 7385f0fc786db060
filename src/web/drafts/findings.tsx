import type { Finding } from '../../model/finding.js';

const LEVELS = {
  refuse: { title: 'Must be mended before it can be published', sign: '✕', word: 'Must mend' },
  confirm: { title: 'Needs your word', sign: '!', word: 'Confirm' },
  warn: { title: 'Please look', sign: '?', word: 'Look' },
} as const;

export interface FindingsProps {
  readonly findings: readonly Finding[];
  /** Where one click puts the fix in; `null` when the text may not be changed now. */
  readonly fixAction: string | null;
}

/** What the checks say, the gravest first. Each button sends the whole form, so that nothing typed is lost. */
export function Findings({ findings, fixAction }: FindingsProps) {
  return (
    <section id="findings" class="panel findings" aria-labelledby="findings-title">
      <h2 id="findings-title">Checks</h2>
      {findings.length === 0 ? (
        <p class="clear">Nothing to remark.</p>
      ) : (
        <ul>
          {findings.map((finding, index) => (
            <li key={index} class={`finding ${finding.level}`}>
              <p>
                <span class="sign" aria-hidden="true">
                  {LEVELS[finding.level].sign}
                </span>
                <span class="visually-hidden">{LEVELS[finding.level].word}: </span>
                {finding.reason}
              </p>
              {finding.fix === undefined || finding.quote === undefined || fixAction === null ? null : (
                <button
                  type="submit"
                  class="quiet"
                  form="edit"
                  formAction={fixAction}
                  name="fix"
                  value={JSON.stringify([finding.field, finding.quote, finding.fix])}
                >
                  Write “{finding.fix}”
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Shown on top when a move was refused. */
export function Refusal({ title, findings }: { readonly title: string; readonly findings: readonly Finding[] }) {
  return (
    <div class="told bad" role="alert" id="refusal">
      <div>
        <p>
          <strong>{title}</strong>
        </p>
        <ul>
          {findings.map((finding, index) => (
            <li key={index}>{finding.reason}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}
