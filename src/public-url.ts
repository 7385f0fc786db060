import type { Settings } from './settings.js';

const EVERYWHERE = ['0.0.0.0', '::'];

/** Under which address people reach desk and newsfeed, without a slash at the end: PUBLIC_URL, else this machine's own. */
export function publicUrl(
  { PUBLIC_URL, HOST, PORT }: Pick<Settings, 'PUBLIC_URL' | 'HOST' | 'PORT'>,
  port = PORT,
): string {
  const host = EVERYWHERE.includes(HOST) ? '127.0.0.1' : HOST;
  return PUBLIC_URL ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
