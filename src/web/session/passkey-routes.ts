import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Failure } from '../../model/failure.js';
import { localPath, personIn } from '../access.js';
import { noteAct, type ActLog } from '../audit/note-act.js';
import { fieldsOf, line, text } from '../fields.js';
import { browserName } from './browser-name.js';
import { tellOwner, type DeskMail } from './mail-box.js';
import {
  createdKey,
  creationOptions,
  keyIdIn,
  partyOf,
  requestOptions,
  signedBy,
  type KnownPasskey,
  type Party,
} from './passkey-ceremony.js';
import { isPassword } from './passwords.js';
import { beSignedIn } from './routes.js';

export interface PasskeyRow extends KnownPasskey {
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

export interface Passkeys {
  passkeysOf(userId: string): Promise<readonly PasskeyRow[]>;
  findPasskey(id: string): Promise<PasskeyRow | undefined>;
  /** @throws {Failure} user.refused for a bad name, one too many, or one that is known already */
  addPasskey(key: Omit<PasskeyRow, 'lastUsedAt'>): Promise<void>;
  /** False: a copy of it was used in between. */
  usePasskey(id: string, counter: number, now: Date): Promise<boolean>;
  renamePasskey(userId: string, id: string, name: string): Promise<boolean>;
  removePasskey(userId: string, id: string): Promise<boolean>;
}

export interface PasskeyContext {
  readonly passkeys: Passkeys;
  readonly accounts: {
    findUser(id: string): Promise<
      | {
          readonly id: string;
          readonly name: string;
          readonly email: string;
          readonly passwordHash: string | null;
          readonly disabledAt: Date | null;
        }
      | undefined
    >;
  };
  readonly log: ActLog;
  readonly mail: DeskMail;
  readonly now: () => Date;
}

declare module 'fastify' {
  interface Session {
    /** What the next answer of a passkey must sign: used once, for five minutes. */
    challenge?: { readonly value: string; readonly purpose: 'add' | 'sign-in'; readonly until: number };
  }
}

interface OfPasskey {
  Params: { id: string };
}

const CHALLENGE_MS = 5 * 60_000;
const LIMIT = { rateLimit: { max: 20, timeWindow: '10 minutes' } } as const;
const EDITOR = { role: 'editor' } as const;
const PUBLIC = { role: 'public' } as const;
/** An answer of a passkey is some kilobytes. */
const BODY = { bodyLimit: 100_000 } as const;

/** Signing in without a password, by what a device keeps. Not there where browsers have no passkeys (`partyOf`). */
export function passkeyRoutes(app: FastifyInstance, context: PasskeyContext): void {
  const party = partyOf(context.mail.publicUrl);
  if (party === null) return;
  app.post('/sign-in/passkey/options', { ...BODY, config: { ...PUBLIC, ...LIMIT } }, async (request, reply) => {
    const options = await requestOptions(party);
    remember(request, context, { value: options.challenge, purpose: 'sign-in' });
    return await reply.header('cache-control', 'no-store').send(options);
  });
  app.post('/sign-in/passkey', { ...BODY, config: { ...PUBLIC, ...LIMIT } }, (request, reply) =>
    signIn(request, reply, context, party),
  );
  app.post('/account/passkeys/options', { ...BODY, config: { ...EDITOR, ...LIMIT } }, async (request, reply) => {
    const person = personIn(request);
    const stored = (await context.accounts.findUser(person.id))?.passwordHash ?? null;
    // A key outlives the session: an open screen that somebody found must not be enough to add one.
    if (!(await isPassword(text(fieldsOf(request.body), 'present', 10_000), stored))) {
      throw new Failure('user.refused', 'Your present password is not right.', { mistake: true });
    }
    const options = await creationOptions(party, person, await context.passkeys.passkeysOf(person.id));
    remember(request, context, { value: options.challenge, purpose: 'add' });
    return await reply.header('cache-control', 'no-store').send(options);
  });
  app.post('/account/passkeys', { ...BODY, config: { ...EDITOR, ...LIMIT } }, (request, reply) =>
    add(request, reply, context, party),
  );
  changeRoutes(app, context);
}

function changeRoutes(app: FastifyInstance, context: PasskeyContext): void {
  const { passkeys } = context;
  app.post<OfPasskey>('/account/passkeys/:id/name', { config: EDITOR }, async (request, reply) => {
    const name = line(fieldsOf(request.body), 'name', 60);
    const done = await passkeys.renamePasskey(personIn(request).id, request.params.id, name);
    if (done) await noteAct(context, request, { did: 'passkey-renamed', detail: name });
    return await told(request, reply, done ? 'Renamed.' : null);
  });
  app.post<OfPasskey>('/account/passkeys/:id/remove', { config: EDITOR }, async (request, reply) => {
    const done = await passkeys.removePasskey(personIn(request).id, request.params.id);
    if (done) await noteAct(context, request, { did: 'passkey-removed' });
    return await told(request, reply, done ? 'Removed: nobody signs in with it any more.' : null);
  });
}

async function told(request: FastifyRequest, reply: FastifyReply, words: string | null): Promise<FastifyReply> {
  request.session.flash = words === null ? { text: 'You have no such passkey any more.', bad: true } : { text: words };
  return await reply.redirect('/account', 303);
}

async function add(request: FastifyRequest, reply: FastifyReply, context: PasskeyContext, party: Party) {
  const fields = fieldsOf(request.body);
  const challenge = challengeOf(request, context, 'add');
  const key = challenge === null ? null : await createdKey(party, challenge, fields['response']);
  if (key === null) {
    throw new Failure('user.refused', 'That did not make a passkey. Try once more.', { mistake: true });
  }
  const person = personIn(request);
  const name = line(fields, 'name', 60) || browserName(request.headers['user-agent']) || 'Passkey';
  await context.passkeys.addPasskey({ ...key, userId: person.id, name, createdAt: context.now() });
  await noteAct(context, request, { did: 'passkey-added', detail: name });
  await tellOwner(context.mail, person, 'passkey-added');
  request.session.flash = { text: `“${name}” is added: you can sign in with it.` };
  return await reply.send({ next: '/account' });
}

/** One answer for everything that is wrong: an unknown key, a closed account, a bad signature, a challenge that was used. */
async function signIn(request: FastifyRequest, reply: FastifyReply, context: PasskeyContext, party: Party) {
  const fields = fieldsOf(request.body);
  const response = fields['response'];
  const challenge = challengeOf(request, context, 'sign-in');
  const id = keyIdIn(response);
  const key = id === null ? undefined : await context.passkeys.findPasskey(id);
  const signed = challenge === null || key === undefined ? null : await signedBy(party, key, { challenge, response });
  const user = key === undefined ? undefined : await context.accounts.findUser(key.userId);
  const good =
    signed !== null &&
    key !== undefined &&
    user?.disabledAt === null &&
    (await context.passkeys.usePasskey(key.id, signed.counter, context.now()));
  if (!good || user === undefined) {
    const about = user === undefined ? null : `person:${user.id}`;
    await noteAct(context, request, { did: 'sign-in-refused', byUser: null, about, detail: 'passkey' });
    return await reply.code(401).send({ what: 'This passkey does not open this desk.' });
  }
  await noteAct(context, request, { did: 'signed-in', byUser: user.id, detail: 'passkey' });
  await beSignedIn(request, user.id);
  return await reply.send({ next: localPath(text(fields, 'next')) });
}

type Challenge = NonNullable<FastifyRequest['session']['challenge']>;

function remember(request: FastifyRequest, { now }: PasskeyContext, challenge: Omit<Challenge, 'until'>): void {
  request.session.challenge = { ...challenge, until: now().getTime() + CHALLENGE_MS };
}

/** Takes it out: whatever comes of this answer, it is not good for another. */
function challengeOf(request: FastifyRequest, { now }: PasskeyContext, purpose: Challenge['purpose']): string | null {
  const { challenge } = request.session;
  delete request.session.challenge;
  const good = challenge?.purpose === purpose && challenge.until > now().getTime();
  return good ? challenge.value : null;
}
