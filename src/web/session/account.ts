import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Failure } from '../../model/failure.js';
import { personIn } from '../access.js';
import { noteAct, type ActLog } from '../audit/note-act.js';
import { fieldsOf, line, text } from '../fields.js';
import { openFrame, type NoticeBoard } from '../layout/frame.js';
import { sendPage } from '../layout/send-page.js';
import { AccountPage } from './account-page.js';
import type { Identities } from './identity-routes.js';
import { partyOf } from './passkey-ceremony.js';
import type { ShownPasskey } from './passkeys-panel.js';
import { tellOwner, type DeskMail } from './mail-box.js';
import { hashPassword, isPassword, passwordFault } from './passwords.js';
import { beSignedIn } from './routes.js';

export interface SessionListing {
  readonly key: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** Browser and system; `null` when it did not say. */
  readonly agent: string | null;
  /** Whether it is the one that asks. */
  readonly here: boolean;
}

export interface AccountPorts {
  readonly accounts: {
    findByEmail(email: string): Promise<{ readonly passwordHash: string | null } | undefined>;
    /** @throws {Failure} user.refused when the address is none or taken, or the name is empty */
    rename(id: string, person: { email: string; name: string }): Promise<void>;
    /** Ends every session of the person. */
    setPassword(id: string, hash: string): Promise<void>;
    wantsDigest(id: string): Promise<boolean>;
    chooseDigest(id: string, digest: boolean): Promise<void>;
  };
  readonly sessions: {
    listOf(userId: string, now: Date, hereId: string): Promise<readonly SessionListing[]>;
    /** False: this person has no such session. */
    removeOne(userId: string, key: string): Promise<boolean>;
    removeOthers(userId: string, exceptId: string): Promise<void>;
  };
}

export interface AccountContext extends AccountPorts {
  readonly passkeys: { passkeysOf(userId: string): Promise<readonly ShownPasskey[]> };
  readonly identities: Pick<Identities, 'identitiesOf'>;
  /** What the sign-in service is called; `null`: none is set up. */
  readonly identityLabel: string | null;
  readonly now: () => Date;
  readonly notices: NoticeBoard;
  readonly log: ActLog;
  readonly mail: DeskMail;
}

const EDITOR = { role: 'editor' } as const;
const LIMIT = { rateLimit: { max: 20, timeWindow: '10 minutes' } } as const;

/** What everybody may do with their own account. */
export function accountRoutes(app: FastifyInstance, context: AccountContext): void {
  const { accounts } = context;
  app.get('/account', { config: EDITOR }, (request, reply) => show(request, reply, context, null));
  sessionEndings(app, context);
  app.post('/account/name', { config: { ...EDITOR, ...LIMIT } }, (request, reply) => rename(request, reply, context));
  app.post('/account/digest', { config: EDITOR }, async (request, reply) => {
    const wanted = text(fieldsOf(request.body), 'digest') === 'yes';
    await accounts.chooseDigest(personIn(request).id, wanted);
    await noteAct(context, request, { did: 'digest-chosen', detail: wanted ? 'yes' : 'no' });
    request.session.flash = { text: wanted ? 'You have the morning digest.' : 'You have no morning digest any more.' };
    return await reply.redirect('/account', 303);
  });
  app.post('/account/password', { config: { ...EDITOR, ...LIMIT } }, async (request, reply) => {
    const person = personIn(request);
    const fields = fieldsOf(request.body);
    const password = text(fields, 'password', 10_000);
    const right = await isTheirs(context, request);
    const fault = right ? passwordFault(password, person) : 'Your present password is not right.';
    if (fault !== null) return await show(request, reply, context, fault);
    await accounts.setPassword(person.id, await hashPassword(password));
    await noteAct(context, request, { did: 'password-changed' });
    await tellOwner(context.mail, person, 'password-changed');
    await beSignedIn(request, person.id);
    request.session.flash = { text: 'Your password is changed, and you are signed out everywhere but here.' };
    await request.session.save();
    return await reply.redirect('/account', 303);
  });
}

function sessionEndings(app: FastifyInstance, context: AccountContext): void {
  const { sessions } = context;
  app.post('/account/sessions', { config: EDITOR }, async (request, reply) => {
    await sessions.removeOthers(personIn(request).id, request.session.sessionId);
    await noteAct(context, request, { did: 'sessions-ended', detail: 'all others' });
    request.session.flash = { text: 'You are signed out everywhere but here.' };
    return await reply.redirect('/account', 303);
  });
  app.post<{ Params: { key: string } }>('/account/sessions/:key', { config: EDITOR }, async (request, reply) => {
    const ended = await sessions.removeOne(personIn(request).id, request.params.key);
    if (ended) await noteAct(context, request, { did: 'sessions-ended', detail: 'one' });
    request.session.flash = ended
      ? { text: 'That session is ended.' }
      : { text: 'That session has ended already.', bad: true };
    return await reply.redirect('/account', 303);
  });
}

/** Another address is where links for a new password go: whoever only found an open screen must not set it. */
async function rename(request: FastifyRequest, reply: FastifyReply, context: AccountContext) {
  const fields = fieldsOf(request.body);
  const person = personIn(request);
  const email = line(fields, 'email', 254) || person.email;
  const moved = email.toLowerCase() !== person.email.toLowerCase();
  if (moved && !(await isTheirs(context, request))) {
    throw new Failure('user.refused', 'To change your address, give your present password with it.', { mistake: true });
  }
  await context.accounts.rename(person.id, { email, name: line(fields, 'name', 100) });
  await noteAct(context, request, { did: 'renamed', detail: moved ? 'address' : 'name' });
  if (moved) await tellOwner(context.mail, person, 'address-changed');
  request.session.flash = { text: 'Saved. New posts carry the name as it is now.' };
  return await reply.redirect('/account', 303);
}

/** Whether the field `present` holds the password of whoever is signed in. */
async function isTheirs({ accounts }: AccountContext, request: FastifyRequest): Promise<boolean> {
  const stored = (await accounts.findByEmail(personIn(request).email))?.passwordHash ?? null;
  return await isPassword(text(fieldsOf(request.body), 'present', 10_000), stored);
}

async function show(request: FastifyRequest, reply: FastifyReply, context: AccountContext, fault: string | null) {
  const now = context.now();
  const { id } = personIn(request);
  const { box, publicUrl } = context.mail;
  const label = context.identityLabel;
  const [rows, digest, passkeys, identities, frame] = await Promise.all([
    context.sessions.listOf(id, now, request.session.sessionId),
    context.accounts.wantsDigest(id),
    partyOf(publicUrl) === null ? null : context.passkeys.passkeysOf(id),
    label === null ? [] : context.identities.identitiesOf(id),
    openFrame(request, reply, context.notices),
  ]);
  const identity = label === null ? null : { label, identities };
  const page = { frame, sessions: rows, digest: box === null ? null : digest, passkeys, identity, fault, now };
  return sendPage(reply, AccountPage(page), fault === null ? 200 : 422);
}
