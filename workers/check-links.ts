import type { App } from '../src/app.js';
import { checkLinks } from '../src/pipeline/check-links.js';
import { noteFindings } from '../src/pipeline/note-findings.js';
import type { Consumer } from '../src/queue/consumer.js';
import { runStep } from './run-step.js';

/** Checks each version of a draft: its words, then its links. */
export const checksLinks = (app: App): Promise<Consumer> =>
  app.queue.consume('check-links', async ({ draftId, sourceId }) => {
    // First what needs no network: links may wait for their turns.
    await noteFindings(app.steps.findings, draftId);
    const source = app.sources.find(sourceId);
    if (source === undefined) return;
    await runStep(app, { name: 'check-links', draftId, sourceId }, () => checkLinks(app.steps.links, source, draftId));
  });
