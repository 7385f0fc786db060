import type { Surveyor } from '../sources/propose/survey-page.js';
import { ThreadPool, type Cap, type PoolOptions } from './thread-pool.js';

export interface ThreadedSurveyOptions extends PoolOptions {
  /** Most time for one document. Default 30,000. */
  readonly timeoutMs?: number;
}

export type ThreadedSurvey = Surveyor & { close(): Promise<void> };

const TIMEOUT_MS = 30_000;

/**
 * The makeup of documents, looked at in worker threads with caps on time and memory: a person who types the address of a hostile page
 * stops nobody else.
 * @throws {Failure} those of `surveyPage` and `findJson`, source.timeout, source.malformed (`details.memory`: it needs more than is allowed)
 */
export function threadedSurvey({ timeoutMs = TIMEOUT_MS, ...options }: ThreadedSurveyOptions = {}): ThreadedSurvey {
  const pool = new ThreadPool(options);
  const cap = (about: string): Cap => ({ timeoutMs, onTimeout: 'source.timeout', onDeath: 'source.malformed', about });
  return {
    page: async (row, doc) => pool.run('survey', { row, doc }, cap(doc.url)),
    listsWith: async (row, doc, link) => pool.run('lists-with', { row, doc, link }, cap(doc.url)),
    json: async (doc) => pool.run('find-json', { doc }, cap(doc.url)),
    close: () => pool.close(),
  };
}
