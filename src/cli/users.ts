import { publicUrl } from '../public-url.js';
import { mkdir } from 'node:fs/promises';
import type { Command } from 'commander';
import { Failure } from '../model/failure.js';
import { ROLES, type Role } from '../model/role.js';
import { readSettings, type Settings } from '../settings.js';
import { openStore } from '../store/connect.js';
import { openEmbedded, type Embedded } from '../store/embedded.js';
import { migrate } from '../store/migrate.js';
import { users, type User } from '../store/users.js';

/** How long a sign-in link is good for. */
const LINK_MS = 3 * 24 * 3_600_000;

interface Json {
  readonly json?: true;
}

/** `newsdesk users add|list|reset`: the people of the desk, from the machine itself. */
export function define(command: Command): void {
  command
    .command('add')
    .description('Put somebody on the list, and print a one-time sign-in link')
    .argument('<email>')
    .requiredOption('--name <name>', 'as the Source line of posts prints it')
    .option('--role <role>', ROLES.join(', '), 'editor')
    .option('--json', 'one line of JSON')
    .action(async (email: string, options: Json & { name: string; role: string }) => {
      const role = roleOf(options.role);
      await withUsers(async (people, settings) => {
        const user = await people.addUser({ email, name: options.name, role });
        await printLink(people, settings, user, options);
      });
    });
  command
    .command('list')
    .description('Everybody on the list')
    .option('--json', 'one line of JSON each')
    .action(async (options: Json) => {
      await withUsers(async (people) => {
        for (const user of await people.listUsers()) console.log(options.json === true ? asJson(user) : asLine(user));
      });
    });
  command
    .command('reset')
    .description('Print a new one-time sign-in link; the old password holds until it is used')
    .argument('<email>')
    .option('--json', 'one line of JSON')
    .action(async (email: string, options: Json) => {
      await withUsers(async (people, settings) => {
        const user = await people.findByEmail(email);
        if (user === undefined || user.disabledAt !== null) {
          throw new Failure('config.invalid', `Nobody with the address ${email} may sign in. See: newsdesk users list`);
        }
        await printLink(people, settings, user, options);
      });
    });
}

function roleOf(text: string): Role {
  const role = ROLES.find((one) => one === text);
  if (role === undefined) throw new Failure('config.invalid', `There is no role ${text}: choose ${ROLES.join(', ')}.`);
  return role;
}

type People = ReturnType<typeof users>;

/**
 * Opens the database, brought up to date, for as long as `work` takes.
 * @throws {Failure} `store.in-use` while a newsdesk runs on its own database: then its desk does the same under People
 */
async function withUsers(work: (people: People, settings: Settings) => Promise<void>): Promise<void> {
  const settings = readSettings();
  const embedded = settings.DATABASE_URL === null ? await openOwn(settings) : null;
  try {
    const url = embedded?.url ?? settings.DATABASE_URL ?? '';
    await migrate(url);
    const store = await openStore({ url });
    try {
      await work(users(store.db), settings);
    } finally {
      await store.close();
    }
  } finally {
    await embedded?.close();
  }
}

async function openOwn({ DATA_DIR }: Settings): Promise<Embedded> {
  await mkdir(DATA_DIR, { recursive: true });
  return await openEmbedded({ dataDir: DATA_DIR });
}

async function printLink(people: People, settings: Settings, user: User, { json }: Json): Promise<void> {
  const until = new Date(Date.now() + LINK_MS);
  const token = await people.createLink(user.id, until);
  const desk = publicUrl(settings);
  const link = `${desk}/welcome/${token}`;
  if (json === true)
    console.log(JSON.stringify({ email: user.email, role: user.role, link, until: until.toISOString() }));
  else
    console.log(
      `A sign-in link for ${user.name} (${user.email}, ${user.role}). It works once, for three days:\n${link}`,
    );
}

function asJson({ email, name, role, passwordHash, disabledAt, lockedUntil }: User): string {
  return JSON.stringify({
    email,
    name,
    role,
    hasPassword: passwordHash !== null,
    closed: disabledAt !== null,
    lockedUntil,
  });
}

function asLine({ email, name, role, passwordHash, disabledAt }: User): string {
  const standing = disabledAt !== null ? 'closed' : passwordHash === null ? 'invited' : 'may sign in';
  return `${email}\t${role}\t${standing}\t${name}`;
}
