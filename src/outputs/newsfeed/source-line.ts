import { Failure } from '../../model/failure.js';

export interface SourceLineParts {
  /** As the source's record has it. */
  readonly sourceName: string;
  /** When we published: never the source's own date. */
  readonly publishedAt: Date;
  /** The signed-in person who published. */
  readonly editorName: string;
}

const DAY = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

/**
 * The Source line of a post in its one canonical form, generated and never typed, with the day in London:
 * `Source: Ofcom published on this website Wednesday 27 March 2024 by Jill Powell`. Rule: HOUSE-STYLE section 2.
 * @throws {Failure} `draft.not-publishable` without an organisation, an editor or a day
 */
export function sourceLine({ sourceName, publishedAt, editorName }: SourceLineParts): string {
  const [source, editor] = [oneLine(sourceName), oneLine(editorName)];
  if (source === '') throw new Failure('draft.not-publishable', 'There is no organisation for the Source line.');
  if (editor === '') throw new Failure('draft.not-publishable', 'There is no editor for the Source line.');
  return `Source: ${source} published on this website ${londonDay(publishedAt)} by ${editor}`;
}

/** `Wednesday 27 March 2024`, the day in London. @throws {Failure} `draft.not-publishable` when it is no date */
export function londonDay(at: Date): string {
  if (Number.isNaN(at.getTime())) throw new Failure('draft.not-publishable', 'There is no day for the Source line.');
  const parts = new Map(DAY.formatToParts(at).map(({ type, value }) => [type, value]));
  return ['weekday', 'day', 'month', 'year'].map((type) => parts.get(type as Intl.DateTimeFormatPartTypes)).join(' ');
}

function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}
