import type { SourceRow } from '../../model/desk.js';

const STATES: Readonly<Record<SourceRow['state'], { readonly words: string; readonly tone: 'good' | 'calm' | 'ill' }>> =
  {
    new: { words: 'Not polled yet', tone: 'calm' },
    good: { words: 'Good', tone: 'good' },
    quiet: { words: 'Quiet, and proven so', tone: 'good' },
    changed: { words: 'Changed: it must be looked at', tone: 'ill' },
    refused: { words: 'Refuses us', tone: 'ill' },
    unreachable: { words: 'Does not answer', tone: 'ill' },
    'slow-down': { words: 'Asked us to wait', tone: 'calm' },
    gone: { words: 'Gone', tone: 'ill' },
  };

/** Whether somebody should look at it. */
export function isIll({ state, failureCode }: Pick<SourceRow, 'state' | 'failureCode'>): boolean {
  return failureCode !== null || STATES[state].tone === 'ill';
}

/** How a source stands, in words. */
export function State({ source }: { readonly source: Pick<SourceRow, 'state' | 'failureCode' | 'enabled'> }) {
  if (!source.enabled) return <span class="pill tone-off">Switched off</span>;
  const { words, tone } = STATES[source.state];
  return <span class={`pill tone-${isIll(source) ? 'ill' : tone}`}>{words}</span>;
}
