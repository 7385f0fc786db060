import { quotesIn } from '../../src/extract/quotes.js';

describe('quotesIn', () => {
  test.each([
    {
      name: 'the speaker before, with the role',
      paragraphs: [
        'Jane Smith, Chief Executive of the Charity, said: “We will listen to every child who comes to us.”',
      ],
      quotes: [
        {
          text: 'We will listen to every child who comes to us.',
          speaker: 'Jane Smith, Chief Executive of the Charity',
        },
      ],
    },
    {
      name: 'the speaker after',
      paragraphs: ['“We will listen to every child who comes to us,” said Jane Smith, the chair of the board.'],
      quotes: [
        { text: 'We will listen to every child who comes to us,', speaker: 'Jane Smith, the chair of the board' },
      ],
    },
    {
      name: 'the speaker in the paragraph above',
      paragraphs: [
        'Education Secretary Bridget Phillipson said:',
        '“Every child deserves to be safe wherever they are.”',
      ],
      quotes: [
        {
          text: 'Every child deserves to be safe wherever they are.',
          speaker: 'Education Secretary Bridget Phillipson',
        },
      ],
    },
    {
      name: 'a second paragraph of the same quotation',
      paragraphs: [
        'Jane Smith said: “The first thing is to listen well to children.',
        '“The second thing is to act on what they say.”',
      ],
      quotes: [
        { text: 'The first thing is to listen well to children.', speaker: 'Jane Smith' },
        { text: 'The second thing is to act on what they say.', speaker: 'Jane Smith' },
      ],
    },
    {
      name: 'a title in quotation marks is no quotation',
      paragraphs: ['The report “Keeping children safe” is out.'],
      quotes: [],
    },
    {
      name: 'an apostrophe does not end a quotation in single marks',
      paragraphs: ['Jo Day said: ‘It’s the child’s own voice that matters the most.’'],
      quotes: [{ text: 'It’s the child’s own voice that matters the most.', speaker: 'Jo Day' }],
    },
    {
      name: 'nobody is named',
      paragraphs: ['“Nobody told us what was going to happen next,” a review found.'],
      quotes: [{ text: 'Nobody told us what was going to happen next,', speaker: null }],
    },
  ])('$name', ({ paragraphs, quotes }) => {
    expect(quotesIn(paragraphs)).toEqual(quotes);
  });

  test('a long line of opening marks is read in little time', () => {
    expect(quotesIn(['“ '.repeat(500_000)])).toEqual([]);
    expect(quotesIn(['‘a '.repeat(50_000)]).filter(({ speaker }) => speaker !== null)).toEqual([]);
  });
});
