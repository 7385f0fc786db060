import { Parser } from 'htmlparser2';

/** More of a page is not looked at, and more of a sketch is not kept. */
const MOST_HTML = 600_000;
const MOST_SKETCH = 60_000;
const CHUNK = 20_000;
/** Beyond, the parser's own stack grows slow, and it is no page. */
const DEEPEST = 2_000;
/** Whoever reads the sketch need not fear a deep tree. */
const DEEPEST_SKETCH = 150;
const MOST_ATTRIBUTES = 8;
const LONGEST_VALUE = 300;

/** What stands inside these is not shown. */
const HIDDEN: ReadonlySet<string> = new Set(
  'applet audio canvas embed frameset head iframe math noembed noframes noscript object picture plaintext script select style svg template textarea title video xmp'.split(
    ' ',
  ),
);
/** All others are left out; what stands inside them is kept. */
const KEPT: ReadonlySet<string> = new Set(
  'a abbr address article aside b blockquote caption cite code dd details dfn div dl dt em fieldset figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup i legend li main mark nav ol p pre q s section small span strong sub summary sup table tbody td tfoot th thead time tr u ul'.split(
    ' ',
  ),
);
const CUSTOM = /^[a-z][a-z0-9]{0,20}(?:-[a-z0-9]{1,20}){1,4}$/;
const ATTRIBUTE = /^(?:class|id|href|datetime|itemprop|itemtype|role|rel|data-[a-z0-9-]{1,30})$/;
const OUT_OF_THE_WEB = /^\s*(?!https?:)[a-z][a-z0-9+.-]*:/i;

/**
 * A page without what it loads and runs: elements that hold text, with the attributes by which a selector finds them, and the text.
 * Well-formed, at most 60,000 characters and 150 levels deep, whatever the page holds; in linear time. `null` where nothing is left.
 */
export function pageSketch(html: string): string | null {
  const sketcher = new Sketcher();
  const parser = new Parser(sketcher, { lowerCaseTags: true, decodeEntities: true, recognizeSelfClosing: false });
  for (let at = 0; at < Math.min(html.length, MOST_HTML) && sketcher.goesOn; at += CHUNK) {
    parser.write(html.slice(at, at + CHUNK));
  }
  return sketcher.sketch();
}

class Sketcher {
  private readonly pieces: string[] = [];
  private length = 0;
  private words = false;
  private hidden = 0;
  /** Names of the open elements; `null`: not in the sketch. */
  private readonly open: (string | null)[] = [];
  private levels = 0;

  get goesOn(): boolean {
    return this.length < MOST_SKETCH && this.open.length < DEEPEST;
  }

  onopentag(name: string, attributes: Readonly<Record<string, string>>): void {
    if (HIDDEN.has(name)) this.hidden += 1;
    const kept = this.hidden === 0 && this.levels < DEEPEST_SKETCH && (KEPT.has(name) || CUSTOM.test(name));
    const tag = kept ? `<${name}${attributesOf(attributes)}>` : '';
    const fits = kept && this.put(tag, 2 * name.length + 3);
    this.open.push(fits ? name : null);
    if (fits) this.levels += 1;
  }

  onclosetag(name: string): void {
    if (HIDDEN.has(name)) this.hidden -= 1;
    this.close();
  }

  ontext(text: string): void {
    if (this.hidden > 0) return;
    const shown = escaped(text.replace(/[\s\p{Cc}]+/gu, ' '));
    if (this.put(shown, 0) && shown.trim() !== '') this.words = true;
  }

  sketch(): string | null {
    while (this.open.length > 0) this.close();
    return this.words ? this.pieces.join('') : null;
  }

  private close(): void {
    const name = this.open.pop() ?? null;
    if (name === null) return;
    this.levels -= 1;
    this.pieces.push(`</${name}>`);
  }

  /** Whether it found room, with as much kept free for its end. */
  private put(piece: string, free: number): boolean {
    if (this.length + piece.length + free > MOST_SKETCH) {
      // What comes after what was left out would stand in the wrong place.
      this.length = MOST_SKETCH;
      return false;
    }
    this.pieces.push(piece);
    this.length += piece.length + free;
    return true;
  }
}

function attributesOf(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes)
    .filter(([name, value]) => ATTRIBUTE.test(name) && value.length <= LONGEST_VALUE)
    .filter(([name, value]) => name !== 'href' || !OUT_OF_THE_WEB.test(value))
    .slice(0, MOST_ATTRIBUTES)
    .map(([name, value]) => ` ${name}="${escaped(value.replace(/[\s\p{Cc}]+/gu, ' '))}"`)
    .join('');
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
