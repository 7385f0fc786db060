import fc from 'fast-check';
import { StoryBook, type StoryItem } from '../../src/match/story.js';

const item = (id: string, title: string, text: string): StoryItem => ({ id, sourceName: 'Quay News', title, text });
const FIRE = item(
  'fire',
  'Fire at the Bramwick ferry terminal',
  'A fire at the Bramwick ferry terminal on Gull Island was put out by crews from Penmarsh. Harbour master Ada Quill said nobody was hurt.',
);
const FIRE_AGAIN = item(
  'fire-2',
  'Ferry terminal blaze under control',
  'Harbour master Ada Quill thanked Penmarsh crews after flames spread through the ferry terminal in Bramwick, on Gull Island, overnight.',
);
const FUNDING = item(
  'funding',
  'New money for youth clubs',
  'The council will spend more on youth clubs in Eastmere. Councillor Rhoda Vane said that opening hours would double from the summer.',
);

test('two tellings of one event are one story, and the reason names what they share', () => {
  const book = new StoryBook();
  for (const filler of FILLERS) book.add(filler);
  expect(book.add(FIRE)).toEqual({ story: 'fire', likeness: 1, because: [], names: [] });
  const again = book.add(FIRE_AGAIN);
  expect(again.story).toBe('fire');
  expect(again.because[0]).toMatch(/\d+ % alike; both speak of .*(?:ferry|quill|bramwick|penmarsh)/u);
  expect(book.add(FUNDING).story).toBe('funding');
});

test('an anonymous text is not put with one that names its place', () => {
  const book = new StoryBook();
  for (const filler of FILLERS) book.add(filler);
  book.add(FIRE);
  const anonymous = { ...FIRE_AGAIN, title: 'Anonymous partnership: ferry terminal blaze' };
  expect(book.add(anonymous).story).toBe('fire-2');
});

test('any texts are taken in, each with a story that was begun by itself or an earlier one', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.string({ unit: 'grapheme' })), { maxLength: 12 }), (texts) => {
      const book = new StoryBook();
      texts.forEach(([title, text], at) => {
        const { story, likeness } = book.add(item(String(at), title, text));
        expect(Number(story)).toBeLessThanOrEqual(at);
        expect(Number.isFinite(likeness)).toBe(true);
      });
    }),
  );
});

const FILLERS: readonly StoryItem[] = [
  'The library lends telescopes to families who want to watch the stars from the pier.',
  'Swimming lessons begin again at the lido and are free for everyone under twelve.',
  'A choir of net menders sings in the market hall for the lifeboat appeal.',
  'Road works close the coast path until the cliffs have been made safe.',
  'The museum shows maps drawn by sailors two hundred years ago.',
  'Bakers from five villages take part in the yearly loaf contest.',
].map((text, at) => item(`filler-${at}`, text.slice(0, 30), text));
