import type { Incident, Sight } from '../model/sight.js';
import type { Tx } from './connect.js';
import { storableJson, storableText } from './storable.js';

/** What the rows of a poll and of its source keep of a look. */
export interface Sighted {
  readonly poll: { readonly proof?: string; readonly incident?: ReturnType<typeof storableJson> };
  readonly source: { readonly lastSight?: ReturnType<typeof storableJson> };
}

/**
 * Locks the source, and says what of this look is kept: its proof in words with the poll; with the source what a good look saw; and
 * with the first bad poll of an incident both that and what this one saw.
 */
export async function sightsOf(
  tx: Tx,
  sourceId: string,
  { sight, good }: { readonly sight: Sight | undefined; readonly good: boolean },
): Promise<Sighted> {
  const { failingSince, lastSight } = await tx
    .selectFrom('source')
    .select(['failingSince', 'lastSight'])
    .where('id', '=', sourceId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (sight === undefined) return { poll: {}, source: {} };
  const proof = storableText(sight.words);
  // An answer that did not change shows nothing: what the look before it saw holds.
  if (good) return { poll: { proof }, source: sight.items === null ? {} : { lastSight: storableJson(sight) } };
  if (failingSince !== null) return { poll: { proof }, source: {} };
  const incident: Pick<Incident, 'before' | 'after'> = { before: lastSight as Sight | null, after: sight };
  return { poll: { proof, incident: storableJson(incident) }, source: {} };
}
