import type { FastifyInstance } from 'fastify';
import { openFrame, type NoticeBoard } from '../layout/frame.js';
import { sendPage } from '../layout/send-page.js';
import { SettingsPage } from './settings-page.js';

/** A setting as administrators see it. A secret never comes here: only whether it is set. */
export interface SettingShown {
  readonly name: string;
  readonly value: string;
  readonly fallback: string;
  readonly about: string;
  /** Whether it differs from its default. */
  readonly changed: boolean;
}

export interface SettingsContext {
  readonly settings: readonly SettingShown[];
  readonly notices: NoticeBoard;
}

export function settingsRoutes(app: FastifyInstance, { settings, notices }: SettingsContext): void {
  app.get('/settings', { config: { role: 'admin' } }, async (request, reply) => {
    return sendPage(reply, SettingsPage({ frame: await openFrame(request, reply, notices), settings }));
  });
}
