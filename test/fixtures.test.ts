import { join } from 'node:path';
import { fixtureCases, fixtureSources } from '../src/demo/fixture-web.js';
import { sources } from '../sources.config.js';
import { expectedOf, playCase } from '../src/cli/play-case.js';

const FIXTURES = join(import.meta.dirname, '../fixtures');
const SEEDS = ['ddscp', 'uksic', 'action-for-children', 'gov-im', 'commons-library'];

test.each(fixtureSources(FIXTURES))('%s is a source of sources.config.ts, and has a baseline', (id) => {
  expect(sources.map((source) => source.id)).toContain(id);
  expect(fixtureCases(FIXTURES, id)[0]).toBe('baseline');
});

test.each(SEEDS)('the seed source %s has fixtures', (id) => {
  expect(fixtureCases(FIXTURES, id).length).toBeGreaterThanOrEqual(3);
});

const cases = fixtureSources(FIXTURES).flatMap((id) => fixtureCases(FIXTURES, id).map((name) => ({ id, name })));

test.each(cases)('$id/$name', async ({ id, name }) => {
  const source = sources.find((one) => one.id === id);
  if (source === undefined) throw new Error(`${id} is no source`);
  const { after: _after, why: _why, ...expected } = expectedOf(FIXTURES, id, name);
  expect(await playCase(FIXTURES, source, name)).toEqual(expected);
});
