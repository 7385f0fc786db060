import type { Text } from 'domhandler';
import { wordsOf, type Block } from '../block.js';
import type { PageView } from '../page-view.js';
import { Shared } from './shared.js';
import { Standings, STANDING_NAMES } from './standing.js';
import { wordingOf, WORDING_NAMES } from './wording.js';

/** What the engines before said of the page's texts, and what the head says. */
export interface Hints {
  /** Readability on the page as it is. */
  readonly raw: ReadonlySet<Text>;
  /** Readability on the page without its chrome. */
  readonly clean: ReadonlySet<Text>;
  /** Kept by the rules. */
  readonly ruled: ReadonlySet<Block>;
  readonly title: string;
  readonly description: string;
  /** The body that JSON-LD carries; '' when it carries none. */
  readonly told: string;
}

const VIEW_NAMES = [
  'raw',
  'clean',
  'ruled',
  'before the span',
  'after the span',
  'place in the span',
  'words from the span',
] as const;
const PLACE_NAMES = [
  'place',
  'place in words',
  'after the title',
  'blocks from the title',
  'is the title',
  'like the title',
  'in the description',
  'told',
  'not told',
  'copies',
  'shared with the title',
  'shared with the core',
] as const;
const KIND_NAMES = [
  'kind count',
  'kind words',
  'kind length',
  'kind links',
  'kind clean',
  'kind prose',
  'container clean',
  'container ruled',
] as const;
const PAGE_NAMES = ['page words', 'page blocks', 'page links', 'raw words', 'clean words', 'clean of prose'] as const;
/** What each block tells its neighbours. */
const SHARED = [
  'words',
  'link share',
  'ends like a sentence',
  'heading',
  'raw',
  'clean',
  'ruled',
  'same container',
  'same kind',
  'read more',
  'tail heading',
] as const;
const NEIGHBOURS = [-3, -2, -1, 1, 2, 3] as const;

/** The names of the numbers of a block, in order: the model refers to them. */
export const NUMBER_NAMES: readonly string[] = [
  ...WORDING_NAMES,
  ...STANDING_NAMES,
  ...VIEW_NAMES,
  ...PLACE_NAMES,
  ...KIND_NAMES,
  ...PAGE_NAMES,
  ...NEIGHBOURS.flatMap((step) => SHARED.map((name) => `${name} at ${step}`)),
];

/** One row of numbers for each block of a page: what the learned filter sees. */
export function numbersOf(view: PageView, hints: Hints): Float64Array[] {
  return new Reckoner(view, hints).rows();
}

interface Kind {
  count: number;
  words: number;
  characters: number;
  linked: number;
  clean: number;
  prose: number;
}

class Reckoner {
  private readonly standings: Standings;
  private readonly wording: number[][];
  private readonly raw: boolean[];
  private readonly clean: boolean[];
  private readonly ruled: boolean[];
  private readonly kinds = new Map<string, Kind>();
  private readonly kindOf: string[];
  private readonly copies = new Map<string, number>();
  private readonly containers: (object | null)[];
  private readonly inContainer = new Map<object | null, { words: number; clean: number; ruled: number }>();
  private readonly first: number;
  private readonly last: number;
  private readonly titleAt: number;
  private readonly titleWords: ReadonlySet<string>;
  private readonly byTitle: Shared;
  private readonly byCore: Shared;
  private readonly description: string;
  private readonly told: string;

  constructor(
    private readonly view: PageView,
    hints: Hints,
  ) {
    const { blocks } = view;
    this.standings = new Standings(view);
    this.wording = blocks.map(wordingOf);
    this.raw = blocks.map((block) => holds(block, hints.raw));
    this.clean = blocks.map((block) => holds(block, hints.clean));
    this.ruled = blocks.map((block) => hints.ruled.has(block));
    this.kindOf = blocks.map(kindName);
    this.containers = blocks.map((block) => this.standings.containerOf(block));
    blocks.forEach((block, at) => this.count(block, at));
    const span = this.clean.includes(true) ? this.clean : this.raw;
    this.first = span.indexOf(true);
    this.last = span.lastIndexOf(true);
    this.titleWords = new Set(wordsOf(hints.title.toLowerCase()));
    this.titleAt = this.findTitle();
    this.byTitle = new Shared(view, blocks[this.titleAt]);
    this.byCore = new Shared(view, this.core());
    this.description = plain(hints.description);
    this.told = plain(hints.told);
  }

  rows(): Float64Array[] {
    const { blocks, whole } = this.view;
    const rawWords = sumWhere(blocks, this.raw);
    const cleanWords = sumWhere(blocks, this.clean);
    const page = [
      Math.log1p(whole.words),
      Math.log1p(blocks.length),
      whole.linked / Math.max(1, whole.characters),
      Math.log1p(rawWords),
      Math.log1p(cleanWords),
      cleanWords / Math.max(1, whole.prose),
    ];
    let before = 0;
    return blocks.map((block, at) => {
      const row = new Float64Array(NUMBER_NAMES.length);
      const put = filler(row);
      put(this.wording[at] ?? []);
      put(this.standings.of(block));
      put(this.viewed(at));
      put(this.placed(block, at, before));
      put(this.kind(block, at));
      put(page);
      for (const step of NEIGHBOURS) put(this.shared(at + step, at));
      before += block.words;
      return row;
    });
  }

  private count(block: Block, at: number): void {
    const name = this.kindOf[at] ?? '';
    let kind = this.kinds.get(name);
    if (kind === undefined)
      this.kinds.set(name, (kind = { count: 0, words: 0, characters: 0, linked: 0, clean: 0, prose: 0 }));
    kind.count += 1;
    kind.words += block.words;
    kind.characters += block.text.length;
    kind.linked += block.linked;
    if (this.clean[at] === true) kind.clean += block.words;
    if (this.wording[at]?.[4] === 1) kind.prose += 1;
    const copy = plain(block.text);
    this.copies.set(copy, (this.copies.get(copy) ?? 0) + 1);
    const container = this.containers[at] ?? null;
    let inside = this.inContainer.get(container);
    if (inside === undefined) this.inContainer.set(container, (inside = { words: 0, clean: 0, ruled: 0 }));
    inside.words += block.words;
    if (this.clean[at] === true) inside.clean += block.words;
    if (this.ruled[at] === true) inside.ruled += block.words;
  }

  private viewed(at: number): number[] {
    const none = this.first < 0;
    const length = Math.max(1, this.last - this.first);
    const away = none ? 50 : at < this.first ? this.first - at : at > this.last ? at - this.last : 0;
    return [
      number(this.raw[at]),
      number(this.clean[at]),
      number(this.ruled[at]),
      !none && at < this.first ? 1 : 0,
      !none && at > this.last ? 1 : 0,
      none ? -1 : (at - this.first) / length,
      Math.log1p(away),
    ];
  }

  private placed(block: Block, at: number, before: number): number[] {
    const text = plain(block.text);
    const own = wordsOf(text);
    const common = own.filter((word) => this.titleWords.has(word)).length;
    const toldAs = this.told === '' || text === '' ? 0 : this.told.includes(text) ? 1 : -1;
    return [
      at / Math.max(1, this.view.blocks.length),
      before / Math.max(1, this.view.whole.words),
      this.titleAt < 0 ? 0.5 : at > this.titleAt ? 1 : 0,
      this.titleAt < 0 ? 0 : Math.sign(at - this.titleAt) * Math.log1p(Math.abs(at - this.titleAt)),
      at === this.titleAt ? 1 : 0,
      common / Math.max(1, own.length, this.titleWords.size),
      text.length > 20 &&
      this.description !== '' &&
      (this.description.includes(text) || text.includes(this.description))
        ? 1
        : 0,
      toldAs > 0 ? 1 : 0,
      toldAs < 0 ? 1 : 0,
      Math.log1p(this.copies.get(text) ?? 1),
      this.titleAt < 0 ? -1 : this.byTitle.of(block),
      this.byCore.of(block),
    ];
  }

  private kind(block: Block, at: number): number[] {
    const kind = this.kinds.get(this.kindOf[at] ?? '');
    const inside = this.inContainer.get(this.containers[at] ?? null);
    if (kind === undefined || inside === undefined) return [];
    // Without the block itself: what its likes are.
    const words = kind.words - block.words;
    const characters = kind.characters - block.text.length;
    const clean = kind.clean - (this.clean[at] === true ? block.words : 0);
    const likes = kind.count - 1;
    return [
      Math.log1p(likes),
      words / Math.max(1, this.view.whole.words),
      likes === 0 ? -1 : Math.log1p(words / likes),
      likes === 0 ? -1 : (kind.linked - block.linked) / Math.max(1, characters),
      likes === 0 ? -1 : clean / Math.max(1, words),
      likes === 0 ? -1 : (kind.prose - (this.wording[at]?.[4] ?? 0)) / likes,
      inside.clean / Math.max(1, inside.words),
      inside.ruled / Math.max(1, inside.words),
    ];
  }

  private shared(at: number, from: number): number[] {
    const wording = this.wording[at];
    if (wording === undefined) return [-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1];
    const name = this.view.blocks[at]?.element.name ?? '';
    return [
      wording[0] ?? 0,
      wording[2] ?? 0,
      wording[4] ?? 0,
      /^h[1-6]$/.test(name) ? 1 : 0,
      number(this.raw[at]),
      number(this.clean[at]),
      number(this.ruled[at]),
      this.containers[at] === this.containers[from] ? 1 : 0,
      this.kindOf[at] === this.kindOf[from] ? 1 : 0,
      wording[18] ?? 0,
      wording[19] ?? 0,
    ];
  }

  /** The longest block of running text that Readability took, or any. */
  private core(): Block | undefined {
    const { blocks } = this.view;
    const taken = blocks.filter((_, at) => this.clean[at] === true || this.raw[at] === true);
    return (taken.length > 0 ? taken : blocks).reduce<Block | undefined>(
      (a, b) => (a !== undefined && a.words - a.linked / 6 >= b.words - b.linked / 6 ? a : b),
      undefined,
    );
  }

  /** The heading that says most of the title; the last of several above the text. */
  private findTitle(): number {
    let best = -1;
    let most = 0.6;
    this.view.blocks.forEach((block, at) => {
      if (block.words > 60 || (best >= 0 && this.first >= 0 && at > this.first)) return;
      const own = wordsOf(block.text.toLowerCase());
      const common =
        own.filter((word) => this.titleWords.has(word)).length / Math.max(1, own.length, this.titleWords.size);
      const worth = common + (/^h[1-2]$/.test(block.element.name) ? 0.2 : 0);
      if (common >= 0.6 && worth >= most) {
        best = at;
        most = worth;
      }
    });
    return best;
  }
}

function filler(row: Float64Array): (values: ArrayLike<number>) => void {
  let at = 0;
  return (values) => {
    row.set(values, at);
    at += values.length;
  };
}

function holds(block: Block, texts: ReadonlySet<Text>): boolean {
  return block.texts.some((text) => texts.has(text) && text.data.trim() !== '');
}

/** Blocks of one template look alike: tag and class of the element and of the one around it. */
function kindName({ element }: Block): string {
  const parent = element.parent !== null && 'attribs' in element.parent ? element.parent : null;
  return `${element.name}.${element.attribs['class'] ?? ''}<${parent?.name ?? ''}.${parent?.attribs['class'] ?? ''}`;
}

function plain(text: string): string {
  return wordsOf(text.toLowerCase()).join(' ');
}

function number(value: boolean | undefined): number {
  return value === true ? 1 : 0;
}

function sumWhere(blocks: readonly Block[], where: readonly boolean[]): number {
  return blocks.reduce((sum, block, at) => sum + (where[at] === true ? block.words : 0), 0);
}
