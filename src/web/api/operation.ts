import { z } from 'zod';
import type { Role } from '../../model/role.js';
import type { SignedIn } from '../access.js';
import type { Answers } from './answers.js';

/** In the order of the description. */
export const TAGS = ['Drafts', 'Sources', 'Found', 'Posts', 'Watch', 'Deliveries', 'Newsletters', 'Desk'] as const;

/** What a call carries, checked. */
interface Call<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly person: SignedIn;
}

/** One operation of the API: what it is called, who may call it, what it takes and what it answers. */
interface OperationOf<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below /api/v1, with {slots}. */
  readonly path: string;
  readonly role: Role;
  readonly about: string;
  readonly tag: (typeof TAGS)[number];
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** `null`: 204 and nothing else. */
  readonly answer: keyof Answers | null;
  /** Default 200. */
  readonly status?: 201;
  handle(call: Call<z.output<P>, z.output<Q>, z.output<B>>): Promise<unknown>;
}

/** An operation whose schemas are not known any more by their types: they check what comes at run time. */
export interface Operation extends Omit<OperationOf<z.ZodType, z.ZodType, z.ZodType>, 'handle'> {
  handle(call: Call<never, never, never>): Promise<unknown>;
}

/** Ties the types of a call to the schemas of its operation. */
export function operation<
  P extends z.ZodType = z.ZodUnknown,
  Q extends z.ZodType = z.ZodUnknown,
  B extends z.ZodType = z.ZodUnknown,
>(described: OperationOf<P, Q, B>): Operation {
  return described;
}

/** An id in a path. What names nothing is 404, whatever it looks like. */
export const OF_ID = z.strictObject({ id: z.string().min(1).max(200) });
export const PAGE = z.coerce.number().int().min(1).max(100_000).default(1).describe('From 1.');
