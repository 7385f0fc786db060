import pg from 'pg';

export interface DeskChanges {
  /** Calls back with the table that changed, at once in this process, whichever process changed it. Gives the way to stop. */
  listen(tell: (table: string) => void): () => void;
  close(): Promise<void>;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;

/**
 * Hears of every change of what the desk shows, on one connection of its own. Where that is lost, it is opened again, with
 * growing pauses, and everything counts as changed once it is back: a change in between may have gone unheard.
 */
export function deskChanges(url: string): DeskChanges {
  const listeners = new Set<(table: string) => void>();
  let client: pg.Client | undefined;
  let closed = false;
  let pause = FIRST_PAUSE_MS;
  let timer: NodeJS.Timeout | undefined;
  const tellAll = (table: string): void => {
    for (const tell of listeners) tell(table);
  };

  const again = (): void => {
    if (closed || timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      void open();
    }, pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  };

  const open = async (): Promise<void> => {
    const fresh = new pg.Client({ connectionString: url, application_name: 'newsdesk live' });
    client = fresh;
    // `error` is followed by `end`, and that leads to the next try.
    fresh.on('error', () => undefined);
    fresh.on('end', again);
    fresh.on('notification', ({ payload }) => tellAll(payload ?? 'draft'));
    try {
      await fresh.connect();
      await fresh.query('listen desk');
      pause = FIRST_PAUSE_MS;
      tellAll('draft');
    } catch {
      // Not up yet: nobody can be told, and the next try is on its way.
      again();
    }
  };

  void open();
  return {
    listen(tell) {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      listeners.clear();
      await client?.end().catch(() => undefined);
    },
  };
}
