import type { App } from '../app.js';
import { users } from '../store/users.js';

const DAY_MS = 24 * 3_600_000;
/** Until somebody has set a password, each start gives a fresh link for this account. */
const FIRST = { email: 'admin@newsdesk.example', name: 'Newsdesk admin', role: 'admin' } as const;

/**
 * A one-time sign-in link for the first admin, while nobody can sign in yet; `null` once somebody has a password. Name and address
 * are changed on the desk.
 */
export async function inviteFirstAdmin(
  app: App,
  deskUrl: string,
  person: { email: string; name: string } = FIRST,
): Promise<string | null> {
  const people = users(app.store.db);
  const known = await people.listUsers();
  if (known.some(({ passwordHash }) => passwordHash !== null)) return null;
  const admin =
    known.find(({ role, disabledAt }) => role === 'admin' && disabledAt === null) ??
    (await people.addUser({ ...FIRST, ...person }));
  const token = await people.createLink(admin.id, new Date(app.clock.now().getTime() + DAY_MS));
  return `${deskUrl}/welcome/${token}`;
}
