import type { FailureCode } from '../model/failure.js';

/** How a source stands, as its row says it. */
export type SourceState = 'new' | 'good' | 'quiet' | 'changed' | 'refused' | 'unreachable' | 'slow-down' | 'gone';

const STATES: Partial<Record<FailureCode, SourceState>> = {
  'source.unreachable': 'unreachable',
  'source.timeout': 'unreachable',
  'source.maintenance': 'unreachable',
  'source.needs-browser': 'unreachable',
  'source.slow-down': 'slow-down',
  'source.refused': 'refused',
  'source.challenge': 'refused',
  'source.cookie-wall': 'refused',
  'source.log-in': 'refused',
  'source.robots': 'refused',
  'source.blocked-address': 'refused',
  'source.missing': 'gone',
  'source.gone': 'gone',
  'source.feed-ended': 'gone',
};

/** What a failed poll makes of a source. Every other failure means an answer that cannot be read as before: `changed`. */
export function stateAfter(code: FailureCode): SourceState {
  return STATES[code] ?? 'changed';
}
