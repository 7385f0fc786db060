import { parse, type ParserOptions } from '@babel/parser';
import type { ArrayExpression, Expression, Node, ObjectExpression, VariableDeclarator } from '@babel/types';
import { Failure } from '../model/failure.js';

const OPTIONS: ParserOptions = { sourceType: 'module', plugins: ['typescript'], errorRecovery: true };

/**
 * The text of a configuration with a row at the end of the list called `sources`, everything else as it stands, and the line on
 * which the row begins.
 * @throws {Failure} config.invalid when there is no such list in it
 */
export function withRow(text: string, row: string): { readonly text: string; readonly line: number } {
  const { end, lastStart, lastEnd } = listPlace(text);
  const between = text.slice(lastEnd ?? end, end);
  const comma = lastEnd === null || hasComma(between) ? '' : ',';
  const head = `${text.slice(0, lastEnd ?? end)}${comma}${between}`.replace(/[ \t]*$/, '');
  // The bracket keeps its place where it begins its line.
  const closing = /(?:^|\n)([ \t]+)$/.exec(between)?.[1] ?? '';
  const start = head.endsWith('\n') ? head : `${head}\n`;
  const indented = row.replaceAll(/^(?=.)/gm, indentAt(text, lastStart));
  return { text: `${start}${indented},\n${closing}${text.slice(end)}`, line: start.split('\n').length };
}

/** Whether a comma stands in it outside of its comments. */
function hasComma(text: string): boolean {
  return text.replace(/\/\*[^]*?\*\/|\/\/[^\n]*/g, '').includes(',');
}

/** The blanks before the last entry, where it begins its line. */
function indentAt(text: string, start: number | null): string {
  const before = start === null ? '' : text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return /^[ \t]+$/.test(before) ? before : '  ';
}

/** Where the list's closing bracket stands, and where its last entry ends; `null` when it is empty. */
function listPlace(text: string): {
  readonly end: number;
  readonly lastStart: number | null;
  readonly lastEnd: number | null;
} {
  const declared = nodesOf(text).find(
    (node): node is VariableDeclarator =>
      node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.id.name === 'sources',
  );
  const list = listIn(declared?.init ?? null);
  const end = list?.end ?? null;
  if (list === null || end === null) {
    throw new Failure(
      'config.invalid',
      'It has no list called sources. Write: export const sources = defineSources([ … ]);',
    );
  }
  const last = list.elements.at(-1);
  return { end: end - 1, lastStart: last?.start ?? null, lastEnd: last?.end ?? null };
}

/** The list itself, through `defineSources(…)`, `as`, `satisfies`. */
function listIn(value: Expression | null): ArrayExpression | null {
  if (value === null) return null;
  if (value.type === 'ArrayExpression') return value;
  if (value.type === 'TSAsExpression' || value.type === 'TSSatisfiesExpression') return listIn(value.expression);
  if (value.type !== 'CallExpression') return null;
  const [first] = value.arguments;
  return first === undefined || first.type === 'SpreadElement' || first.type === 'ArgumentPlaceholder'
    ? null
    : listIn(first);
}

/**
 * The line on which a field of the row with this id stands, or the nearest thing around it that is written there; `null` when the
 * row is not written in this text. `way` is the path inside the row: `['select', 'item']`.
 */
export function lineOf(text: string, id: string, way: readonly string[]): number | null {
  const nodes = nodesOf(text);
  const row = nodes.find((node): node is ObjectExpression => node.type === 'ObjectExpression' && idOf(node) === id);
  if (row !== undefined) return lineInside(row, way);
  // A row that a function of the configuration makes: `department('ofsted', …)`.
  const called = nodes.find((node) => node.type === 'StringLiteral' && node.value === id);
  return called?.loc?.start.line ?? null;
}

/**
 * The line on which a part of the shared rules stands, where they are written in this text: in the call of `defineSources`, or in a
 * constant. `name`: of that constant, where another file says it.
 */
export function rulesPlace(
  text: string,
  way: readonly string[],
  name: string | null,
): { readonly line: number | null; readonly name: string | null } {
  const nodes = nodesOf(text);
  const second = nodes.flatMap((node) =>
    node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'defineSources'
      ? (node.arguments[1] ?? [])
      : [],
  )[0];
  const own = second?.type === 'Identifier' ? second.name : name;
  const declared = nodes.find(
    (node): node is VariableDeclarator =>
      node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.id.name === own,
  );
  const rules = second?.type === 'ObjectExpression' ? second : bare(declared?.init ?? null);
  return { line: rules === null ? null : lineInside(rules, way), name: own };
}

function bare(value: Expression | null): Expression | null {
  return value?.type === 'TSAsExpression' || value?.type === 'TSSatisfiesExpression' ? bare(value.expression) : value;
}

function lineInside(row: Node, way: readonly string[]): number | null {
  let at: Node = row;
  for (const step of way) {
    const inner = stepInto(at, step);
    if (inner === null) break;
    at = inner;
  }
  return at.loc?.start.line ?? null;
}

function stepInto(node: Node, step: string): Node | null {
  if (node.type === 'ObjectExpression') return propertyOf(node, step);
  return node.type === 'ArrayExpression' ? (node.elements[Number(step)] ?? null) : null;
}

function propertyOf(node: ObjectExpression, name: string): Node | null {
  for (const property of node.properties) {
    if (property.type === 'ObjectProperty' && keyOf(property.key) === name) return property.value;
  }
  return null;
}

function idOf(node: ObjectExpression): string | null {
  const value = propertyOf(node, 'id');
  return value?.type === 'StringLiteral' ? value.value : null;
}

function keyOf(key: Node): string | null {
  if (key.type === 'Identifier') return key.name;
  return key.type === 'StringLiteral' ? key.value : null;
}

/** Every node of the text, in its order; none when it cannot be parsed at all. */
function nodesOf(text: string): Node[] {
  const found: Node[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const one of value) visit(one);
    } else if (isNode(value)) {
      found.push(value);
      for (const [name, inner] of Object.entries(value)) if (!/^(?:loc|extra|\w*[cC]omments)$/.test(name)) visit(inner);
    }
  };
  try {
    visit(parse(text, OPTIONS).program);
  } catch (error) {
    // What does not parse is said by the loader, with its line.
    if (!(error instanceof SyntaxError || (error instanceof Object && 'reasonCode' in error))) throw error;
  }
  return found;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
