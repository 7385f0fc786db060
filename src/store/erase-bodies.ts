import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type pg from 'pg';

/** Pages in memory at a time. */
const AT_ONCE = 20;

/** Takes away the bytes of pages that hold the name; text, hash and headers stay. Gives how many, or in a dry run how many it would. */
export async function eraseBodies(
  client: pg.ClientBase,
  eraser: { inBytes(bytes: Uint8Array): boolean },
  dryRun: boolean,
): Promise<number> {
  let found = 0;
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const { rows } = await client.query<{ id: string; body: Buffer }>(
      'select id, body from capture where body is not null and id > $1 order by id limit $2',
      [after, AT_ONCE],
    );
    const holding: string[] = [];
    for (const { id, body } of rows) if (eraser.inBytes(await unpacked(body))) holding.push(id);
    found += holding.length;
    if (!dryRun && holding.length > 0) {
      await client.query('update capture set body = null where id = any($1::uuid[])', [holding]);
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < AT_ONCE) return found;
    after = last.id;
  }
}

async function unpacked(body: Buffer): Promise<Uint8Array> {
  const isPacked = body[0] === 0x1f && body[1] === 0x8b;
  return isPacked ? await promisify(gunzip)(body) : body;
}
