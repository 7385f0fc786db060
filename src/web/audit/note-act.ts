import type { FastifyRequest } from 'fastify';
import type { ActName, NewAct } from '../../model/audit.js';

/** Where acts are written down. */
export interface ActLog {
  note(act: NewAct): Promise<void>;
}

interface What {
  readonly did: ActName;
  /** Default: whoever is signed in. */
  readonly byUser?: string | null;
  readonly about?: string | null;
  readonly detail?: string | null;
}

/** Writes down who did what, now and from where. @throws {Failure} when it cannot be written: then the request fails */
export async function noteAct(
  { log, now }: { readonly log: ActLog; readonly now: () => Date },
  request: FastifyRequest,
  { did, byUser, about = null, detail = null }: What,
): Promise<void> {
  const by = byUser === undefined ? (request.person?.id ?? null) : byUser;
  await log.note({ at: now(), byUser: by, did, about, detail, address: request.ip });
}
