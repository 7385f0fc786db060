import type { FailureCode } from './failure.js';
import type { Letter } from './message.js';

/** A notice of the desk of which something is still to be told. */
export interface Untold {
  readonly id: number;
  /** `source`, `configuration`, `publishing`, `extraction`, `message`, … */
  readonly kind: string;
  readonly subject: string;
  readonly message: string;
  readonly beganAt: Date;
  /** `null` while it lasts. */
  readonly endedAt: Date | null;
  readonly told: boolean;
  /** The same trouble had ended less than an hour before, and its end was not told. */
  readonly reopened: boolean;
  /** The same trouble came again within an hour after its end. */
  readonly again: boolean;
  /** As its row stands now; `null` where it is not about a source. */
  readonly source: {
    readonly id: string;
    readonly name: string;
    readonly state: string;
    readonly code: FailureCode | null;
  } | null;
}

/** One thing to tell: that an incident began, or that it is over. */
export interface AlertEvent {
  readonly what: 'began' | 'over';
  readonly incident: Untold;
}

/** By what it is decided what is told. */
export interface KnownIncidents {
  readonly untold: readonly Untold[];
  /** Alerts of the last hour; one that went to several people is one. */
  readonly toldLastHour: number;
  /** Addresses of those who look after the sources. */
  readonly operators: readonly string[];
}

export interface AlertDecision {
  readonly letters: readonly Letter[];
  /** Ids of notices whose beginning, and whose end, is done with. */
  readonly begun: readonly number[];
  readonly ended: readonly number[];
}
