import { fileURLToPath } from 'node:url';
import fastifyCookie from '@fastify/cookie';
import fastifyCsrf from '@fastify/csrf-protection';
import fastifyFormbody from '@fastify/formbody';
import fastifyHelmet from '@fastify/helmet';
import fastifyRateLimit from '@fastify/rate-limit';
import fastifySession from '@fastify/session';
import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance, type RouteOptions } from 'fastify';
import { Failure } from '../model/failure.js';
import { demandRoles, guardAccess, type Persons } from './access.js';
import { apiRoutes, type TokenKeeper } from './api/routes.js';
import { tokenRoutes, type OwnTokens } from './api/token-routes.js';
import { assetRoutes } from './assets/routes.js';
import { auditRoutes, type AuditTrail } from './audit/routes.js';
import { changeRoutes, type SourceChanges } from './changes/routes.js';
import { correctionRoutes } from './corrections/routes.js';
import { deliveryRoutes, type Deliveries } from './deliveries/routes.js';
import { draftRoutes, type DraftPorts } from './drafts/routes.js';
import { editorRoutes, type EditorParts } from './editor-parts.js';
import { handleErrors } from './errors.js';
import { foundRoutes, type FoundBook } from './found/routes.js';
import { healthRoutes, type HealthPorts } from './health/routes.js';
import type { NoticeBoard } from './layout/frame.js';
import type { NewSource } from './new-source/ports.js';
import { newSourceRoutes } from './new-source/routes.js';
import { liveRoutes, type DeskChanges } from './live/routes.js';
import { keepRedirectsPlain, refuseAddress } from './odd-addresses.js';
import { peopleRoutes, type People, type SessionsOfPeople } from './people/routes.js';
import { accountRoutes, type AccountPorts } from './session/account.js';
import { newsfeedRoutes, type Newsfeed, type NewsfeedContext } from './posts/routes.js';
import { knowPreferences } from './preferences/routes.js';
import { identityRoutes, type Identities, type IdentityContext } from './session/identity-routes.js';
import type { MailBox } from './session/mail-box.js';
import { passkeyRoutes, type Passkeys } from './session/passkey-routes.js';
import { sessionRoutes, type Accounts } from './session/routes.js';
import { SESSION_MS, sessionStore, type SessionRows } from './session/session-store.js';
import { reportRoutes, type ExtractionReports } from './reports/routes.js';
import { sourceActionRoutes, type SourceActions } from './sources/action-routes.js';
import { sourceRoutes, type HealthBook, type SourceBook } from './sources/routes.js';
import { boardRoutes, type Board } from './queues/routes.js';
import { watchRoutes, type Watch } from './watch/routes.js';
import { settingsRoutes, type SettingShown } from './settings/routes.js';
import { storyRoutes, type StoryMerge, type StoryTies } from './stories/routes.js';

/** Everything that the web part needs, met by `store` and by the program that starts it. */
export interface WebOptions extends EditorParts {
  readonly now: () => Date;
  /** As people and feed readers reach it, without a slash at the end: `https://news.example.org`. With https the cookies are Secure. */
  readonly publicUrl: string;
  /** What the newsfeed is called, and one sentence on it for feed readers. */
  readonly site: NewsfeedContext['site'];
  /** Signs the session cookie: at least 32 characters, the same in all processes and after a restart. */
  readonly sessionSecret: string;
  /** Folders of stylesheets and bundled client code. Default: `assets` beside this file. */
  readonly assetFolders?: readonly string[];
  /** A proxy stands before us and says who calls. Default: no. */
  readonly trustProxy?: boolean;
  readonly logger?: FastifyBaseLogger;
  /** Told of every route, for the test that walks them all. */
  readonly onRoute?: (route: RouteOptions) => void;
  readonly accounts: Accounts & Persons & People & AccountPorts['accounts'];
  readonly sessions: SessionRows & AccountPorts['sessions'] & SessionsOfPeople;
  readonly passkeys: Passkeys;
  readonly identities: Identities;
  /** `null`: no sign-in service (OpenID Connect) is set up. */
  readonly identity: IdentityContext['service'];
  readonly audit: AuditTrail;
  /** `null`: no mail server is set. */
  readonly mail: MailBox | null;
  readonly tokens: TokenKeeper & OwnTokens;
  readonly drafts: DraftPorts;
  readonly deliveries: Deliveries;
  readonly stories: StoryTies & StoryMerge;
  readonly sourceChanges: SourceChanges;
  readonly watch: Watch;
  readonly extractionReports: ExtractionReports;
  readonly newsfeed: Newsfeed;
  readonly sources: SourceBook;
  readonly sourceHealth: HealthBook;
  readonly sourceActions: SourceActions;
  readonly newSource: NewSource;
  readonly found: FoundBook;
  readonly notices: NoticeBoard;
  readonly changes: DeskChanges;
  readonly health: HealthPorts;
  readonly board: Board;
  /** As they are in force, for administrators. */
  readonly settings: readonly SettingShown[];
}

const OWN_ASSETS = fileURLToPath(new URL('./assets/', import.meta.url));
/** The longest draft that can be typed, with room: HTML of some 300 pages. */
const BODY_LIMIT = 2_000_000;

/**
 * The web part, ready to listen: newsfeed and health for everybody, the desk for those who are signed in.
 * @throws {Failure} `config.invalid` when the secret is too short
 */
export async function buildWeb(options: WebOptions): Promise<FastifyInstance> {
  if (options.sessionSecret.length < 32) {
    throw new Failure('config.invalid', 'The session secret has fewer than 32 characters.');
  }
  const app: FastifyInstance = fastify({
    ...(options.logger === undefined ? { logger: false } : { loggerInstance: options.logger }),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    trustProxy: options.trustProxy ?? false,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: refuseAddress,
  });
  demandRoles(app);
  if (options.onRoute !== undefined) app.addHook('onRoute', options.onRoute);
  handleErrors(app);
  keepRedirectsPlain(app);
  logResponses(app);
  await app.register(fastifyHelmet, securityHeaders(options.publicUrl));
  leaveTheGone(app);
  await app.register(fastifyRateLimit, { global: true, max: 1_200, timeWindow: '1 minute' });
  assetRoutes(app, options.assetFolders ?? [OWN_ASSETS]);
  healthRoutes(app, options.health);
  newsfeedRoutes(app, options);
  await apiRoutes(app, { ...options, ...options.drafts });
  await app.register((desk) => openDesk(desk, options));
  return app;
}

async function openDesk(desk: FastifyInstance, options: WebOptions): Promise<void> {
  const { now, notices, accounts, sessions, audit, publicUrl, identity, identities } = options;
  const mail = { box: options.mail, publicUrl, now };
  await registerSession(desk, options);
  guardAccess(desk, accounts);
  knowPreferences(desk, options.preferences);
  refuseForeignPosts(desk);
  sessionRoutes(desk, { accounts, now, log: audit, mail, identity });
  identityRoutes(desk, { service: identity, identities, accounts, now, log: audit, mail });
  passkeyRoutes(desk, { accounts, passkeys: options.passkeys, now, log: audit, mail });
  const account = { accounts, passkeys: options.passkeys, identities, sessions, now, notices, log: audit, mail };
  accountRoutes(desk, { ...account, identityLabel: identity?.label ?? null });
  tokenRoutes(desk, { tokens: options.tokens, now, notices });
  desk.get('/', { config: { role: 'public' } }, (request, reply) =>
    reply.redirect(request.person === null ? '/newsfeed' : '/drafts', 303),
  );
  draftRoutes(desk, { ...options.drafts, now, notices, publicUrl: options.publicUrl, views: options.views });
  editorRoutes(desk, options);
  correctionRoutes(desk, { ...options.drafts, now, notices, publicUrl, views: options.views });
  deliveryRoutes(desk, { ...options.drafts, deliveries: options.deliveries, now, notices, log: audit });
  changeRoutes(desk, { changes: options.sourceChanges, evidence: options.drafts.evidence, now, notices });
  watchRoutes(desk, { watch: options.watch, changes: options.sourceChanges, now, notices });
  reportRoutes(desk, { reports: options.extractionReports });
  storyRoutes(desk, { ...options.drafts, stories: options.stories, now, notices, publicUrl, views: options.views });
  foundRoutes(desk, { found: options.found, now, notices });
  newSourceRoutes(desk, { newSource: options.newSource, notices });
  sourceActionRoutes(desk, { actions: options.sourceActions, now });
  sourceRoutes(desk, { ...options, now, notices });
  peopleRoutes(desk, { people: accounts, sessions, now, notices, publicUrl, log: audit, mail });
  auditRoutes(desk, { audit, people: accounts, now, notices });
  settingsRoutes(desk, { settings: options.settings, notices });
  await boardRoutes(desk, options.board);
  liveRoutes(desk, { changes: options.changes });
}

async function registerSession(desk: FastifyInstance, options: WebOptions): Promise<void> {
  const secure = options.publicUrl.startsWith('https:');
  await desk.register(fastifyCookie);
  await desk.register(fastifyFormbody, { bodyLimit: BODY_LIMIT });
  await desk.register(fastifySession, {
    secret: options.sessionSecret,
    cookieName: secure ? '__Host-newsdesk' : 'newsdesk',
    cookie: { secure, httpOnly: true, sameSite: 'lax', path: '/', maxAge: SESSION_MS },
    store: sessionStore(options.sessions, options.now),
    saveUninitialized: false,
    rolling: false,
  });
  await desk.register(fastifyCsrf, {
    sessionPlugin: '@fastify/session',
    getToken: (request) => {
      const header = request.headers['x-csrf-token'] ?? request.headers['x-xsrf-token'];
      if (typeof header === 'string') return header;
      const body = request.body as { _csrf?: unknown } | undefined;
      return typeof body?._csrf === 'string' ? body._csrf : undefined;
    },
  });
}

/** Nothing changes without the token of the session's own pages; and nothing at all at the wish of another site. */
function refuseForeignPosts(desk: FastifyInstance): void {
  desk.addHook('onRequest', (request, _, done) => {
    const foreign = request.headers['sec-fetch-site'] === 'cross-site';
    const changes = request.method !== 'GET' && request.method !== 'HEAD';
    done(
      foreign && changes
        ? new Failure('user.refused', 'Another site sent this request. Nothing was changed.')
        : undefined,
    );
  });
  desk.addHook('preHandler', (request, reply, done) => {
    if (request.method === 'GET' || request.method === 'HEAD') done();
    else desk.csrfProtection(request, reply, done);
  });
}

function securityHeaders(publicUrl: string) {
  const secure = publicUrl.startsWith('https:');
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        fontSrc: ["'self'"],
        formAction: ["'self'"],
        frameSrc: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        objectSrc: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'same-origin' as const },
    hsts: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    xFrameOptions: { action: 'deny' as const },
  };
}

/** Whoever has hung up has no address any more that could be counted, and nobody waits for an answer. */
function leaveTheGone(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (request.raw.socket.remoteAddress === undefined) reply.hijack();
    else done();
  });
}

/** One line a request: the pattern of the route, never the address itself, which may hold a sign-in link or a search. */
function logResponses(app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    if (!route.startsWith('/assets') && route !== '/healthz') {
      const { method } = request;
      request.log.info({ method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'answered');
    }
    done();
  });
}
