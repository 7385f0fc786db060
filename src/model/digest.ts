import type { Role } from './role.js';

/** A count under a name. */
export interface Counted {
  readonly name: string;
  readonly count: number;
}

/** What a morning digest tells. Counts and names of sources only: no headline, no text. */
export interface DigestFacts {
  readonly waiting: number;
  readonly newDrafts: number;
  readonly bySource: readonly Counted[];
  readonly bySection: readonly Counted[];
  readonly scheduled: number;
  readonly published: number;
  readonly states: readonly Counted[];
  /** Those that are not well, with state and since when. */
  readonly ill: readonly { readonly name: string; readonly state: string; readonly since: Date | null }[];
  /** Enabled ones that gave nothing new for 30 days, by their last new item or the first look. */
  readonly quiet: readonly { readonly name: string; readonly lastNewAt: Date }[];
  readonly incidents: number;
  readonly failedPolls: number;
  readonly failedItems: number;
  readonly failedDeliveries: number;
  readonly failedMessages: number;
}

export interface DigestReader {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
}
