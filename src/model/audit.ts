/** What people do at the desk that no other table tells, and how the audit trail says it. */
export const ACTS = {
  'signed-in': 'signed in',
  'sign-in-refused': 'tried in vain to sign in',
  'signed-out': 'signed out',
  'reset-asked': 'asked for a link to set a new password',
  'password-set': 'set a password by a link',
  'password-changed': 'changed the password',
  renamed: 'changed name or address',
  'sessions-ended': 'ended sessions',
  'passkey-added': 'added a passkey',
  'passkey-renamed': 'renamed a passkey',
  'passkey-removed': 'removed a passkey',
  'identity-tied': 'tied an identity of the sign-in service',
  'identity-untied': 'removed an identity of the sign-in service',
  'digest-chosen': 'chose whether to have the morning digest',
  invited: 'put a person on the list',
  'link-made': 'made a sign-in link',
  'link-mailed': 'mailed a sign-in link',
  'role-changed': 'changed a role',
  'account-closed': 'closed an account',
  'account-opened': 'opened an account',
  'audit-exported': 'exported the audit trail',
  'sent-again': 'had deliveries sent again',
  'address-added': 'added a page by its address',
  'block-changed': 'changed a block of the newsletter',
  'item-released': 'let through what was kept back',
  'items-released': 'let through what a rule had kept out',
  'items-retried': 'had what failed read anew',
  'name-erased': "took a person's name out of what is stored",
} as const satisfies Record<string, string>;

export type ActName = keyof typeof ACTS;

export interface NewAct {
  readonly at: Date;
  /** `null`: nobody that we know. */
  readonly byUser: string | null;
  readonly did: ActName;
  /** `person:<id>`, `draft:<id>`, `source:<id>`; `null`: oneself. */
  readonly about: string | null;
  /** Never text of a draft. */
  readonly detail: string | null;
  /** From which address of the network. */
  readonly address: string | null;
}

/** Parts of the trail, as one may ask for them. */
export const AUDIT_AREAS = ['drafts', 'sources', 'people', 'sign-ins', 'tokens'] as const;
export type AuditArea = (typeof AUDIT_AREAS)[number];

/** One act of a person. */
export interface Act {
  readonly at: Date;
  /** Orders acts of one moment. */
  readonly key: string;
  readonly area: AuditArea;
  readonly byUser: string | null;
  readonly byName: string | null;
  readonly did: string;
  readonly about: string | null;
  /** Name of the person or source that it was done to, where there is one. */
  readonly aboutName: string | null;
  readonly detail: string | null;
  readonly address: string | null;
}

export interface AuditFilter {
  readonly from: Date | null;
  /** Before this moment. */
  readonly to: Date | null;
  readonly userId: string | null;
  readonly area: AuditArea | null;
}
