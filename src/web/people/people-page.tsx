import { ROLES, type Role } from '../../model/role.js';
import { DeskPage } from '../layout/desk-page.js';
import type { Frame } from '../layout/frame.js';
import { moment } from '../layout/when.js';
import type { PersonRow } from './routes.js';

const ROLE_WORDS: Readonly<Record<Role, string>> = {
  editor: 'Editor: works on drafts and publishes',
  operator: 'Operator: that, and looks after the sources',
  admin: 'Admin: that, and looks after the people',
};

export interface PeopleProps {
  readonly frame: Frame;
  readonly people: readonly PersonRow[];
  /** How many sessions each has, by id. */
  readonly sessions: ReadonlyMap<string, number>;
  /** Whether links can be mailed. */
  readonly mail: boolean;
  readonly now: Date;
  readonly fault?: string;
  readonly wanted?: { readonly email: string; readonly name: string; readonly role: Role };
  readonly link?: { readonly name: string; readonly url: string };
}

export function PeoplePage(props: PeopleProps) {
  const { frame, people, mail, fault, wanted, link } = props;
  return (
    <DeskPage title="People" frame={frame} styles={['people.css']}>
      <div class="page-head">
        <h1>People</h1>
        <p class="lead">
          Who may work at this desk, and as what. What they did is in the <a href="/audit">audit trail</a>.
        </p>
      </div>
      {link === undefined ? null : (
        <section class="told stack" role="status" aria-labelledby="link-title">
          <h2 id="link-title">A sign-in link for {link.name}</h2>
          <p>Send it to them yourself. It works once, for three days, and is not shown again.</p>
          <label>
            <span class="visually-hidden">The link</span>
            <input type="text" readOnly value={link.url} data-select />
          </label>
        </section>
      )}
      <ul class="people">
        {people.map((person) => (
          <PersonCard key={person.id} person={person} {...props} />
        ))}
      </ul>
      <Invite frame={frame} fault={fault ?? null} wanted={wanted} mail={mail} />
    </DeskPage>
  );
}

function standing({ disabledAt, lockedUntil, passwordHash }: PersonRow, now: Date): string {
  if (disabledAt !== null) return 'Closed';
  if (lockedUntil !== null && lockedUntil > now) return `Locked until ${moment(lockedUntil)} after wrong passwords`;
  return passwordHash === null ? 'Invited, no password yet' : 'May sign in';
}

function signedIn(count: number): string {
  return count === 0 ? '' : ` · ${count} ${count === 1 ? 'session' : 'sessions'}`;
}

function PersonCard({ person, frame, sessions, mail, now }: PeopleProps & { readonly person: PersonRow }) {
  const closed = person.disabledAt !== null;
  const count = sessions.get(person.id) ?? 0;
  return (
    <li class="person">
      <div>
        <h2>{person.name}</h2>
        <p class="hint">
          {person.email} · {standing(person, now)}
          {signedIn(count)}
        </p>
      </div>
      <div class="person-actions">
        <form method="post" action={`/people/${person.id}/role`}>
          <input type="hidden" name="_csrf" value={frame.csrf} />
          <label>
            <span class="visually-hidden">Role of {person.name}</span>
            <select name="role">
              {ROLES.map((role) => (
                <option key={role} value={role} selected={role === person.role}>
                  {role}
                </option>
              ))}
            </select>
          </label>
          <button type="submit" class="quiet">
            Change<span class="visually-hidden"> the role of {person.name}</span>
          </button>
        </form>
        {closed || !mail ? null : (
          <Act person={person} csrf={frame.csrf} act="invitation" label="Mail a link" to="to" />
        )}
        {closed ? null : <Act person={person} csrf={frame.csrf} act="link" label="Show a link" to="for" />}
        {count === 0 ? null : (
          <Act person={person} csrf={frame.csrf} act="sessions" label="Sign out" to="everywhere:" />
        )}
        <form method="post" action={`/people/${person.id}/access`}>
          <input type="hidden" name="_csrf" value={frame.csrf} />
          <button type="submit" class="quiet" name="access" value={closed ? 'open' : 'close'}>
            {closed ? 'Open' : 'Close'}
            <span class="visually-hidden"> the account of {person.name}</span>
          </button>
        </form>
      </div>
    </li>
  );
}

interface ActProps {
  readonly person: PersonRow;
  readonly csrf: string;
  readonly act: string;
  readonly label: string;
  /** Before the name, for those who hear the buttons only. */
  readonly to: string;
}

function Act({ person, csrf, act, label, to }: ActProps) {
  return (
    <form method="post" action={`/people/${person.id}/${act}`}>
      <input type="hidden" name="_csrf" value={csrf} />
      <button type="submit" class="quiet">
        {label}
        <span class="visually-hidden">
          {' '}
          {to} {person.name}
        </span>
      </button>
    </form>
  );
}

interface InviteProps {
  readonly frame: Frame;
  readonly fault: string | null;
  readonly wanted: PeopleProps['wanted'];
  readonly mail: boolean;
}

function Invite({ frame, fault, wanted, mail }: InviteProps) {
  return (
    <form method="post" action="/people" class="panel stack" aria-labelledby="invite">
      <h2 id="invite">Invite somebody</h2>
      {fault === null ? null : (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      <input type="hidden" name="_csrf" value={frame.csrf} />
      <label>
        Name, as the Source line prints it
        <input type="text" name="name" required maxLength={100} value={wanted?.name} autocomplete="off" />
      </label>
      <label>
        Email
        <input type="email" name="email" required maxLength={254} value={wanted?.email} autocomplete="off" />
      </label>
      <label>
        Role
        <select name="role">
          {ROLES.map((role) => (
            <option key={role} value={role} selected={role === wanted?.role}>
              {ROLE_WORDS[role]}
            </option>
          ))}
        </select>
      </label>
      {mail ? <p class="hint">They are mailed a link that works once, for three days.</p> : null}
      <button type="submit" class="primary">
        Invite
      </button>
    </form>
  );
}
