import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { Boilerplate } from '../match/boilerplate.js';
import { CandidateIndex } from '../match/candidate-index.js';
import { candidateKeys } from '../match/candidate-keys.js';
import { canonicalUrl } from '../match/canonical-url.js';
import { decide, type Candidate } from '../match/decide.js';
import { fingerprint } from '../match/fingerprint.js';
import { StoryBook } from '../match/story.js';
import { answerLines, textOf, writeOut, type Write } from './ndjson.js';

/** Candidates that are compared word by word. */
const MOST_CANDIDATES = 12;

/** `newsdesk match urls|copies|stories`: NDJSON on standard input and output, in order, each answer before the next line is read. */
export function define(command: Command): void {
  command.command('urls').description('{id, url} in, {id, key} out').action(through(runMatchUrls));
  command
    .command('copies')
    .description('{id, title, text, source} in, {id, verdict, of, because} out; remembers the lines before')
    .action(through(runMatchCopies));
  command
    .command('stories')
    .description('{id, title, text} in, {id, story, because} out; remembers the lines before')
    .action(through(runMatchStories));
}

function through(run: (input: AsyncIterable<string>, write: Write) => Promise<number>): () => Promise<void> {
  return async () => {
    const lines = createInterface({ input: process.stdin, crlfDelay: Infinity });
    process.exitCode = await run(lines, writeOut);
  };
}

/** `newsdesk match urls`: `{id, url}` in, `{id, key}` out; `key` is `null` when the address is none. */
export async function runMatchUrls(input: AsyncIterable<string>, write: Write): Promise<number> {
  return answerLines(input, write, (line) => ({ id: line['id'], key: canonicalUrl(textOf(line, 'url')) }));
}

/** `newsdesk match copies`: `{id, title, text, source}` in, `{id, verdict, of, because}` out. Remembers all lines before. */
export async function runMatchCopies(input: AsyncIterable<string>, write: Write): Promise<number> {
  const boilerplate = new Boilerplate();
  const index = new CandidateIndex<Candidate>();
  const groups = new Map<string, string>();
  return answerLines(input, write, (line) => {
    const source = textOf(line, 'source');
    const id = textOf(line, 'id');
    const item = fingerprint({
      id,
      sourceId: source,
      sourceName: source,
      title: textOf(line, 'title'),
      text: textOf(line, 'text'),
    });
    boilerplate.learn(item);
    const keys = candidateKeys(item, boilerplate.own(item));
    const verdict = decide(item, index.find(keys, MOST_CANDIDATES), boilerplate);
    const group = verdict.tie === 'copy' && verdict.of !== null ? (groups.get(verdict.of) ?? verdict.of) : id;
    groups.set(id, group);
    index.add(keys, { item, group });
    return { id: line['id'], verdict: verdict.tie, of: verdict.of, because: verdict.because };
  });
}

/** `newsdesk match stories`: `{id, title, text}` in, `{id, story, because}` out; `story` is the id of the item that began it. */
export async function runMatchStories(input: AsyncIterable<string>, write: Write): Promise<number> {
  const stories = new StoryBook();
  return answerLines(input, write, (line) => {
    const item = {
      id: textOf(line, 'id'),
      sourceName: textOf(line, 'source'),
      title: textOf(line, 'title'),
      text: textOf(line, 'text'),
    };
    const { story, because } = stories.add(item);
    return { id: line['id'], story, because };
  });
}
