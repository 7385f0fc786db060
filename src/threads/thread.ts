import { parentPort } from 'node:worker_threads';
import { asFailure } from '../model/failure.js';
import type { Answer, Task } from './thread-tasks.js';

/** The other side of `ThreadPool`: does one task after the other. */
const say = (answer: Answer): void => parentPort?.postMessage(answer);

parentPort?.on('message', (task: Task) => {
  done(task).then(
    (output) => say({ output }),
    (error: unknown) => {
      const { code, message, details } = asFailure(error);
      say({ failure: { code, message, details } });
    },
  );
});
say({ ready: true });

async function done(task: Task): Promise<unknown> {
  // Loaded when first asked for: a thread does one of the two, and each brings libraries of its own.
  if (task.name === 'read') {
    const { readSource } = await import('../sources/read-source.js');
    return readSource(task.input.source, task.input.doc, task.input.memory);
  }
  if (task.name === 'feed') {
    const { readFeed } = await import('../sources/feed/read-feed.js');
    return readFeed(task.input.bytes, task.input.headers, task.input.url);
  }
  if (task.name === 'survey' || task.name === 'lists-with' || task.name === 'find-json') return surveyed(task);
  const { extractArticle, extractPlainly } = await import('../extract/extract-article.js');
  const { doc, source, item } = task.input;
  return task.name === 'extract' ? extractArticle(doc, source, item) : extractPlainly(doc, source, item);
}

async function surveyed(task: Extract<Task, { name: 'survey' | 'lists-with' | 'find-json' }>): Promise<unknown> {
  const { plainSurveyor } = await import('../sources/propose/survey-page.js');
  if (task.name === 'survey') return plainSurveyor.page(task.input.row, task.input.doc);
  if (task.name === 'find-json') return plainSurveyor.json(task.input.doc);
  return plainSurveyor.listsWith(task.input.row, task.input.doc, task.input.link);
}
