import type { FastifyInstance } from 'fastify';
import { PAGE_SIZES, QUEUE_ORDERS, THEMES, USUAL, type Preferences, type Theme } from '../../model/preferences.js';
import { personIn } from '../access.js';
import { fieldsOf, oneOf, text } from '../fields.js';
import { openFrame, type NoticeBoard } from '../layout/frame.js';
import { sendPage } from '../layout/send-page.js';
import { PreferencesPage } from './preferences-page.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** How the person who is signed in wants the desk. */
    preferences: Preferences | null;
  }
}

export interface PreferenceBook {
  preferencesOf(userId: string): Promise<Preferences | undefined>;
  setPreferences(userId: string, wanted: Preferences): Promise<void>;
}

const EDITOR = { role: 'editor' } as const;

/** Reads them for each page; call it after access was guarded. */
export function knowPreferences(app: FastifyInstance, book: PreferenceBook): void {
  app.decorateRequest('preferences', null);
  app.addHook('onRequest', async (request) => {
    const { person } = request;
    if (person !== null) request.preferences = (await book.preferencesOf(person.id)) ?? null;
  });
}

/** What each person sets for themselves. */
export function preferenceRoutes(
  app: FastifyInstance,
  { preferences, notices }: { readonly preferences: PreferenceBook; readonly notices: NoticeBoard },
): void {
  app.get('/preferences', { config: EDITOR }, async (request, reply) => {
    const frame = await openFrame(request, reply, notices);
    return sendPage(reply, PreferencesPage({ frame }));
  });
  app.post('/preferences', { config: EDITOR }, async (request, reply) => {
    const fields = fieldsOf(request.body);
    const before = request.preferences ?? USUAL;
    const size = Number(text(fields, 'pageSize'));
    await preferences.setPreferences(personIn(request).id, {
      queueOrder:
        oneOf(text(fields, 'queueOrder'), Object.keys(QUEUE_ORDERS) as Preferences['queueOrder'][]) ??
        before.queueOrder,
      theme: oneOf(text(fields, 'theme'), Object.keys(THEMES) as Theme[]) ?? before.theme,
      singleKeys: text(fields, 'singleKeys') === 'yes',
      pageSize: PAGE_SIZES.find((one) => one === size) ?? before.pageSize,
    });
    request.session.flash = {
      text: 'Saved. It holds wherever you sign in.',
      undo: {
        action: '/preferences',
        version: 0,
        fields: [
          ['queueOrder', before.queueOrder],
          ['theme', before.theme],
          ['pageSize', String(before.pageSize)],
          ...(before.singleKeys ? ([['singleKeys', 'yes']] as const) : []),
        ],
      },
    };
    return await reply.redirect('/preferences', 303);
  });
  // The box in the list of keys.
  app.post('/preferences/keys', { config: EDITOR }, async (request, reply) => {
    const singleKeys = text(fieldsOf(request.body), 'on') === 'yes';
    await preferences.setPreferences(personIn(request).id, { ...(request.preferences ?? USUAL), singleKeys });
    return await reply.code(204).send();
  });
}
