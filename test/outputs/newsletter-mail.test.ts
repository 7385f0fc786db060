import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import type { Issue } from '../../src/model/newsletter.js';
import { newsletterMail } from '../../src/outputs/newsletter/mail.js';
import { openBrowser } from '../web/browser.js';

const LONG = 'Donaudampfschifffahrtsgesellschaftskapitaen'.repeat(4);
const ISSUE: Issue = {
  slug: 'october-2026',
  title: `Safeguarding News October 2026 ${LONG}`,
  introduction: `One paragraph.\n\nhttps://safe.example/${'a'.repeat(200)}`,
  blocks: [{ id: 1, heading: 'Training', body: `- [Level 3](https://safe.example/3), January\n- ${LONG}` }],
  sections: [
    {
      name: 'Online Safety',
      entries: [
        { postId: '1', slug: 'x', heading: `Rules ${LONG}`, paragraph: `Ofcom says ${LONG}.`, sourceName: 'Ofcom' },
      ],
    },
  ],
};

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
}, 30_000);
afterAll(async () => await browser.close());

test.each([
  [600, 'light'],
  [600, 'dark'],
  [320, 'light'],
  [320, 'dark'],
] as const)(
  'the mail fits a window of %i pixels, %s, with words that nobody breaks, and axe finds nothing',
  async (width, colorScheme) => {
    const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
    const page = await context.newPage();
    await page.setContent(newsletterMail(ISSUE, { publicUrl: 'https://news.example', title: 'SAFE Newsfeed' }));
    const [wide, sheet] = await page.evaluate(() => [
      document.documentElement.scrollWidth - document.documentElement.clientWidth,
      document.querySelector('.nl-sheet')?.getBoundingClientRect().width ?? 0,
    ]);
    expect(wide).toBe(0);
    expect(sheet).toBe(width - 16);
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa']).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    await context.close();
  },
);
