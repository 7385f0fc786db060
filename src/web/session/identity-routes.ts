import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Identity, IdentityChallenge, IdentityTrouble } from '../../model/identity.js';
import { Failure } from '../../model/failure.js';
import { localPath, personIn } from '../access.js';
import { noteAct, type ActLog } from '../audit/note-act.js';
import { fieldsOf, text } from '../fields.js';
import { sendPage } from '../layout/send-page.js';
import { refusalStatus, refusalWords, type IdentityRefusal } from './identity-words.js';
import { tellOwner } from './mail-box.js';
import { isPassword } from './passwords.js';
import { beSignedIn, showDoor, type SessionPorts } from './routes.js';
import { GoOnPage } from './sign-in-page.js';

interface Failed {
  readonly why: IdentityTrouble;
}

/** A sign-in service (OpenID Connect). */
export interface IdentityService {
  begin(): Promise<{ readonly url: string; readonly challenge: IdentityChallenge } | Failed>;
  /** `search`: the query with which the browser came back. */
  finish(search: string, challenge: IdentityChallenge): Promise<{ readonly identity: Identity } | Failed>;
  /** Where people sign out of the service itself; `null`: not known. */
  leaveUrl(): string | null;
}

export interface TiedIdentity {
  readonly id: string;
  readonly userId: string;
  readonly email: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

/** Whose identities are whose. */
export interface Identities {
  identitiesOf(userId: string): Promise<readonly TiedIdentity[]>;
  findIdentity(who: Pick<Identity, 'issuer' | 'subject'>): Promise<TiedIdentity | undefined>;
  /** False: it is tied to somebody already, or this person has another one at the same service. */
  tieIdentity(userId: string, identity: Identity, now: Date): Promise<boolean>;
  noteIdentityUse(id: string, now: Date): Promise<void>;
  untieIdentity(userId: string, id: string): Promise<'done' | 'none' | 'no-other-way'>;
}

interface Account {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly passwordHash: string | null;
  readonly disabledAt: Date | null;
}

export interface IdentityContext {
  /** `null`: none is set up. */
  readonly service: (IdentityService & { readonly label: string }) | null;
  readonly identities: Identities;
  readonly accounts: SessionPorts['accounts'] & { findUser(id: string): Promise<Account | undefined> };
  readonly log: ActLog;
  readonly mail: SessionPorts['mail'];
  readonly now: () => Date;
}

/** What a browser left with: good once, for ten minutes. */
interface Challenge extends IdentityChallenge {
  readonly next: string;
  readonly until: number;
  /** The person who wants to tie the identity to their account; `null`: somebody signs in. */
  readonly tieTo: string | null;
}

declare module 'fastify' {
  interface Session {
    identity?: Challenge;
    /** They came in by the sign-in service, and are still signed in there. */
    viaIdentity?: true;
  }
}

type Open = IdentityContext & { readonly service: NonNullable<IdentityContext['service']> };

/** Time for a second factor and a forgotten password over there. */
const CHALLENGE_MS = 10 * 60_000;
const LIMIT = { rateLimit: { max: 30, timeWindow: '10 minutes' } } as const;
const EDITOR = { role: 'editor' } as const;
const PUBLIC = { role: 'public' } as const;
const WAY = 'identity';

/** Signing in by a service of the operator's choice. Nobody is put on the list by it, and no role comes from it. */
export function identityRoutes(app: FastifyInstance, context: IdentityContext): void {
  const { service } = context;
  if (service === null) return;
  const open = { ...context, service };
  app.post('/sign-in/identity', { config: { ...PUBLIC, ...LIMIT } }, (request, reply) =>
    leave(request, reply, open, { next: localPath(text(fieldsOf(request.body), 'next')), tieTo: null }),
  );
  app.get('/sign-in/identity/back', { config: { ...PUBLIC, ...LIMIT } }, (request, reply) =>
    comeBack(request, reply, open),
  );
  app.post('/account/identity', { config: { ...EDITOR, ...LIMIT } }, async (request, reply) => {
    const person = personIn(request);
    const stored = (await open.accounts.findUser(person.id))?.passwordHash ?? null;
    // It outlives the session: an open screen that somebody found must not be enough to add a way in.
    if (!(await isPassword(text(fieldsOf(request.body), 'present', 10_000), stored))) {
      throw new Failure('user.refused', 'Your present password is not right.', { mistake: true });
    }
    return await leave(request, reply, open, { next: '/account', tieTo: person.id });
  });
  app.post<{ Params: { id: string } }>('/account/identity/:id/remove', { config: EDITOR }, async (request, reply) => {
    const person = personIn(request);
    const outcome = await open.identities.untieIdentity(person.id, request.params.id);
    if (outcome === 'done') await noteAct(open, request, { did: 'identity-untied' });
    request.session.flash = { text: UNTIED[outcome], ...(outcome === 'done' ? {} : { bad: true }) };
    return await reply.redirect('/account', 303);
  });
}

const UNTIED = {
  done: 'Removed: you do not sign in by it any more. Signing in by it once more would tie it again by your address.',
  none: 'It was removed already.',
  'no-other-way': 'It stays: you have no password and no passkey, so you could not come in any more. Set one first.',
} as const;

/**
 * To the service, by a page that goes on by itself. A redirect in answer to a form would have to be allowed by the policy of our pages,
 * and so would every further host that the service sends people to: we know none of them.
 */
async function leave(
  request: FastifyRequest,
  reply: FastifyReply,
  context: Open,
  { next, tieTo }: { readonly next: string; readonly tieTo: string | null },
) {
  const { service, now } = context;
  const begun = await service.begin();
  if ('why' in begun) return await refuse(request, reply, context, { why: begun.why, next, tieTo });
  request.session.identity = { ...begun.challenge, next, tieTo, until: now().getTime() + CHALLENGE_MS };
  void reply.header('refresh', `0;url=${begun.url}`);
  return sendPage(reply, GoOnPage({ label: service.label, url: begun.url }));
}

async function comeBack(request: FastifyRequest, reply: FastifyReply, context: Open) {
  const challenge = request.session.identity;
  // Whatever comes of it, it is not good for another.
  delete request.session.identity;
  if (challenge === undefined || !isOurs(request, challenge, context.now())) {
    return await refuse(request, reply, context, { why: 'not-ours', next: '/drafts', tieTo: null });
  }
  const { next, tieTo } = challenge;
  const search = request.url.slice(request.url.indexOf('?'));
  const told = await context.service.finish(search, challenge);
  if ('why' in told) return await refuse(request, reply, context, { why: told.why, next, tieTo });
  if (tieTo !== null) return await tie(request, reply, context, told.identity);
  const found = await accountOf(request, context, told.identity);
  if ('why' in found) {
    return await refuse(request, reply, context, { ...found, next, tieTo, address: told.identity.email });
  }
  await noteAct(context, request, { did: 'signed-in', byUser: found.account.id, detail: WAY });
  await beSignedIn(request, found.account.id);
  // Another session than the one with which they came.
  request.session.viaIdentity = true;
  await request.session.save();
  return await reply.redirect(next, 303);
}

/** They come from where we sent them, in time, and still are who they were. */
function isOurs({ query, person }: FastifyRequest, challenge: Challenge, now: Date): boolean {
  const { state, until, tieTo } = challenge;
  const { state: brought } = fieldsOf(query);
  return brought === state && until > now.getTime() && (tieTo === null || tieTo === person?.id);
}

/** The account of an identity; the first time it is found by the address, if the service vouches for it, and tied for good. */
async function accountOf(
  request: FastifyRequest,
  context: Open,
  identity: Identity,
): Promise<{ readonly account: Account } | { readonly why: IdentityRefusal; readonly userId?: string }> {
  const { identities, accounts, now } = context;
  const tied = await identities.findIdentity(identity);
  if (tied !== undefined) {
    const account = await accounts.findUser(tied.userId);
    if (account?.disabledAt !== null) return { why: 'closed', userId: tied.userId };
    await identities.noteIdentityUse(tied.id, now());
    return { account };
  }
  if (identity.email === null || !identity.emailVerified) return { why: 'unverified' };
  const account = await accounts.findByEmail(identity.email);
  if (account === undefined) return { why: 'unknown' };
  if (account.disabledAt !== null) return { why: 'closed', userId: account.id };
  if (!(await identities.tieIdentity(account.id, identity, now()))) {
    // In two windows at once: the other one tied it, and it is theirs all the same.
    const ours = (await identities.findIdentity(identity))?.userId === account.id;
    return ours ? { account } : { why: 'tied-elsewhere', userId: account.id };
  }
  await noteAct(context, request, { did: 'identity-tied', byUser: account.id, detail: identity.email });
  await tellOwner(context.mail, account, 'identity-tied');
  return { account };
}

/** At the wish of somebody who is signed in: whatever the address of the identity is. */
async function tie(request: FastifyRequest, reply: FastifyReply, context: Open, identity: Identity) {
  const person = personIn(request);
  const before = await context.identities.findIdentity(identity);
  if (before?.userId !== person.id && !(await context.identities.tieIdentity(person.id, identity, context.now()))) {
    return await refuse(request, reply, context, { why: 'tied-elsewhere', next: '/account', tieTo: person.id });
  }
  if (before === undefined) {
    await noteAct(context, request, { did: 'identity-tied', detail: identity.email });
    await tellOwner(context.mail, person, 'identity-tied');
  }
  request.session.flash = { text: `Done: you can sign in with ${context.service.label}.` };
  return await reply.redirect('/account', 303);
}

interface Refused {
  readonly why: IdentityRefusal;
  readonly next: string;
  readonly tieTo: string | null;
  readonly address?: string | null;
  readonly userId?: string;
}

/** Always a page with words and the other ways in. */
async function refuse(request: FastifyRequest, reply: FastifyReply, context: Open, refused: Refused) {
  const { why, next, tieTo, address = null, userId } = refused;
  const { label } = context.service;
  if (tieTo !== null) {
    const words = why === 'tied-elsewhere' ? TIE_REFUSED : refusalWords(why, label, address);
    request.session.flash = { text: words, bad: true };
    return await reply.redirect('/account', 303);
  }
  const about = userId === undefined ? null : `person:${userId}`;
  await noteAct(context, request, { did: 'sign-in-refused', byUser: null, about, detail: `${WAY}: ${why}` });
  const door = { next, fault: refusalWords(why, label, address), status: refusalStatus(why) };
  return showDoor(reply, { ...context, identity: context.service }, door);
}

const TIE_REFUSED =
  'Not tied: it belongs to another account of this desk, or your account has another one already. Remove that first.';
