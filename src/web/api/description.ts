import { z } from 'zod';
import { ANSWERS, PROBLEM } from './answers.js';
import { TAGS, type Operation } from './operation.js';

type Json = Readonly<Record<string, unknown>>;

const PROBLEMS: Readonly<Record<string, string>> = {
  400: 'The call is not as it is described.',
  401: 'No token, or one that does not hold.',
  403: 'The token may not do this.',
  404: 'There is nothing of this id.',
  409: 'Somebody else was first, or the present state does not allow it.',
  422: 'A rule of the newsfeed forbids it; the findings say which.',
  429: 'Too many requests.',
};

/** The description of the API in OpenAPI 3.1, made from what the operations check and answer. */
export function describeApi(operations: readonly Operation[], version: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const one of operations) {
    paths[one.path] = { ...paths[one.path], [one.method.toLowerCase()]: described(one) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'SAFE Newsdesk',
      version,
      description: 'What the screens of the desk do, for programs. A token acts as its person, by the same rules.',
    },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }],
    tags: TAGS.map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'Made by a person on the account page.' },
      },
      schemas: Object.fromEntries(
        Object.entries({ ...ANSWERS, Problem: PROBLEM }).map(([name, schema]) => [name, jsonSchema(schema, 'output')]),
      ),
    },
  };
}

function described(one: Operation): Json {
  const status = one.answer === null ? 204 : (one.status ?? 200);
  const refusals = [
    401,
    403,
    429,
    ...(one.params === undefined ? [] : [404]),
    ...(one.body === undefined ? [400] : [400, 409, 422]),
  ];
  return {
    operationId: one.id,
    tags: [one.tag],
    summary: one.about,
    description: `Needs the role ${one.role}.`,
    parameters: [...parameters(one.params, 'path'), ...parameters(one.query, 'query')],
    ...(one.body === undefined
      ? {}
      : { requestBody: { required: true, content: content(jsonSchema(one.body, 'input')) } }),
    responses: {
      [status]:
        one.answer === null
          ? { description: 'Done.' }
          : { description: 'Done.', content: content({ $ref: `#/components/schemas/${one.answer}` }) },
      ...Object.fromEntries(refusals.map((code) => [code, refusal(String(code))])),
    },
  };
}

function refusal(code: string): Json {
  const schema = { $ref: '#/components/schemas/Problem' };
  return { description: PROBLEMS[code] ?? 'Refused.', content: { 'application/problem+json': { schema } } };
}

function content(schema: Json): Json {
  return { 'application/json': { schema } };
}

function parameters(schema: z.ZodType | undefined, place: 'path' | 'query'): Json[] {
  if (schema === undefined) return [];
  const { properties, required } = jsonSchema(schema, 'input') as {
    readonly properties?: Readonly<Record<string, Json>>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties ?? {}).map(([name, property]) => {
    const { description, ...rest } = property;
    return {
      name,
      in: place,
      required: place === 'path' || (required ?? []).includes(name),
      ...(description === undefined ? {} : { description }),
      schema: rest,
    };
  });
}

/** Answers may get further fields: only what comes in is closed. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    override: ({ jsonSchema: made }) => {
      if (io === 'output') delete made.additionalProperties;
      // Said by the format already.
      if (made.format !== undefined) delete made.pattern;
    },
  });
  return rest;
}
