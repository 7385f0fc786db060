import type { Disposition } from '../../model/item.js';
import { hasRole } from '../../model/role.js';
import type { Frame } from '../layout/frame.js';

/** Failed items that are tried again by one press of a key. */
export const MOST_RETRIED = 500;

interface KeptBackProps {
  readonly frame: Frame;
  readonly disposition: Disposition | null;
  readonly sourceId: string | null;
  /** A search is shown: what is done to all must be what is seen. */
  readonly searched: boolean;
  readonly total: number;
}

/** What can be done at once with everything that is held, or that failed. */
export function KeptBack({ frame, disposition, sourceId, searched, total }: KeptBackProps) {
  if (disposition === 'held') {
    return (
      <p>
        <a href="/filtered">Kept out by rules</a>: which rule holds what, and trying a phrase.
      </p>
    );
  }
  if (disposition !== 'failed' || searched || total === 0 || !hasRole(frame.person.role, 'operator')) return null;
  const many = Math.min(total, MOST_RETRIED);
  return (
    <form method="post" action="/found/retry">
      <input type="hidden" name="_csrf" value={frame.csrf} />
      <input type="hidden" name="source" value={sourceId ?? ''} />
      <p>
        <button type="submit">{many === 1 ? 'Try it again' : `Try all ${many} again`}</button>{' '}
        <span class="hint">
          {sourceId === null ? 'Everything that failed' : 'Everything of this source that failed'} is read anew, at the
          pace of its host. What fails again comes back here with its reason.
        </span>
      </p>
    </form>
  );
}
