import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

/** Of each table its rows, as the text of the backup has them; sorted, for servers may order words otherwise. */
export async function rowsIn(file: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const text = (await promisify(gunzip)(await readFile(file))).toString('utf8');
  const rows = new Map<string, string[]>();
  for (const line of text.trimEnd().split('\n').slice(1)) {
    const [, table = '', row = ''] = /^\{"(\w+)":(.*)\}$/s.exec(line) ?? [];
    const all = rows.get(table) ?? [];
    all.push(row);
    rows.set(table, all);
  }
  return new Map([...rows].map(([table, all]) => [table, all.sort()]));
}

/** One line for each table whose rows are not the same, row for row. */
export async function differing(one: string, other: string): Promise<readonly string[]> {
  const [first, second] = await Promise.all([rowsIn(one), rowsIn(other)]);
  return [...new Set([...first.keys(), ...second.keys()])].flatMap((table) => {
    const [a, b] = [first.get(table) ?? [], second.get(table) ?? []];
    if (a.length === b.length && a.every((row, at) => row === b[at])) return [];
    const at = a.findIndex((row, n) => row !== b[n]);
    return [`${table}: ${a.length} rows, then ${b.length}; ${a[at]?.slice(0, 300)} / ${b[at]?.slice(0, 300)}`];
  });
}
