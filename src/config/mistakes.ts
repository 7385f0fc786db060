import { z } from 'zod';
import { isUrl } from '../model/is-url.js';
import { FIELDS } from './row-schema.js';
import { SHARED_FIELDS } from './rules-schema.js';
import { SOURCE_CLASSES } from './source-classes.js';

/** One thing that is wrong in the configuration: where, what stands there, and what to write instead. */
export interface Mistake {
  /** `sources[4] (ofsted).select.item`. */
  readonly path: string;
  /** As it stands, shortened; `nothing` for a field that is missing. */
  readonly value: string;
  readonly remedy: string;
}

type Row = Readonly<Record<string, unknown>>;
type KindName = keyof typeof FIELDS;

const UNKNOWN_HERE = 'There is no such field here. Take it out, or mend its spelling.';
const SHOWN = 80;
/** The shortest polling interval on hosts of others. Our own small web on loopback may be asked as often as one likes. */
const LEAST_MINUTES = 30;
const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$|\.localhost$/;

/** Everything that is wrong with the rows, all together, in their order, then with the rules that they share; empty when nothing is. */
export function mistakesIn(rows: unknown, shared?: unknown): Mistake[] {
  if (!Array.isArray(rows)) {
    return [{ path: 'sources', value: shown(rows), remedy: 'Give a list of rows: defineSources([ … ]).' }];
  }
  const list: readonly unknown[] = rows;
  return [...list.flatMap((row, at) => mistakesOf(row, at)), ...twins(list), ...inShared(shared)];
}

function inShared(shared: unknown): Mistake[] {
  if (shared === undefined) return [];
  const issues = SHARED_FIELDS.safeParse(shared, { reportInput: true }).error?.issues ?? [];
  const wrong = issues.flatMap((issue) => fromIssue(issue, 'rules', whatIsKnown(issue.path)));
  const [all, classes] = isRow(shared) ? [shared['all'], shared['class']] : [];
  return [
    ...wrong,
    ...againstItself(all, 'rules.all'),
    ...Object.entries(isRow(classes) ? classes : {}).flatMap(([name, rules]) =>
      againstItself(rules, `rules.class${pathPart(name)}`),
    ),
  ];
}

/** What may stand at a place of the shared rules, for a name that may not. */
function whatIsKnown(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'Rules are for all or by class: { all: { … }, class: { charity: { … } } }.';
  if (path[0] === 'all') return 'The rules for all are include, exclude and keep; always is for a row or a class.';
  if (path.length === 1) return `There is no such class. It is one of: ${SOURCE_CLASSES.join(', ')}.`;
  return 'The rules of a class are include, exclude, keep and always.';
}

/** A phrase that one level both keeps and excludes: keep would win, unseen. */
function againstItself(rules: unknown, where: string): Mistake[] {
  if (!isRow(rules)) return [];
  const [kept, excluded] = [rules['keep'], rules['exclude']];
  if (!Array.isArray(kept) || !Array.isArray(excluded)) return [];
  const phrases = new Set(kept.map((phrase) => plainPhrase(phrase)));
  return excluded.flatMap((phrase: unknown, at) =>
    phrases.has(plainPhrase(phrase))
      ? [{ path: `${where}.exclude[${at}]`, value: shown(phrase), remedy: 'Take it out of keep or of exclude.' }]
      : [],
  );
}

function plainPhrase(phrase: unknown): string {
  return typeof phrase === 'string' ? phrase.trim().replace(/\s+/g, ' ').toLowerCase() : shown(phrase);
}

function mistakesOf(row: unknown, at: number): Mistake[] {
  const whole = isRow(row) ? row : {};
  const where = placeOf(row, at);
  const kind = whole['kind'];
  if (!isRow(row))
    return [{ path: where, value: shown(row), remedy: 'Write a row: { id, name, class, kind, url, evidence }.' }];
  if (!isKind(kind)) {
    return [{ path: `${where}.kind`, value: shown(kind), remedy: `Write one of: ${Object.keys(FIELDS).join(', ')}.` }];
  }
  const read = z.strictObject(FIELDS[kind]).safeParse(row, { reportInput: true });
  const fields = `A ${kind} has no such field. It has: ${Object.keys(FIELDS[kind]).join(', ')}.`;
  const wrong = (read.error?.issues ?? []).flatMap((issue) =>
    fromIssue(issue, where, issue.path.length === 0 ? fields : UNKNOWN_HERE),
  );
  return [...wrong, ...acrossFields(row, where), ...againstItself(row['rules'], `${where}.rules`)];
}

/** `remedy`: for a name that is not known at that place. */
function fromIssue(issue: z.core.$ZodIssue, where: string, remedy: string): Mistake[] {
  const path = `${where}${issue.path.map(pathPart).join('')}`;
  if (issue.code !== 'unrecognized_keys') return [{ path, value: shown(issue.input), remedy: issue.message }];
  return issue.keys.map((key) => ({
    path: `${path}.${key}`,
    value: shown(isRow(issue.input) ? issue.input[key] : undefined),
    remedy,
  }));
}

/** Rules that concern several fields of one row. */
function acrossFields(row: Row, where: string): Mistake[] {
  const { kind, url, everyMinutes, render, steps, organisations, keywords } = row;
  const wrong: Mistake[] = [];
  const add = (field: string, remedy: string): void => {
    wrong.push({ path: `${where}.${field}`, value: shown(row[field]), remedy });
  };
  if (typeof everyMinutes === 'number' && everyMinutes >= 1 && everyMinutes < LEAST_MINUTES && !isLoopback(url)) {
    add('everyMinutes', `Write ${LEAST_MINUTES} or more: asking other people's hosts more often is not polite.`);
  }
  if (Array.isArray(steps) && steps.length > 0 && render !== 'browser') {
    add('steps', "Steps need a browser: add render: 'browser', or take them out.");
  }
  if (kind === 'govuk' && organisations === undefined && keywords === undefined) {
    add('organisations', 'Name organisations or keywords: all of GOV.UK is not a source.');
  }
  if (kind === 'wordpress' && typeof url === 'string' && !/\/wp-json\/|[?&]rest_route=/.test(url)) {
    add('url', 'Write the REST route itself, such as https://www.example.org/wp-json/wp/v2/posts.');
  }
  return wrong;
}

/** Two rows with one id, or two that would poll the same thing. */
function twins(rows: readonly unknown[]): Mistake[] {
  const ids = new Map<string, string>();
  const looks = new Map<string, string>();
  return rows.flatMap((row, at) => {
    if (!isRow(row)) return [];
    const where = placeOf(row, at);
    const { id, kind, url, organisations, keywords, items } = row;
    const look = JSON.stringify([kind, url, organisations, keywords, items]);
    const sameId = typeof id === 'string' ? ids.get(id) : undefined;
    const sameLook = typeof url === 'string' ? looks.get(look) : undefined;
    if (typeof id === 'string' && sameId === undefined) ids.set(id, where);
    if (typeof url === 'string' && sameLook === undefined) looks.set(look, where);
    return [
      ...(sameId === undefined
        ? []
        : [{ path: `${where}.id`, value: shown(id), remedy: `Give it another id: ${sameId} has this one.` }]),
      ...(sameLook === undefined
        ? []
        : [
            { path: `${where}.url`, value: shown(url), remedy: `Take one of the two out: ${sameLook} reads the same.` },
          ]),
    ];
  });
}

function placeOf(row: unknown, at: number): string {
  const id = isRow(row) && typeof row['id'] === 'string' && row['id'] !== '' ? ` (${row['id'].slice(0, SHOWN)})` : '';
  return `sources[${at}]${id}`;
}

function pathPart(part: PropertyKey): string {
  return typeof part === 'number' ? `[${part}]` : `.${String(part)}`;
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isKind(value: unknown): value is KindName {
  return typeof value === 'string' && Object.hasOwn(FIELDS, value);
}

function isLoopback(url: unknown): boolean {
  return typeof url === 'string' && isUrl(url) && LOOPBACK.test(new URL(url).hostname);
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value, (_, part: unknown) => (typeof part === 'function' ? 'a function' : part));
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
