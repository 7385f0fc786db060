import type { FastifyRequest } from 'fastify';
import { fieldsOf } from './fields.js';

/** Something that was typed into a form which was refused. */
export interface Typed {
  readonly label: string;
  readonly words: string;
  /** They are HTML, and are shown with their formatting. */
  readonly html: boolean;
}

/** The fields of our forms that hold words of somebody's own, as they are called here. Passwords are none of them. */
const FIELDS: Readonly<Record<string, string>> = {
  headline: 'Headline',
  bodyHtml: 'Text',
  line: 'Line for readers',
  body: 'Text',
  heading: 'Heading',
  paragraph: 'Paragraph',
  title: 'Title',
  introduction: 'Introduction',
  note: 'Note',
  reason: 'Reason',
  name: 'Name',
};

/** What a refused form carried, to be shown again: nothing typed is lost. Nothing for a form that another site may have sent. */
export function typedIn(request: FastifyRequest): readonly Typed[] {
  if (request.method !== 'POST' || !isOurs(request)) return [];
  const fields = fieldsOf(request.body);
  return Object.entries(FIELDS).flatMap(([name, label]) => {
    const value = fields[name];
    if (typeof value !== 'string' || value.trim() === '') return [];
    return [{ label, words: value, html: name === 'bodyHtml' }];
  });
}

/** Browsers that say where a form comes from say that it is ours; of others the session says so, which no other site can send. */
function isOurs({ headers, person }: FastifyRequest): boolean {
  const from = headers['sec-fetch-site'];
  return from === undefined ? (person ?? null) !== null : from === 'same-origin';
}

/** A form of ours that may carry words. */
export function isOwnForm({ method, headers }: FastifyRequest): boolean {
  const type = headers['content-type'] ?? '';
  return (
    method === 'POST' &&
    headers['sec-fetch-site'] === 'same-origin' &&
    type.startsWith('application/x-www-form-urlencoded')
  );
}
