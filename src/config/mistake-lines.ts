import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { lineOf } from './config-places.js';

/** `sources[4] (ofsted).select.item = …`. */
const MISTAKE = /^sources\[\d+\] \(([^)]+)\)((?:\.[\w-]+|\[\d+\])*) = /;

/** The words on mistakes with the file and line of each before it, where the row is written in the configuration or in one of its parts. */
export async function withLines(words: string, file: string, parts: string): Promise<string> {
  const texts = await textsOf(file, parts);
  return words
    .split('\n')
    .map((line) => {
      const [, id = '', way = ''] = MISTAKE.exec(line) ?? [];
      const place =
        id === ''
          ? undefined
          : placeOf(
              texts,
              id,
              way.split(/[.[\]]+/).filter((step) => step !== ''),
            );
      return place === undefined ? line : `${place}: ${line}`;
    })
    .join('\n');
}

function placeOf(
  texts: readonly { name: string; text: string }[],
  id: string,
  way: readonly string[],
): string | undefined {
  for (const { name, text } of texts) {
    const line = lineOf(text, id, way);
    if (line !== null) return `${name}:${line}`;
  }
  return undefined;
}

async function textsOf(file: string, parts: string): Promise<{ name: string; text: string }[]> {
  const folder = join(dirname(file), parts);
  const names = (await readdir(folder).catch(() => [])).filter((name) => /\.[cm]?[jt]s$/.test(name)).sort();
  const all = [
    { name: basename(file), path: file },
    ...names.map((name) => ({ name: `${parts}/${name}`, path: join(folder, name) })),
  ];
  return await Promise.all(
    all.map(async ({ name, path }) => ({ name, text: await readFile(path, 'utf8').catch(() => '') })),
  );
}
