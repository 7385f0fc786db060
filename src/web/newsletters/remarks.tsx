import type { NewsletterFinding } from '../../model/newsletter.js';

export interface RemarksProps {
  readonly findings: readonly NewsletterFinding[];
  /** Where one click mends the text; with what its form must hold. */
  readonly repair?: {
    readonly action: string;
    readonly csrf: string;
    readonly version: number;
    readonly about: string;
  };
}

/** What the checks say, each in words and where possible with a button that mends it. */
export function Remarks({ findings, repair }: RemarksProps) {
  if (findings.length === 0) return null;
  return (
    <ul class="nl-remarks">
      {findings.map((finding, at) => (
        <li key={at} class={finding.level === 'refuse' ? 'stops' : undefined}>
          <span>
            {finding.level === 'refuse' ? <strong>Stops it: </strong> : null}
            {finding.reason}
          </span>
          {finding.repair === undefined || repair === undefined ? null : (
            <form method="post" action={repair.action}>
              <input type="hidden" name="_csrf" value={repair.csrf} />
              <input type="hidden" name="version" value={repair.version} />
              <input type="hidden" name="at" value={finding.repair.at} />
              <input type="hidden" name="quote" value={finding.repair.quote} />
              <button type="submit" class="quiet" name="fix" value={finding.repair.fix}>
                Write “{finding.repair.fix.trim()}” <span class="visually-hidden">in {repair.about}</span>
              </button>
            </form>
          )}
        </li>
      ))}
    </ul>
  );
}
