import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Failure } from '../../model/failure.js';
import { ROLES, type Role } from '../../model/role.js';
import { personIn } from '../access.js';
import { noteAct, type ActLog } from '../audit/note-act.js';
import { fieldsOf, line, oneOf, text } from '../fields.js';
import { openFrame, type NoticeBoard } from '../layout/frame.js';
import { sendPage } from '../layout/send-page.js';
import { invitationLetter, INVITATION_MINUTES } from '../../outputs/messages/link-letters.js';
import type { DeskMail } from '../session/mail-box.js';
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

/** What looking after the people needs of the sessions. */
export interface SessionsOfPeople {
  /** By the id of the person. */
  counts(now: Date): Promise<ReadonlyMap<string, number>>;
  /** Gives how many sessions that were. */
  removeAll(userId: string): Promise<number>;
}

export interface PeopleContext {
  readonly people: People;
  readonly sessions: SessionsOfPeople;
  readonly log: ActLog;
  readonly mail: DeskMail;
  readonly now: () => Date;
  readonly notices: NoticeBoard;
  readonly publicUrl: string;
}

interface OfPerson {
  Params: { id: string };
}

const ADMIN = { role: 'admin' } as const;

export function peopleRoutes(app: FastifyInstance, context: PeopleContext): void {
  const { people, now } = context;
  linkRoutes(app, context);
  app.get('/people', { config: ADMIN }, (request, reply) => show(request, reply, context, {}));
  app.post('/people', { config: ADMIN }, async (request, reply) => {
    const fields = fieldsOf(request.body);
    const wanted = { email: line(fields, 'email', 254), name: line(fields, 'name', 100), role: roleIn(fields) };
    try {
      const person = await people.addUser(wanted);
      await noteAct(context, request, { did: 'invited', about: `person:${person.id}`, detail: person.role });
      if (context.mail.box !== null) return await mailLink(request, reply, context, person);
      return await showLink(request, reply, context, person);
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'user.refused') throw error;
      return await show(request, reply, context, { fault: error.message, wanted });
    }
  });
  app.post<OfPerson>('/people/:id/role', { config: ADMIN }, async (request, reply) => {
    const person = await getPerson(people, request.params.id);
    const role = roleIn(fieldsOf(request.body));
    await people.changeRole(person.id, role);
    const detail = `${person.role} to ${role}`;
    await noteAct(context, request, { did: 'role-changed', about: `person:${person.id}`, detail });
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
    const did = close ? 'account-closed' : 'account-opened';
    await noteAct(context, request, { did, about: `person:${person.id}` });
    request.session.flash = { text: `${person.name} ${close ? 'cannot sign in any more' : 'may sign in again'}.` };
    return await reply.redirect('/people', 303);
  });
}

function linkRoutes(app: FastifyInstance, context: PeopleContext): void {
  const { people, sessions } = context;
  app.post<OfPerson>('/people/:id/link', { config: ADMIN }, async (request, reply) =>
    showLink(request, reply, context, await getPerson(people, request.params.id)),
  );
  app.post<OfPerson>('/people/:id/invitation', { config: ADMIN }, async (request, reply) =>
    mailLink(request, reply, context, await getPerson(people, request.params.id)),
  );
  app.post<OfPerson>('/people/:id/sessions', { config: ADMIN }, async (request, reply) => {
    const person = await getPerson(people, request.params.id);
    const ended = await sessions.removeAll(person.id);
    const detail = `${ended}`;
    await noteAct(context, request, { did: 'sessions-ended', about: `person:${person.id}`, detail });
    // Whoever ends their own sessions has none left to say so in.
    if (person.id === personIn(request).id) return await reply.redirect('/sign-in', 303);
    request.session.flash = { text: `${person.name} is signed out everywhere.` };
    return await reply.redirect('/people', 303);
  });
}

function refuseClosed({ disabledAt }: PersonRow): void {
  if (disabledAt !== null) {
    throw new Failure('user.refused', 'This account is closed. Open it first.', { mistake: true });
  }
}

/** The link is made when the mail is sent: nobody here sees it. */
async function mailLink(request: FastifyRequest, reply: FastifyReply, context: PeopleContext, person: PersonRow) {
  const { mail, publicUrl, now } = context;
  refuseClosed(person);
  if (mail.box === null) throw new Failure('user.refused', 'This desk sends no mail.', { mistake: true });
  await mail.box.hurry(await mail.box.write([invitationLetter(person, publicUrl, now().toISOString())], now()));
  await noteAct(context, request, { did: 'link-mailed', about: `person:${person.id}` });
  request.session.flash = { text: `A link is on its way to ${person.email}. It works once, for three days.` };
  return await reply.redirect('/people', 303);
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
  refuseClosed(person);
  await noteAct(context, request, { did: 'link-made', about: `person:${person.id}` });
  const token = await people.createLink(person.id, new Date(now().getTime() + INVITATION_MINUTES * 60_000));
  return await show(request, reply, context, { link: { name: person.name, url: `${publicUrl}/welcome/${token}` } });
}

interface Shown {
  readonly fault?: string;
  readonly wanted?: { readonly email: string; readonly name: string; readonly role: Role };
  readonly link?: { readonly name: string; readonly url: string };
}

async function show(request: FastifyRequest, reply: FastifyReply, context: PeopleContext, shown: Shown) {
  const { people, sessions, notices, mail } = context;
  const now = context.now();
  const [rows, counts, frame] = await Promise.all([
    people.listUsers(),
    sessions.counts(now),
    openFrame(request, reply, notices),
  ]);
  const page = { frame, people: rows, sessions: counts, mail: mail.box !== null, now, ...shown };
  return sendPage(reply, PeoplePage(page), shown.fault === undefined ? 200 : 422);
}
