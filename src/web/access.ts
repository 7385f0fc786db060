import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Failure } from '../model/failure.js';
import { hasRole, type Role } from '../model/role.js';
import { isOwnForm } from './typed-words.js';

/** Somebody who is signed in. */
export interface SignedIn {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call this route. Each route must say: without it the desk does not start. */
    readonly role?: Role | 'public';
  }
  interface FastifyRequest {
    person: SignedIn | null;
  }
  interface Session {
    userId?: string;
    flash?: Flash;
  }
}

/** What is told on the next page, once: `undo` is a form that takes the last step back. */
export interface Flash {
  readonly text: string;
  readonly undo?: {
    readonly action: string;
    readonly version: number;
    /** Further fields of the form. */
    readonly fields?: readonly (readonly [name: string, value: string])[];
  };
  readonly bad?: boolean;
}

/** What checking the session needs of the users. */
export interface Persons {
  findUser(id: string): Promise<(SignedIn & { readonly disabledAt: Date | null }) | undefined>;
}

/** Refuses to register a route that does not say who may call it. */
export function demandRoles(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    if (route.config?.role === undefined) {
      throw new Failure('internal', `Route ${String(route.method)} ${route.url} does not say who may call it`);
    }
  });
}

/** Looks up who is signed in, and turns away who may not call the route. Role and standing are read anew at each request. */
export function guardAccess(app: FastifyInstance, persons: Persons): void {
  app.decorateRequest('person', null);
  app.addHook('onRequest', async (request, reply) => {
    request.person = await personOf(request, persons);
    const needed = request.routeOptions.config.role;
    if (needed === 'public') return;
    // A form that carries words is read first, so that they can be shown again.
    if (request.person === null) return isOwnForm(request) ? undefined : await turnAway(request, reply);
    if (needed === undefined || !hasRole(request.person.role, needed)) {
      throw new Failure(
        'user.refused',
        `This needs the role ${needed ?? 'of nobody'}; yours is ${request.person.role}.`,
      );
    }
  });
  turnFormsAway(app);
}

/** The word on a form of somebody whose session has ended. */
function turnFormsAway(app: FastifyInstance): void {
  app.addHook('preHandler', (request, _, done) => {
    const needed = request.routeOptions.config.role;
    done(needed !== 'public' && request.person === null ? signedOut() : undefined);
  });
}

function signedOut(): Failure {
  return new Failure('user.refused', 'Sign in first: your session has ended.', { signedOut: true });
}

async function personOf(request: FastifyRequest, persons: Persons): Promise<SignedIn | null> {
  const { userId } = request.session;
  if (userId === undefined) return null;
  const user = await persons.findUser(userId);
  return user === undefined || user.disabledAt !== null ? null : user;
}

async function turnAway(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const isPage = request.method === 'GET' && (request.headers.accept ?? 'text/html').includes('text/html');
  if (!isPage) throw signedOut();
  return await reply.redirect(`/sign-in?next=${encodeURIComponent(request.url)}`, 303);
}

/** Whoever calls is signed in: only for routes whose role is not `public`. */
export function personIn(request: FastifyRequest): SignedIn {
  if (request.person === null) throw new Failure('user.refused', 'Sign in first.');
  return request.person;
}

const LOCAL_PATH = /^\/(?![/\\])[\w\-./?=&%+~:,@]*$/u;

/** The address to go to after signing in, when it is one of ours; else the list of drafts. */
export function localPath(wanted: string | undefined): string {
  return wanted !== undefined && wanted.length < 500 && LOCAL_PATH.test(wanted) ? wanted : '/drafts';
}
