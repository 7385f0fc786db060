import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { hasRole, type Role } from '../../model/role.js';
import { personIn, type SignedIn } from '../access.js';
import { ANSWERS } from './answers.js';
import { changeOperations, type ChangesContext } from './changes.js';
import { deliveryOperations, type DeliveriesContext } from './deliveries.js';
import { describeApi } from './description.js';
import { draftOperations, type DraftsContext } from './drafts.js';
import { newsletterOperations, type NewslettersContext } from './newsletters.js';
import type { Operation } from './operation.js';
import { postOperations, type PostsContext } from './posts.js';
import { answerProblems, Problem } from './problem.js';
import { sharingOperations, type SharingContext } from './sharing.js';
import { watchOperations, type WatchContext } from './watch.js';
import { sourceOperations, type SourcesContext } from './sources.js';

/** For whom a token acts. */
export interface TokenKeeper {
  /** `undefined` when it is none, has ended, was revoked, or its person may not sign in any more. */
  useToken(token: string, now: Date): Promise<SignedIn | undefined>;
}

export type ApiContext = DraftsContext &
  SharingContext &
  SourcesContext &
  PostsContext &
  ChangesContext &
  WatchContext &
  DeliveriesContext &
  NewslettersContext & { readonly tokens: TokenKeeper };

const API = '/api/v1';
const API_VERSION = '1.0.0';
const BEARER = /^Bearer ([\w-]{20,100})$/i;
/** From one address: a program that needs more does something wrong. */
const LIMIT = { max: 600, timeWindow: '1 minute' } as const;

/** The JSON API: tokens only. No cookie is read here, so nothing can be done at the wish of another site. */
export async function apiRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  await app.register(
    (api, _, done) => {
      api.removeContentTypeParser('text/plain');
      api.decorateRequest('person', null);
      answerProblems(api);
      const operations = apiOperations(context);
      const description = describeApi(operations, API_VERSION);
      api.get('/openapi.json', { config: { role: 'public' } }, (__, reply) => reply.send(description));
      for (const one of operations) route(api, one, context);
      done();
    },
    { prefix: API },
  );
}

/** The description, as it is committed under docs/. Describing calls nothing of the context. */
export function apiDescription(): Readonly<Record<string, unknown>> {
  return describeApi(apiOperations({} as ApiContext), API_VERSION);
}

/** Every operation, in the order of the description. */
function apiOperations(context: ApiContext): Operation[] {
  return [
    ...draftOperations(context),
    ...sharingOperations(context),
    ...sourceOperations(context),
    ...postOperations(context),
    ...changeOperations(context),
    ...watchOperations(context),
    ...deliveryOperations(context),
    ...newsletterOperations(context),
  ];
}

function route(api: FastifyInstance, one: Operation, { tokens, now }: ApiContext): void {
  api.route({
    method: one.method,
    url: one.path.replace(/\{(\w+)\}/g, ':$1'),
    config: { role: one.role, rateLimit: LIMIT },
    // After the limit, and before anything of the body is read.
    preParsing: async (request) => {
      request.person = await admit(request, one.role, { tokens, now: now() });
    },
    handler: async (request, reply) => {
      const call = {
        params: checked(one.params, request.params, 'path'),
        query: checked(one.query, request.query, 'query'),
        body: checked(one.body, request.body, 'body'),
        person: personIn(request),
      };
      const answer = await one.handle(call as unknown as Parameters<Operation['handle']>[0]);
      void reply.header('cache-control', 'no-store');
      if (one.answer === null) return await reply.code(204).send();
      return await reply.code(one.status ?? 200).send(sent(ANSWERS[one.answer], answer));
    },
  });
}

async function admit(
  request: FastifyRequest,
  needed: Role,
  { tokens, now }: { readonly tokens: TokenKeeper; readonly now: Date },
): Promise<SignedIn> {
  const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
  const person = token === undefined ? undefined : await tokens.useToken(token, now);
  if (person === undefined) {
    throw new Problem(401, 'token.refused', 'Send a token that holds: Authorization: Bearer …');
  }
  if (!hasRole(person.role, needed)) {
    throw new Problem(403, 'user.refused', `This needs the role ${needed}; this token has ${person.role}.`);
  }
  return person;
}

/** What came, as the operation wants it. @throws {Problem} 400 with every mistake; without what was sent */
function checked(schema: z.ZodType | undefined, value: unknown, place: string): unknown {
  if (schema === undefined) return undefined;
  const read = schema.safeParse(value ?? {});
  if (read.success) return read.data;
  const mistakes = read.error.issues.map(({ path, message }) => ({ at: [place, ...path].join('.'), message }));
  throw new Problem(400, 'request.invalid', `${mistakes.length} of the ${place} is not as described.`, { mistakes });
}

/** Only what the description names. */
function sent(schema: z.ZodType, answer: unknown): unknown {
  return schema.parse(JSON.parse(JSON.stringify(answer)));
}
