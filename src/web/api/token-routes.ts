import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Failure } from '../../model/failure.js';
import { hasRole, ROLES, type Role } from '../../model/role.js';
import { personIn } from '../access.js';
import { fieldsOf, line, oneOf, text, whole, type Fields } from '../fields.js';
import { openFrame, type NoticeBoard } from '../layout/frame.js';
import { sendPage } from '../layout/send-page.js';
import { TokensPage } from './tokens-page.js';

export interface TokenRow {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
}

/** What a person does with their own tokens. */
export interface OwnTokens {
  /** The token is given here and never again. @throws {Failure} user.refused when there are too many */
  createToken(
    userId: string,
    wanted: { readonly name: string; readonly role: Role; readonly expiresAt: Date },
    now: Date,
  ): Promise<string>;
  tokensOf(userId: string, now: Date): Promise<readonly TokenRow[]>;
  /** False when the person has no such token. */
  revokeToken(userId: string, id: string, now: Date): Promise<boolean>;
}

export interface TokensContext {
  readonly tokens: OwnTokens;
  readonly now: () => Date;
  readonly notices: NoticeBoard;
}

const EDITOR = { role: 'editor' } as const;
const DAY_MS = 86_400_000;
const MOST_DAYS = 365;
const USUAL_DAYS = 90;

/** Everybody's own tokens for the API. Nobody sees or ends those of another. */
export function tokenRoutes(app: FastifyInstance, context: TokensContext): void {
  const { tokens, now } = context;
  app.get('/account/tokens', { config: EDITOR }, (request, reply) => show(request, reply, context, null));
  app.post('/account/tokens', { config: EDITOR }, async (request, reply) => {
    const fields = fieldsOf(request.body);
    const person = personIn(request);
    const wanted = { name: nameIn(fields), role: roleIn(fields, person.role), expiresAt: endIn(fields, now()) };
    const token = await tokens.createToken(person.id, wanted, now());
    return await show(request, reply, context, { name: wanted.name, token });
  });
  app.post<{ Params: { id: string } }>('/account/tokens/:id/revoke', { config: EDITOR }, async (request, reply) => {
    if (!(await tokens.revokeToken(personIn(request).id, request.params.id, now()))) return reply.callNotFound();
    request.session.flash = { text: 'Revoked. Whoever has it is turned away from now on.' };
    return await reply.redirect('/account/tokens', 303);
  });
}

function nameIn(fields: Fields): string {
  const name = line(fields, 'name', 100);
  if (name === '') throw mistake('Say what the token is for, so that you know later whether it is still needed.');
  return name;
}

function roleIn(fields: Fields, own: Role): Role {
  const role = oneOf(text(fields, 'role'), ROLES);
  if (role === null || !hasRole(own, role)) throw mistake('A token may do at most what you may do yourself.');
  return role;
}

function endIn(fields: Fields, now: Date): Date {
  const days = whole(fields, 'days', { least: 1, fallback: USUAL_DAYS });
  if (days > MOST_DAYS) throw mistake(`A token ends by itself: at most ${MOST_DAYS} days.`);
  return new Date(now.getTime() + days * DAY_MS);
}

function mistake(words: string): Failure {
  return new Failure('user.refused', words, { mistake: true });
}

async function show(
  request: FastifyRequest,
  reply: FastifyReply,
  { tokens, now, notices }: TokensContext,
  made: { readonly name: string; readonly token: string } | null,
) {
  const [rows, frame] = await Promise.all([
    tokens.tokensOf(personIn(request).id, now()),
    openFrame(request, reply, notices),
  ]);
  return sendPage(reply, TokensPage({ frame, tokens: rows, made, now: now() }));
}
