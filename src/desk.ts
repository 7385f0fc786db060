import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { App } from './app.js';
import { metricsOf, partsOf, scheduleOf } from './health.js';
import { incidentPages } from './incident-pages.js';
import { Failure } from './model/failure.js';
import { newSource } from './new-source.js';
import { publicUrl } from './public-url.js';
import type { Settings } from './settings.js';
import { apiTokens } from './store/api-tokens.js';
import { openOidc } from './oidc/open-oidc.js';
import { outputNames } from './open-outputs.js';
import { auditTrail } from './store/audit.js';
import { assignments } from './store/assignments.js';
import { draftSection } from './store/draft-section.js';
import { corrections } from './store/corrections.js';
import { deskDeliveries } from './store/desk-deliveries.js';
import { deskChanges, type DeskChanges } from './store/desk-changes.js';
import { deskDrafts } from './store/desk-drafts.js';
import { deskEdits } from './store/desk-edits.js';
import { deskEvidence } from './store/desk-evidence.js';
import { deskPosts } from './store/desk-posts.js';
import { deskPresence } from './store/desk-presence.js';
import { deskSources } from './store/desk-sources.js';
import { freePort } from './store/embedded-server.js';
import { messageBook } from './store/messages.js';
import { newsfeed } from './store/newsfeed.js';
import { noticeBook } from './store/notices.js';
import { deskRule } from './store/second-person.js';
import { identityBook } from './store/identities.js';
import { passkeyBook } from './store/passkeys.js';
import { sessions } from './store/sessions.js';
import { extractionReports } from './store/extraction-reports.js';
import { sourceActions } from './store/source-actions.js';
import { sourceHealth } from './store/source-health.js';
import { sourceChanges } from './store/source-changes.js';
import { storyMerge } from './store/story-merge.js';
import { storyTies } from './store/story-ties.js';
import { watchBook } from './store/watch-book.js';
import { users } from './store/users.js';
import { openEditorParts } from './open-editor-parts.js';
import { toldSettings } from './told-settings.js';
import { buildWeb, type WebOptions } from './web/web.js';

export interface Desk {
  /** Under which address people reach it, without a slash at the end. */
  readonly url: string;
  /** Answers what is under way, then stops listening. */
  close(): Promise<void>;
}

const SECRET_FILE = 'session.secret';

/**
 * Opens the web part on HOST and PORT.
 * @throws {Failure} config.invalid when that cannot be listened on
 */
export async function openDesk(app: App): Promise<Desk> {
  const { settings } = app;
  const port = settings.PORT === 0 ? await freePort() : settings.PORT;
  const url = publicUrl(settings, port);
  const changes = deskChanges(app.databaseUrl);
  const web = await buildWeb(webOptions(app, { changes, url, secret: await sessionSecret(settings) }));
  try {
    await web.listen({ host: settings.HOST, port });
  } catch (error) {
    await Promise.all([web.close(), changes.close()]);
    const words = error instanceof Error ? error.message : String(error);
    throw new Failure(
      'config.invalid',
      `The desk cannot listen on HOST ${settings.HOST}, PORT ${port}: ${words}`,
      {},
      { cause: error },
    );
  }
  app.log.info({ url, host: settings.HOST, port }, 'desk open');
  return {
    url,
    close: async () => {
      await web.close();
      await changes.close();
    },
  };
}

function webOptions(
  app: App,
  { changes, url, secret }: { changes: DeskChanges; url: string; secret: string },
): WebOptions {
  const { db } = app.store;
  const sources = deskSources(db);
  const writable = app.settings.QUEUES_WRITABLE;
  return {
    now: () => app.clock.now(),
    publicUrl: url,
    site: siteOf(app.settings),
    sessionSecret: secret,
    trustProxy: app.settings.TRUST_PROXY,
    logger: app.log.child({ part: 'desk' }),
    accounts: users(db),
    sessions: sessions(db),
    passkeys: passkeyBook(db),
    identities: identityBook(db),
    identity: signInService(app, url),
    audit: auditTrail(db),
    mail: mailBox(app),
    tokens: apiTokens(db),
    ...openEditorParts({
      db,
      sources: () => app.sources.all(),
      hurry: (source, itemId) =>
        app.queue.enqueue(source.render === 'browser' ? 'read-browser' : 'read-item', [{ itemId }]),
    }),
    deliveries: deskDeliveries(db),
    drafts: draftParts(app, sources),
    stories: { ...storyTies(db), ...storyMerge(db) },
    sourceChanges: sourceChanges(db),
    watch: watchBook(db),
    extractionReports: extractionReports(db),
    sourceActions: sourceActions(db),
    newSource: newSource({ ...app.steps.poll, survey: app.steps.survey }),
    newsfeed: newsfeed(db),
    sources,
    sourceHealth: {
      ...sourceHealth(db),
      incidentPage: incidentPages(sourceHealth(db).incident),
      schedule: () => scheduleOf(app),
    },
    found: sources,
    notices: noticeBook(db),
    changes,
    health: { parts: () => partsOf(app), metrics: () => metricsOf(app), metricsToken: app.settings.METRICS_TOKEN },
    settings: toldSettings(app.settings),
    board: { queues: app.queue.board({ writable }), writable },
  };
}

function draftParts(
  { settings, store, queue, sources: watched }: App,
  sources: ReturnType<typeof deskSources>,
): WebOptions['drafts'] {
  const { db } = store;
  const edits = deskEdits(db);
  return {
    queue: { ...deskDrafts(db), sourceNames: sources.sourceNames },
    reading: deskDrafts(db),
    editing: edits,
    sharing: edits,
    assigning: assignments(db),
    sectioning: draftSection(db),
    posts: {
      ...deskPosts(db, outputNames(settings)),
      hurry: (draftId) => queue.enqueue('publish-post', [{ draftId }]),
    },
    presence: deskPresence(db),
    evidence: deskEvidence(db),
    postChanges: corrections(db),
    rule: deskRule(db),
    licenceOf: (sourceId) => watched.find(sourceId)?.licence,
  };
}

function signInService({ settings, log, clock }: App, url: string): WebOptions['identity'] {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = settings;
  if (issuer === null || clientId === null || clientSecret === null) return null;
  const redirectUri = `${url}/sign-in/identity/back`;
  const onTrouble = (trouble: object): void => log.warn({ part: 'sign-in', ...trouble }, 'sign-in service');
  const service = openOidc({ issuer, clientId, clientSecret, redirectUri, now: () => clock.now(), onTrouble });
  return { ...service, label: settings.OIDC_LABEL };
}

function mailBox({ settings, store, queue }: App): WebOptions['mail'] {
  if (settings.SMTP_URL === null) return null;
  const hurry = (ids: readonly string[]): Promise<void> =>
    queue.enqueue(
      'send-message',
      ids.map((messageId) => ({ messageId })),
    );
  return { ...messageBook(store.db), hurry };
}

function siteOf({ SITE_TITLE: title, SITE_DESCRIPTION: description, WEBSUB_HUB: hub }: Settings): WebOptions['site'] {
  return { title, description, ...(hub === null ? {} : { hub }) };
}

/** SESSION_SECRET, else the one in DATA_DIR: made once, readable for us only; whoever comes second reads it. */
export async function sessionSecret({
  SESSION_SECRET,
  DATA_DIR,
}: Pick<Settings, 'SESSION_SECRET' | 'DATA_DIR'>): Promise<string> {
  if (SESSION_SECRET !== null) return SESSION_SECRET;
  const file = join(DATA_DIR, SECRET_FILE);
  try {
    await writeFile(file, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return (await readFile(file, 'utf8')).trim();
}
