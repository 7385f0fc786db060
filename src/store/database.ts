/** Generated from the migrations by `npm run generate:types`. Not to be edited by hand. */
import type { ColumnType } from 'kysely';

export type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>;

export type Timestamp = ColumnType<Date, Date | string, Date | string>;

export interface ApiToken {
  createdAt: Generated<Timestamp>;
  expiresAt: Timestamp;
  id: Generated<string>;
  lastUsedAt: Timestamp | null;
  name: string;
  revokedAt: Timestamp | null;
  role: string;
  tokenHash: string;
  userId: string;
}

export interface AppUser {
  createdAt: Generated<Timestamp>;
  digest: Generated<boolean>;
  disabledAt: Timestamp | null;
  email: string;
  failedSignIns: Generated<number>;
  id: Generated<string>;
  lockedUntil: Timestamp | null;
  name: string;
  pageSize: Generated<number>;
  passwordHash: string | null;
  queueOrder: Generated<string>;
  role: string;
  singleKeys: Generated<boolean>;
  theme: Generated<string>;
}

export interface AuditEvent {
  about: string | null;
  address: string | null;
  at: Timestamp;
  byUser: string | null;
  detail: string | null;
  did: string;
  id: Generated<number>;
}

export interface Capture {
  article: ColumnType<unknown, string, string>;
  body: Buffer | null;
  byteLength: number;
  contentType: string | null;
  fetchedAt: Timestamp;
  finalUrl: string;
  headers: ColumnType<unknown, string, string>;
  httpStatus: number;
  id: Generated<string>;
  itemId: string;
  revision: number;
  sha256: string;
  textSha256: string;
  url: string;
}

export interface Delivery {
  asked: Generated<number>;
  attempts: Generated<number>;
  changedAt: Generated<Timestamp>;
  deliveredAt: Timestamp | null;
  failureCode: string | null;
  failureMessage: string | null;
  output: string;
  postId: string;
  remoteId: string | null;
  remoteUrl: string | null;
  remoteWithdrawn: Generated<boolean>;
  state: Generated<string>;
  takenUntil: Generated<Timestamp>;
  tryAfter: Generated<Timestamp>;
}

export interface DeskRule {
  onlyOne: Generated<boolean>;
  secondApprover: Generated<string>;
}

export interface Draft {
  approvedBy: string | null;
  bodyHtml: string;
  changedAt: Generated<Timestamp>;
  claimedAt: Timestamp | null;
  claimedBy: string | null;
  createdAt: Generated<Timestamp>;
  cuts: Generated<ColumnType<unknown, string, string>>;
  firstApprovedBy: string | null;
  foundClaims: boolean | null;
  foundOn: Generated<Timestamp>;
  foundSensitive: boolean | null;
  headline: string;
  id: Generated<string>;
  inCompany: Generated<boolean>;
  itemId: string;
  itemRevision: Generated<number>;
  linksCheckedAt: Timestamp | null;
  linksVersion: Generated<number>;
  originalUrl: string;
  publishAt: Timestamp | null;
  rejectReason: string | null;
  score: Generated<number>;
  search: Generated<string>;
  section: string | null;
  sensitive: Generated<boolean>;
  slug: string | null;
  snoozedUntil: Timestamp | null;
  sourceId: string;
  sourceName: string;
  state: Generated<string>;
  storyId: string;
  updatedMark: Generated<boolean>;
  version: Generated<number>;
  why: Generated<ColumnType<unknown, string, string>>;
}

export interface DraftAutosave {
  at: Generated<Timestamp>;
  bodyHtml: string;
  draftId: string;
  headline: string;
  userId: string;
  version: number;
}

export interface DraftComment {
  at: Generated<Timestamp>;
  body: string;
  byUser: string;
  draftId: string;
  id: Generated<number>;
}

export interface DraftCount {
  foundClaims: boolean | null;
  foundSensitive: boolean | null;
  inCompany: boolean | null;
  n: number | null;
  section: string | null;
  state: string | null;
  updatedMark: boolean | null;
}

export interface DraftEvent {
  at: Generated<Timestamp>;
  byUser: string | null;
  did: string;
  draftId: string;
  fromState: string | null;
  id: Generated<number>;
  reason: string | null;
  toState: string | null;
}

export interface DraftLink {
  checkedAt: Timestamp;
  draftId: string;
  failureCode: string | null;
  url: string;
}

export interface DraftPresence {
  draftId: string;
  seenAt: Timestamp;
  userId: string;
}

export interface DraftTally {
  foundClaims: boolean;
  foundSensitive: boolean;
  inCompany: boolean;
  n: number;
  section: string | null;
  state: string;
  updatedMark: boolean;
}

export interface DraftTallyChange {
  foundClaims: boolean;
  foundSensitive: boolean;
  id: Generated<number>;
  inCompany: boolean;
  n: number;
  section: string | null;
  state: string;
  updatedMark: boolean;
}

export interface DraftVersion {
  at: Generated<Timestamp>;
  bodyHtml: string;
  byUser: string | null;
  draftId: string;
  headline: string;
  note: string | null;
  version: number;
}

export interface ErasedName {
  erasedAt: Generated<Timestamp>;
  fingerprint: string;
  words: number;
}

export interface ErasedNameKey {
  key: string;
  onlyOne: Generated<boolean>;
}

export interface ExtractionReport {
  at: Generated<Timestamp>;
  byUser: string | null;
  captureId: string;
  id: Generated<number>;
  note: string;
  settledAt: Timestamp | null;
}

export interface Host {
  host: string;
  leaseHolder: string | null;
  leaseUntil: Timestamp | null;
  notBefore: Generated<Timestamp>;
  robots: string | null;
  robotsFetchedAt: Timestamp | null;
  robotsStatus: number | null;
  slowDowns: Generated<number>;
}

export interface Identity {
  createdAt: Timestamp;
  email: string | null;
  id: Generated<string>;
  issuer: string;
  lastUsedAt: Timestamp | null;
  subject: string;
  userId: string;
}

export interface Item {
  attempts: Generated<number>;
  changedAt: Timestamp | null;
  disposedAt: Timestamp | null;
  disposition: Generated<string>;
  found: ColumnType<unknown, string, string>;
  foundAt: Timestamp;
  guid: string | null;
  handedAt: Generated<Timestamp>;
  id: Generated<string>;
  key: string;
  kind: string;
  lastLookAt: Timestamp | null;
  readRevision: Generated<number>;
  readUrl: string | null;
  reason: string | null;
  reasonCode: string | null;
  revision: Generated<number>;
  search: Generated<string>;
  sourceId: string;
  summary: string | null;
  title: string;
  tryAfter: Generated<Timestamp>;
  url: string;
  vanishedAt: Timestamp | null;
}

export interface ItemAlias {
  itemId: string;
  key: string;
  kind: string;
}

export interface ItemCount {
  disposition: string | null;
  n: number | null;
  sourceId: string | null;
}

export interface ItemKey {
  itemId: string;
  key: number;
}

export interface ItemTally {
  disposition: string;
  n: number;
  sourceId: string;
}

export interface ItemTallyChange {
  disposition: string;
  id: Generated<number>;
  n: number;
  sourceId: string;
}

export interface Message {
  attempts: Generated<number>;
  body: string;
  channel: string;
  createdAt: Timestamp;
  endedAt: Timestamp | null;
  failureCode: string | null;
  failureMessage: string | null;
  id: Generated<string>;
  kind: string;
  linkFor: string | null;
  linkMinutes: number | null;
  onceKey: string;
  recipient: string;
  state: Generated<string>;
  subject: string;
  tryAfter: Timestamp;
}

export interface Migration {
  appliedAt: Generated<Timestamp>;
  name: string;
  sha256: string;
}

export interface Newsletter {
  changedAt: Timestamp;
  createdAt: Timestamp;
  createdBy: string;
  frozen: ColumnType<unknown, string, string> | null;
  id: Generated<string>;
  introduction: string | null;
  sentAt: Timestamp | null;
  sentBy: string | null;
  slug: string;
  state: Generated<string>;
  title: string | null;
  version: Generated<number>;
}

export interface NewsletterBlock {
  body: string;
  changedAt: Timestamp;
  changedBy: string;
  droppedAt: Timestamp | null;
  heading: string;
  id: Generated<number>;
  untilDay: Timestamp | null;
  version: Generated<number>;
}

export interface NewsletterBlockUse {
  blockId: number;
  newsletterId: string;
  shown: boolean;
}

export interface NewsletterEntry {
  heading: string | null;
  included: Generated<boolean>;
  lead: Generated<boolean>;
  newsletterId: string;
  paragraph: string | null;
  place: number | null;
  postId: string;
  section: string | null;
  seenChangedAt: Timestamp | null;
  version: Generated<number>;
}

export interface NewsletterEvent {
  at: Timestamp;
  byUser: string;
  detail: string | null;
  did: string;
  fromState: string | null;
  id: Generated<number>;
  newsletterId: string;
  toState: string | null;
}

export interface NewsletterMonth {
  month: Timestamp;
  newsletterId: string;
}

export interface Notice {
  beganAt: Generated<Timestamp>;
  endedAt: Timestamp | null;
  endToldAt: Timestamp | null;
  id: Generated<number>;
  kind: string;
  message: string;
  subject: string;
  toldAt: Timestamp | null;
}

export interface Passkey {
  counter: number;
  createdAt: Timestamp;
  id: string;
  lastUsedAt: Timestamp | null;
  name: string;
  publicKey: Buffer;
  transports: Generated<ColumnType<unknown, string, string>>;
  userId: string;
}

export interface PastPost {
  bodyText: string;
  editorName: string | null;
  headline: string;
  id: Generated<string>;
  importedAt: Timestamp;
  itemSha256: string;
  publishedOn: Timestamp | null;
  search: Generated<string>;
  slips: Generated<ColumnType<unknown, string, string>>;
  sourceId: string | null;
  sourceLine: string | null;
  sourceName: string | null;
  url: string | null;
}

export interface PastPostKey {
  key: number;
  pastPostId: string;
}

export interface PastPostLink {
  key: string;
  pastPostId: string;
}

export interface Poll {
  bytes: Generated<number>;
  changed: Generated<number>;
  endedAt: Timestamp;
  failureCode: string | null;
  failureMessage: string | null;
  found: Generated<number>;
  httpStatus: number | null;
  id: Generated<string>;
  incident: ColumnType<unknown, string, string> | null;
  new: Generated<number>;
  outcome: string;
  proof: string | null;
  sourceId: string;
  startedAt: Timestamp;
  vanished: Generated<number>;
}

export interface Post {
  approvedBy: string;
  bodyHtml: string;
  changedAt: Timestamp;
  draftId: string;
  editorName: string;
  headline: string;
  id: Generated<string>;
  originalUrl: string;
  publishedAt: Timestamp;
  publishedBy: string;
  search: Generated<string>;
  slug: string;
  sourceName: string;
  withdrawnAt: Timestamp | null;
}

export interface PostChange {
  approvedAt: Timestamp | null;
  approvedBy: string | null;
  baseVersion: number;
  bodyHtml: string;
  droppedAt: Timestamp | null;
  droppedBy: string | null;
  headline: string;
  id: Generated<number>;
  kind: string;
  line: string;
  madeAt: Timestamp;
  madeBy: string;
  postId: string;
  version: number | null;
}

export interface SavedView {
  createdAt: Generated<Timestamp>;
  id: Generated<number>;
  name: string;
  query: string;
  userId: string;
}

export interface Session {
  createdAt: Generated<Timestamp>;
  data: ColumnType<unknown, string, string>;
  expiresAt: Timestamp;
  idHash: string;
  userId: string | null;
}

export interface SignInLink {
  expiresAt: Timestamp;
  tokenHash: string;
  usedAt: Timestamp | null;
  userId: string;
}

export interface Source {
  enabled: Generated<boolean>;
  failingSince: Timestamp | null;
  failureCode: string | null;
  failureMessage: string | null;
  failuresInRow: Generated<number>;
  firstPolledAt: Timestamp | null;
  hints: Generated<ColumnType<unknown, string, string>>;
  id: string;
  kind: string;
  lastGoodAt: Timestamp | null;
  lastNewAt: Timestamp | null;
  lastSight: ColumnType<unknown, string, string> | null;
  leaseHolder: string | null;
  leaseUntil: Timestamp | null;
  memory: ColumnType<unknown, string, string> | null;
  movedSeen: string | null;
  movedTimes: Generated<number>;
  movedTo: string | null;
  name: string;
  nextPollAt: Generated<Timestamp>;
  nextPollBecause: string | null;
  pausedBecause: string | null;
  pausedUntil: Timestamp | null;
  state: Generated<string>;
  url: string;
  validators: ColumnType<unknown, string, string> | null;
  validatorsFor: string | null;
}

export interface SourceEvent {
  at: Generated<Timestamp>;
  byUser: string | null;
  did: string;
  id: Generated<number>;
  reason: string | null;
  sourceId: string;
}

export interface Story {
  createdAt: Generated<Timestamp>;
  id: Generated<string>;
}

export interface StorySuggestion {
  at: Generated<Timestamp>;
  because: string;
  byUser: string | null;
  itemId: string;
  ofItemId: string;
  standing: Generated<string>;
  tie: string;
}

export interface StoryTie {
  at: Generated<Timestamp>;
  because: string;
  byUser: string | null;
  itemId: string;
  standing: string;
  storyId: string;
  tie: string;
}

export interface WatchTask {
  about: Generated<string>;
  beganAt: Timestamp;
  id: Generated<number>;
  kind: string;
  postId: string;
  reason: string;
  settledAs: string | null;
  settledAt: Timestamp | null;
  settledBy: string | null;
}

export interface DB {
  apiToken: ApiToken;
  appUser: AppUser;
  auditEvent: AuditEvent;
  capture: Capture;
  delivery: Delivery;
  deskRule: DeskRule;
  draft: Draft;
  draftAutosave: DraftAutosave;
  draftComment: DraftComment;
  draftCount: DraftCount;
  draftEvent: DraftEvent;
  draftLink: DraftLink;
  draftPresence: DraftPresence;
  draftTally: DraftTally;
  draftTallyChange: DraftTallyChange;
  draftVersion: DraftVersion;
  erasedName: ErasedName;
  erasedNameKey: ErasedNameKey;
  extractionReport: ExtractionReport;
  host: Host;
  identity: Identity;
  item: Item;
  itemAlias: ItemAlias;
  itemCount: ItemCount;
  itemKey: ItemKey;
  itemTally: ItemTally;
  itemTallyChange: ItemTallyChange;
  message: Message;
  migration: Migration;
  newsletter: Newsletter;
  newsletterBlock: NewsletterBlock;
  newsletterBlockUse: NewsletterBlockUse;
  newsletterEntry: NewsletterEntry;
  newsletterEvent: NewsletterEvent;
  newsletterMonth: NewsletterMonth;
  notice: Notice;
  passkey: Passkey;
  pastPost: PastPost;
  pastPostKey: PastPostKey;
  pastPostLink: PastPostLink;
  poll: Poll;
  post: Post;
  postChange: PostChange;
  savedView: SavedView;
  session: Session;
  signInLink: SignInLink;
  source: Source;
  sourceEvent: SourceEvent;
  story: Story;
  storySuggestion: StorySuggestion;
  storyTie: StoryTie;
  watchTask: WatchTask;
}
