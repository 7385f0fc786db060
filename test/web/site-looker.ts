import { newSource } from '../../src/new-source.js';
import { createFetcher } from '../../src/net/fetcher.js';
import { memoryPacing } from '../../src/net/pace.js';
import { readSource } from '../../src/sources/read-source.js';
import { plainSurveyor } from '../../src/sources/propose/survey-page.js';
import type { NewSource } from '../../src/web/new-source/ports.js';

/** Looks at sites on this machine, as the desk does at those of the web. */
export function siteLooker(): { readonly newSource: NewSource; close(): Promise<void> } {
  const clock = { now: () => new Date('2026-11-25T09:00:00Z') };
  const fetcher = createFetcher({
    userAgent: 'newsdesk-test/1.0 (+mailto:tests@newsdesk.example)',
    pacing: memoryPacing(),
    clock,
    guard: { allowPrivateHosts: ['127.0.0.1'] },
    gapMs: 0,
    browser: false,
  });
  return {
    newSource: newSource({ fetcher, read: readSource, survey: plainSurveyor, clock }),
    close: () => fetcher.close(),
  };
}
