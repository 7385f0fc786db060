import type { Source } from '../model/source.js';

/** The order in which a row is written; what is not named follows as it is. */
const ORDER = [
  'id',
  'name',
  'class',
  'kind',
  'url',
  'home',
  'evidence',
  'enabled',
  'everyMinutes',
  'hosts',
  'render',
  'steps',
];
const WIDTH = 116;

/** A row as TypeScript, as a person would write it; `comment` says above the address how it is known. */
export function rowText(source: Source, comment: string): string {
  const rank = (name: string): number => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
  const fields = Object.entries(source)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => rank(a) - rank(b));
  const lines = fields.flatMap(([name, value]) => [
    ...(name === 'url' ? [`  // ${comment.replace(/[\r\n]+/g, ' ')}`] : []),
    `  ${keyText(name)}: ${valueText(value, 2)},`,
  ]);
  return `{\n${lines.join('\n')}\n}`;
}

/** A value of the configuration as TypeScript; `indent`: blanks before its line. */
export function valueText(value: unknown, indent: number): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const parts = Array.isArray(value)
    ? value.map((one) => valueText(one, indent + 2))
    : Object.entries(value)
        .filter(([, inner]) => inner !== undefined)
        .map(([name, inner]) => `${keyText(name)}: ${valueText(inner, indent + 2)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{ ', ' }'];
  const line = `${open}${parts.join(', ')}${close}`;
  if (line.length + indent <= WIDTH && !line.includes('\n')) return line;
  const pad = ' '.repeat(indent);
  return `${open.trim()}\n${parts.map((part) => `${pad}  ${part},`).join('\n')}\n${pad}${close.trim()}`;
}

/** In single quotes, or in double ones where that needs no escape. */
function quoted(text: string): string {
  const json = JSON.stringify(text);
  if (text.includes("'") && !text.includes('"')) return json;
  return `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

function keyText(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}
