import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { asFailure } from '../../../src/model/failure.js';
import { refusalOf } from '../../../src/sources/feed/feed-refusal.js';
import { readFeed } from '../../../src/sources/feed/read-feed.js';
import { describeShared, SHARED } from '../../shared-corpus.js';
import { wrongFields, type Truth } from './expected-feed.js';

const FOLDER = join(SHARED ?? '', 'corpus/feeds');

function truthsOf(part: string): Truth[] {
  const lines = readFileSync(join(FOLDER, part, 'expected.ndjson'), 'utf8').split('\n');
  return lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line) as Truth);
}

async function mistakesIn(part: string, truth: Truth): Promise<string[]> {
  const path = join(FOLDER, part, truth.file);
  const bytes = truth.packed === true ? gunzipSync(readFileSync(`${path}.gz`)) : readFileSync(path);
  const url = existsSync(`${path}.url`) ? readFileSync(`${path}.url`, 'utf8').trim() : 'https://example.org/';
  const headers = existsSync(`${path}.headers`)
    ? (JSON.parse(readFileSync(`${path}.headers`, 'utf8')) as Record<string, string>)
    : {};
  const base = new URL(headers['content-location'] ?? '', url).href;
  const { ok, codes } = truth.expect;
  try {
    const feed = await readFeed(new Uint8Array(bytes), headers, url);
    return ok === false ? ['was read'] : wrongFields(truth, feed, base);
  } catch (error) {
    const code = refusalOf(asFailure(error));
    return ok !== true && (codes ?? [code]).includes(code) ? [] : [code];
  }
}

/** The least share of files of which every known value must be right. */
describeShared('the shared feeds', () => {
  test.each([
    ['feedparser-tests', 0.97],
    ['captures', 0.985],
    ['adversarial', 1],
  ])(
    '%s: at least %d fully right',
    async (part, bar) => {
      const truths = truthsOf(part);
      const wrong: Record<string, string[]> = {};
      for (const truth of truths) {
        const mistakes = await mistakesIn(part, truth);
        if (mistakes.length > 0) wrong[truth.file] = mistakes.slice(0, 5);
      }
      const allowed = Math.floor(truths.length * (1 - bar));
      expect(Object.keys(wrong).length > allowed ? wrong : 'enough are right').toBe('enough are right');
    },
    120_000,
  );
});
