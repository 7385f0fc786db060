import type { DraftState } from './draft.js';
import type { Disposition } from './item.js';

/** What one rule keeps out, by the reason that its items carry. */
export interface RuledOut {
  readonly reason: string;
  readonly held: number;
  readonly lastAt: Date;
}

/** One rule in force, and what it holds. */
export interface RuleInForce {
  readonly kind: 'exclude' | 'include';
  readonly phrases: readonly string[];
  readonly reason: string;
  readonly held: number;
  readonly lastAt: Date | null;
}

/** The rules of one level: `all sources`, `the class charity`, `the row ofsted`. */
export interface LevelInForce {
  readonly whose: string;
  /** What is never kept out. */
  readonly keep: readonly string[];
  /** Everything is wanted. */
  readonly always: boolean;
  readonly rules: readonly RuleInForce[];
}

export interface RulesInForce {
  /** For all, then the classes, then the rows. */
  readonly levels: readonly LevelInForce[];
  /** What holds items, and is not in force any more. */
  readonly past: readonly RuledOut[];
  /** Items that rules hold. */
  readonly total: number;
}

/** What a phrase would have kept out of what was found lately. */
export interface PhraseTrial {
  readonly phrase: string;
  /** The newest items that were looked at. */
  readonly looked: number;
  readonly fits: number;
  /** Of those that fit. */
  readonly published: number;
  /** Some of them, newest first. */
  readonly some: readonly {
    readonly title: string;
    readonly sourceName: string;
    readonly disposition: Disposition;
    readonly draftState: DraftState | null;
    readonly draftId: string | null;
  }[];
}
