import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { localPath } from '../access.js';
import { noteAct, type ActLog } from '../audit/note-act.js';
import { fieldsOf, line, text } from '../fields.js';
import { sendPage } from '../layout/send-page.js';
import { browserName } from './browser-name.js';
import { partyOf } from './passkey-ceremony.js';
import { askReset, tellOwner, type DeskMail } from './mail-box.js';
import { hashPassword, isPassword, passwordFault } from './passwords.js';
import { DeadLinkPage, ForgottenPage, SignInPage, WelcomePage } from './sign-in-page.js';

interface Account {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly passwordHash: string | null;
  readonly disabledAt: Date | null;
  readonly lockedUntil: Date | null;
}

/** What signing in needs of the users. */
export interface Accounts {
  findByEmail(email: string): Promise<Account | undefined>;
  noteWrongPassword(id: string, now: Date): Promise<void>;
  noteSignIn(id: string): Promise<void>;
  setPassword(id: string, hash: string): Promise<void>;
  findLink(token: string, now: Date): Promise<Account | undefined>;
  useLink(token: string, now: Date): Promise<Account | undefined>;
  /** @throws {Failure} user.refused when the address is none or taken, or the name is empty */
  rename(id: string, person: { email: string; name: string }): Promise<void>;
}

export interface SessionPorts {
  readonly accounts: Accounts;
  readonly now: () => Date;
  readonly log: ActLog;
  readonly mail: DeskMail;
  /** The sign-in service; `null`: none is set up. */
  readonly identity: { readonly label: string; leaveUrl(): string | null } | null;
}

declare module 'fastify' {
  interface Session {
    /** The browser, for the list of sessions. */
    agent?: string;
  }
}

/** Said for an unknown address, a wrong password, a locked and a closed account alike: nobody learns who is on the list. */
const REFUSED =
  'That email address and password do not fit, or the account is locked for a while after too many tries. Try again in a quarter of an hour, or ask an admin for a new sign-in link.';
/** Signing in, from one address: people mistype; programs that guess need thousands. */
const SIGN_IN_LIMIT = { max: 20, timeWindow: '10 minutes' } as const;
/** Links for a new password, from one address. */
const FORGOTTEN_LIMIT = { max: 5, timeWindow: '10 minutes' } as const;
const PUBLIC = { role: 'public' } as const;

export function sessionRoutes(app: FastifyInstance, ports: SessionPorts): void {
  app.get('/sign-in', { config: PUBLIC }, (request, reply) => {
    const next = localPath(text(fieldsOf(request.query), 'next'));
    if (request.person !== null) return reply.redirect(next, 303);
    const left = text(fieldsOf(request.query), 'left') !== '';
    return showDoor(reply, ports, { next, fault: null, left });
  });
  app.post('/sign-in', { config: { ...PUBLIC, rateLimit: SIGN_IN_LIMIT } }, (request, reply) =>
    signIn(request, reply, ports),
  );
  app.post('/sign-out', { config: PUBLIC }, async (request, reply) => {
    if (request.person !== null) await noteAct(ports, request, { did: 'signed-out' });
    const stays = request.session.viaIdentity === true;
    await request.session.destroy();
    return await reply.redirect(stays ? '/sign-in?left=1' : '/sign-in', 303);
  });
  app.get('/forgotten', { config: PUBLIC }, (_, reply) =>
    sendPage(reply, ForgottenPage({ csrf: reply.generateCsrf(), mail: mailOf(ports), asked: false })),
  );
  app.post('/forgotten', { config: { ...PUBLIC, rateLimit: FORGOTTEN_LIMIT } }, async (request, reply) => {
    const userId = await askReset(ports.mail, line(fieldsOf(request.body), 'email', 254));
    const about = userId === null ? null : `person:${userId}`;
    await noteAct(ports, request, { did: 'reset-asked', byUser: null, about });
    return sendPage(reply, ForgottenPage({ csrf: reply.generateCsrf(), mail: mailOf(ports), asked: true }));
  });
  app.get<{ Params: { token: string } }>('/welcome/:token', { config: PUBLIC }, async (request, reply) => {
    const { token } = request.params;
    const account = await ports.accounts.findLink(token, ports.now());
    if (account === undefined) return sendPage(reply, DeadLinkPage(), 410);
    return sendPage(reply, WelcomePage({ csrf: reply.generateCsrf(), token, fault: null, ...account }));
  });
  app.post<{ Params: { token: string } }>(
    '/welcome/:token',
    { config: { ...PUBLIC, rateLimit: SIGN_IN_LIMIT } },
    (request, reply) => welcome(request, reply, ports, request.params.token),
  );
}

interface Door {
  readonly next: string;
  readonly fault: string | null;
  readonly email?: string;
  /** They have just signed out of a session that the sign-in service opened. */
  readonly left?: boolean;
  readonly status?: number;
}

/** The page for signing in, with every way that there is. */
export function showDoor(
  reply: FastifyReply,
  ports: Pick<SessionPorts, 'mail' | 'identity'>,
  { next, fault, email, left = false, status = 200 }: Door,
): FastifyReply {
  const page = SignInPage({
    csrf: reply.generateCsrf(),
    next,
    fault,
    ...(email === undefined ? {} : { email }),
    mail: mailOf(ports),
    passkeys: partyOf(ports.mail.publicUrl) !== null,
    identity: ports.identity?.label ?? null,
    left: left ? { url: ports.identity?.leaveUrl() ?? null } : null,
  });
  return sendPage(reply, page, status);
}

function mailOf({ mail }: Pick<SessionPorts, 'mail'>): boolean {
  return mail.box !== null;
}

async function signIn(request: FastifyRequest, reply: FastifyReply, ports: SessionPorts) {
  const { accounts, now } = ports;
  const fields = fieldsOf(request.body);
  const email = line(fields, 'email', 254);
  const account = await accounts.findByEmail(email);
  const right = await isPassword(text(fields, 'password', 10_000), account?.passwordHash ?? null);
  const until = account?.lockedUntil ?? null;
  const locked = until !== null && until > now();
  if (account === undefined || !right || locked || account.disabledAt !== null) {
    if (account !== undefined && !right && !locked) await accounts.noteWrongPassword(account.id, now());
    request.log.warn({ userId: account?.id ?? null, locked }, 'sign-in refused');
    const about = account === undefined ? null : `person:${account.id}`;
    await noteAct(ports, request, { did: 'sign-in-refused', byUser: null, about });
    const next = localPath(text(fields, 'next'));
    return showDoor(reply, ports, { next, email, fault: REFUSED, status: 401 });
  }
  await accounts.noteSignIn(account.id);
  await noteAct(ports, request, { did: 'signed-in', byUser: account.id });
  await beSignedIn(request, account.id);
  request.log.info({ userId: account.id }, 'signed in');
  return await reply.redirect(localPath(text(fields, 'next')), 303);
}

async function welcome(request: FastifyRequest, reply: FastifyReply, ports: SessionPorts, token: string) {
  const fields = fieldsOf(request.body);
  const account = await ports.accounts.findLink(token, ports.now());
  if (account === undefined) return sendPage(reply, DeadLinkPage(), 410);
  const password = text(fields, 'password', 10_000);
  const fault =
    passwordFault(password, account) ??
    (password === text(fields, 'again', 10_000) ? null : 'The two are not the same. Type them once more.');
  if (fault !== null) {
    return sendPage(reply, WelcomePage({ csrf: reply.generateCsrf(), token, fault, ...account }), 422);
  }
  // Whoever is known already chooses a password here, and nothing else.
  const known = account.passwordHash !== null;
  const renamed = {
    email: line(fields, 'email', 254) || account.email,
    name: line(fields, 'name', 100) || account.name,
  };
  if (!known) await ports.accounts.rename(account.id, renamed);
  // Used up only now, and only by one of two that come at the same moment.
  const hash = await hashPassword(password);
  if ((await ports.accounts.useLink(token, ports.now())) === undefined) return sendPage(reply, DeadLinkPage(), 410);
  await ports.accounts.setPassword(account.id, hash);
  await noteAct(ports, request, { did: 'password-set', byUser: account.id });
  if (known) await tellOwner(ports.mail, account, 'password-changed');
  await beSignedIn(request, account.id);
  return await reply.redirect('/drafts', 303);
}

/** A new session id: whoever planted or knew the old one has nothing. */
export async function beSignedIn(request: FastifyRequest, userId: string): Promise<void> {
  await request.session.regenerate();
  request.session.userId = userId;
  const agent = browserName(request.headers['user-agent']);
  if (agent !== null) request.session.agent = agent;
  await request.session.save();
}
