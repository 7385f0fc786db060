import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { lineOf, rulesPlace } from './config-places.js';

/** `sources[4] (ofsted).select.item = …`. */
const MISTAKE = /^sources\[\d+\] \(([^)]+)\)((?:\.[\w-]+|\[\d+\])*) = /;

/** `rules.all.exclude[0] = …`. */
const IN_RULES = /^rules((?:\.[\w-]+|\[\d+\])*) = /;

/** The words on mistakes with the file and line of each before it, where the row is written in the configuration or in one of its parts. */
export async function withLines(words: string, file: string, parts: string): Promise<string> {
  const texts = await textsOf(file, parts);
  return words
    .split('\n')
    .map((line) => {
      const [, id = '', way = ''] = MISTAKE.exec(line) ?? [];
      const inRules = IN_RULES.exec(line)?.[1];
      const place = inRules === undefined ? placeOf(texts, id, stepsOf(way)) : rulesPlaceOf(texts, stepsOf(inRules));
      return place === undefined ? line : `${place}: ${line}`;
    })
    .join('\n');
}

interface Text {
  readonly name: string;
  readonly text: string;
}

function stepsOf(way: string): string[] {
  return way.split(/[.[\]]+/).filter((step) => step !== '');
}

/** The rules may be written in the call, or in a constant of the file or of a part. */
function rulesPlaceOf(texts: readonly Text[], way: readonly string[]): string | undefined {
  let constant: string | null = null;
  for (const { name, text } of texts) {
    const place = rulesPlace(text, way, constant);
    if (place.line !== null) return `${name}:${place.line}`;
    constant = place.name;
  }
  return undefined;
}

function placeOf(texts: readonly Text[], id: string, way: readonly string[]): string | undefined {
  if (id === '') return undefined;
  for (const { name, text } of texts) {
    const line = lineOf(text, id, way);
    if (line !== null) return `${name}:${line}`;
  }
  return undefined;
}

async function textsOf(file: string, parts: string): Promise<Text[]> {
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
