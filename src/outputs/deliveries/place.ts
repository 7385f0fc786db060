import type { Delivery } from '../../model/delivery.js';
import { Failure } from '../../model/failure.js';

/** What every output needs of the world: one question to the system that it delivers to. Met by `net`. */
export type Ask = (call: {
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}) => Promise<{
  readonly status: number;
  /** `undefined` when what came is no JSON. */
  readonly json: unknown;
}>;

/** Where the post is now. `null`s: it is not there. */
export interface Placed {
  readonly remoteId: string | null;
  readonly remoteUrl: string | null;
}

export const NOWHERE: Placed = { remoteId: null, remoteUrl: null };

/** How a system of articles finds one by our mark, makes one and changes one. */
export interface Shelf {
  find(delivery: Delivery): Promise<string | null>;
  make(delivery: Delivery): Promise<Placed>;
  change(id: string, delivery: Delivery): Promise<Placed>;
}

/** A place outside that posts are delivered to, as the step `publish-post` knows it. */
export interface Place {
  readonly name: string;
  /** @throws {Failure} output.unreachable, output.refused */
  deliver(delivery: Delivery): Promise<Placed>;
}

/** A post is one article there for ever: by the stored id, else by its mark; one that is withdrawn and not there stays away. */
export function oneArticleEach(name: string, shelf: Shelf): Place {
  return {
    name,
    deliver: async (delivery) => {
      const id = delivery.remoteId ?? (await shelf.find(delivery));
      if (id !== null) return await shelf.change(id, delivery);
      return delivery.withdrawn ? NOWHERE : await shelf.make(delivery);
    },
  };
}

/** `output.refused`: what the system would not do, its status, and its own reason where it gives one. */
export function refusal(words: string, status: number, reason: unknown): Failure {
  const said = typeof reason === 'string' && reason !== '' ? `: ${reason.replace(/\s+/g, ' ').slice(0, 200)}` : '';
  return new Failure('output.refused', `${words} (${status}${said})`, { status });
}

/** By this we know our own article again when the answer to its making was lost. */
export function markOf({ post }: Pick<Delivery, 'post'>): string {
  return `newsdesk:${post.id}`;
}

/** `value` as an object, to be looked into; an empty one when it is none. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** What another system calls a thing: a number or a word. */
export function idOf(value: unknown): string | null {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}
