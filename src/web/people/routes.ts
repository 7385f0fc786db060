import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Failure } from '../../model/failure.js';
import { ROLES, type Role } from '../../model/role.js';
import { personIn } from '../access.js';
import { fieldsOf, line, oneOf, text } from '../fields.js';
import { openFrame, type NoticeBoard } from '../layout/frame.js';
import { sendPage } from '../layout/send-page.js';
import { PeoplePage } from './people-page.js';

export interface PersonRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly passwordHash: string | null;
  readonly disabledAt: Date | null;
  readonly lockedUntil: Date | null;
}

/** What looking after the people needs of the store. */
export interface People {
  listUsers(): Promise<readonly PersonRow[]>;
  findUser(id: string): Promise<PersonRow | undefined>;
  /** @throws {Failure} user.refused when the address is none or taken */
  addUser(person: { email: string; name: string; role: Role }): Promise<PersonRow>;
  /** @throws {Failure} user.refused when no admin would be left; so `setDisabled` too */
  changeRole(id: string, role: Role): Promise<void>;
  setDisabled(id: string, at: Date | null): Promise<void>;
  /** Gives the token of a link that works once. */
  createLink(userId: string, until: Date): Promise<string>;
}

export interface PeopleContext {
  readonly people: People;
  readonly now: () => Date;
  readonly notices: NoticeBoard;
  readonly publicUrl: string;
}

interface OfPerson {
  Params: { id: string };
}

/** How long an invitation is good for. */
const LINK_MS = 3 * 24 * 3_600_000;
const ADMIN = { role: 'admin' } as const;

export function peopleRoutes(app: FastifyInstance, context: PeopleContext): void {
  const { people, now } = context;
  app.get('/people', { config: ADMIN }, (request, reply) => show(request, reply, context, {}));
  app.post('/people', { config: ADMIN }, async (request, reply) => {
    const fields = fieldsOf(request.body);
    const wanted = { email: line(fields, 'email', 254), name: line(fields, 'name', 100), role: roleIn(fields) };
    try {
      return await showLink(request, reply, context, await people.addUser(wanted));
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'user.refused') throw error;
      return await show(request, reply, context, { fault: error.message, wanted });
    }
  });
  app.post<OfPerson>('/people/:id/link', { config: ADMIN }, async (request, reply) =>
    showLink(request, reply, context, await getPerson(people, request.params.id)),
  );
  app.post<OfPerson>('/people/:id/role', { config: ADMIN }, async (request, reply) => {
    const person = await getPerson(people, request.params.id);
    const role = roleIn(fieldsOf(request.body));
    await people.changeRole(person.id, role);
    request.session.flash = { text: `${person.name} is ${role} now.` };
    return await reply.redirect('/people', 303);
  });
  app.post<OfPerson>('/people/:id/access', { config: ADMIN }, async (request, reply) => {
    const person = await getPerson(people, request.params.id);
    const close = text(fieldsOf(request.body), 'access') === 'close';
    if (close && person.id === personIn(request).id) {
      throw new Failure('user.refused', 'You cannot close your own account. Another admin can.', { mistake: true });
    }
    await people.setDisabled(person.id, close ? now() : null);
    request.session.flash = { text: `${person.name} ${close ? 'cannot sign in any more' : 'may sign in again'}.` };
    return await reply.redirect('/people', 303);
  });
}

function roleIn(fields: Readonly<Record<string, unknown>>): Role {
  const role = oneOf(text(fields, 'role'), ROLES);
  if (role === null) throw new Failure('user.refused', 'Choose a role: editor, operator or admin.', { mistake: true });
  return role;
}

async function getPerson(people: People, id: string): Promise<PersonRow> {
  const person = await people.findUser(id);
  if (person === undefined)
    throw new Failure('user.refused', 'There is no such person on the list.', { mistake: true });
  return person;
}

/** Shows the link once: it is not kept, and cannot be shown again. */
async function showLink(request: FastifyRequest, reply: FastifyReply, context: PeopleContext, person: PersonRow) {
  const { people, now, publicUrl } = context;
  if (person.disabledAt !== null)
    throw new Failure('user.refused', 'This account is closed. Open it first.', { mistake: true });
  const token = await people.createLink(person.id, new Date(now().getTime() + LINK_MS));
  return await show(request, reply, context, { link: { name: person.name, url: `${publicUrl}/welcome/${token}` } });
}

interface Shown {
  readonly fault?: string;
  readonly wanted?: { readonly email: string; readonly name: string; readonly role: Role };
  readonly link?: { readonly name: string; readonly url: string };
}

async function show(
  request: FastifyRequest,
  reply: FastifyReply,
  { people, now, notices }: PeopleContext,
  shown: Shown,
) {
  const [rows, frame] = await Promise.all([people.listUsers(), openFrame(request, reply, notices)]);
  return sendPage(
    reply,
    PeoplePage({ frame, people: rows, now: now(), ...shown }),
    shown.fault === undefined ? 200 : 422,
  );
}
