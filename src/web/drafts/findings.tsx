import type { Finding } from '../../model/finding.js';
import { Outside } from '../layout/outside.js';

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
          {once(findings).map((finding, index) => (
            <li key={index} class={`finding ${finding.level}`}>
              <p>
                <span class="sign" aria-hidden="true">
                  {LEVELS[finding.level].sign}
                </span>
                <span class="visually-hidden">{LEVELS[finding.level].word}: </span>
                {finding.reason}
                {finding.see === undefined ? null : (
                  <>
                    {' '}
                    <Outside href={finding.see}>See it</Outside>
                  </>
                )}
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

/** The same said of headline and text is said once; what has a fix of its own stays. */
export function once(findings: readonly Finding[]): Finding[] {
  const said = new Set<string>();
  return findings.filter(({ reason, fix }) => {
    if (fix === undefined && said.has(reason)) return false;
    said.add(reason);
    return true;
  });
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
          {once(findings).map((finding, index) => (
            <li key={index}>{finding.reason}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}
