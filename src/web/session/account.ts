import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { personIn } from '../access.js';
import { fieldsOf, line, text } from '../fields.js';
import { openFrame, type NoticeBoard } from '../layout/frame.js';
import { sendPage } from '../layout/send-page.js';
import { AccountPage } from './account-page.js';
import { hashPassword, isPassword, passwordFault } from './passwords.js';

export interface SessionListing {
  readonly key: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export interface AccountPorts {
  readonly accounts: {
    findByEmail(email: string): Promise<{ readonly passwordHash: string | null } | undefined>;
    /** @throws {Failure} user.refused when the address is none or taken, or the name is empty */
    rename(id: string, person: { email: string; name: string }): Promise<void>;
    /** Ends every session of the person. */
    setPassword(id: string, hash: string): Promise<void>;
  };
  readonly sessions: {
    listOf(userId: string, now: Date): Promise<readonly SessionListing[]>;
    removeOthers(userId: string, exceptId: string): Promise<void>;
  };
}

export interface AccountContext extends AccountPorts {
  readonly now: () => Date;
  readonly notices: NoticeBoard;
}

const EDITOR = { role: 'editor' } as const;

/** What everybody may do with their own account. */
export function accountRoutes(app: FastifyInstance, context: AccountContext): void {
  const { accounts, sessions } = context;
  app.get('/account', { config: EDITOR }, (request, reply) => show(request, reply, context, null));
  app.post('/account/sessions', { config: EDITOR }, async (request, reply) => {
    await sessions.removeOthers(personIn(request).id, request.session.sessionId);
    request.session.flash = { text: 'You are signed out everywhere but here.' };
    return await reply.redirect('/account', 303);
  });
  app.post('/account/name', { config: EDITOR }, async (request, reply) => {
    const fields = fieldsOf(request.body);
    const { id, email } = personIn(request);
    await accounts.rename(id, { email: line(fields, 'email', 254) || email, name: line(fields, 'name', 100) });
    request.session.flash = { text: 'Saved. New posts carry the name as it is now.' };
    return await reply.redirect('/account', 303);
  });
  const limit = { rateLimit: { max: 20, timeWindow: '10 minutes' } };
  app.post('/account/password', { config: { ...EDITOR, ...limit } }, async (request, reply) => {
    const person = personIn(request);
    const fields = fieldsOf(request.body);
    const password = text(fields, 'password', 10_000);
    const stored = (await accounts.findByEmail(person.email))?.passwordHash ?? null;
    const right = await isPassword(text(fields, 'present', 10_000), stored);
    const fault = right ? passwordFault(password, person) : 'Your present password is not right.';
    if (fault !== null) return await show(request, reply, context, fault);
    await accounts.setPassword(person.id, await hashPassword(password));
    await request.session.regenerate();
    request.session.userId = person.id;
    request.session.flash = { text: 'Your password is changed, and you are signed out everywhere but here.' };
    await request.session.save();
    return await reply.redirect('/account', 303);
  });
}

async function show(request: FastifyRequest, reply: FastifyReply, context: AccountContext, fault: string | null) {
  const now = context.now();
  const [rows, frame] = await Promise.all([
    context.sessions.listOf(personIn(request).id, now),
    openFrame(request, reply, context.notices),
  ]);
  return sendPage(reply, AccountPage({ frame, sessions: rows, fault, now }), fault === null ? 200 : 422);
}
