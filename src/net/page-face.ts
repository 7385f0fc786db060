import { Parser } from 'htmlparser2';

/** What a page shows at a glance: enough to tell an error page from content, and no more. Texts in lower case, one space apart. */
export interface PageFace {
  /** Parts of the title and of the first headings, as separated by dashes, bars and colons: `page not found`, `nspcc`. */
  readonly titleParts: readonly string[];
  readonly headings: readonly (readonly string[])[];
  /** What is shown outside menus, banners and footers; its first part, and its whole length. */
  readonly text: string;
  readonly textLength: number;
  /** What is shown when JavaScript is off. */
  readonly noscript: string;
  /** Links, outside menus, banners and footers. */
  readonly links: number;
  readonly passwordFields: number;
  /** Captions of buttons. */
  readonly buttons: readonly string[];
}

/** More than this is no error page's markup; what follows is not looked at. */
const MOST_HTML = 600_000;
const CHUNK = 20_000;
/** Beyond, the parser's own stack grows slow, and it is no error page. */
const DEEPEST = 2_000;
const MOST_TEXT = 6_000;
const MOST_HEADINGS = 4;
const LONGEST_PART = 160;
const SKIPPED: ReadonlySet<string> = new Set(['script', 'style', 'template', 'svg', 'select', 'iframe', 'object']);
const FRAME: ReadonlySet<string> = new Set(['nav', 'header', 'footer', 'aside']);
const HEADINGS: ReadonlySet<string> = new Set(['h1', 'h2']);
/** Between the parts of `Page not found - GOV.UK` and `NSPCC | Error: 404`. */
const PART_BREAK = / [-–—~«»·•>/] |[|:«»·•]/;

/** Reads the face of an HTML page, in one pass. */
export function pageFace(html: string): PageFace {
  const reader = new FaceReader();
  const parser = new Parser(reader, { lowerCaseTags: true, decodeEntities: true, recognizeSelfClosing: false });
  for (let at = 0; at < Math.min(html.length, MOST_HTML) && reader.depth < DEEPEST; at += CHUNK) {
    parser.write(html.slice(at, at + CHUNK));
  }
  parser.end();
  return reader.face();
}

/** A text, for comparing: lower case, plain quotes, single spaces. */
export function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[‘’ʼ`´]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/…/g, '...')
    .replace(/\s+/g, ' ')
    .trim();
}

export function parts(text: string): string[] {
  return plain(text)
    .split(PART_BREAK)
    .map((part) =>
      part
        .trim()
        .slice(0, LONGEST_PART)
        .replace(/[.!?]{1,9}$/, ''),
    )
    .filter((part) => part !== '');
}

class FaceReader {
  depth = 0;
  private title = '';
  private headings: string[] = [];
  private buttons: string[] = [];
  private text: string[] = [];
  private noscript = '';
  private textLength = 0;
  private links = 0;
  private passwordFields = 0;
  private open: Record<'skipped' | 'frame' | 'title' | 'heading' | 'button' | 'noscript', number> = {
    skipped: 0,
    frame: 0,
    title: 0,
    heading: 0,
    button: 0,
    noscript: 0,
  };

  onopentag(name: string, attributes: Record<string, string>): void {
    this.depth += 1;
    this.count(name, 1);
    if (name === 'a' && this.open.frame === 0 && (attributes['href'] ?? '') !== '') this.links += 1;
    if (name === 'input') this.input(attributes);
    if (HEADINGS.has(name) && this.headings.length < MOST_HEADINGS) this.headings.push('');
    if (name === 'button') this.buttons.push('');
    this.shown(' ');
  }

  onclosetag(name: string): void {
    this.depth -= 1;
    this.count(name, -1);
    this.shown(' ');
  }

  ontext(text: string): void {
    if (this.open.title > 0) {
      this.title += text;
      return;
    }
    if (this.open.skipped > 0) return;
    if (this.open.noscript > 0) {
      if (this.noscript.length < MOST_TEXT) this.noscript += text;
      return;
    }
    if (this.open.heading > 0 && this.headings.length <= MOST_HEADINGS)
      this.headings.push((this.headings.pop() ?? '') + text);
    if (this.open.button > 0) this.buttons.push((this.buttons.pop() ?? '') + text);
    if (this.open.frame === 0) this.shown(text);
  }

  face(): PageFace {
    return {
      titleParts: parts(this.title),
      headings: this.headings.map(parts).filter((heading) => heading.length > 0),
      text: plain(this.text.join('')),
      textLength: this.textLength,
      noscript: plain(this.noscript),
      links: this.links,
      passwordFields: this.passwordFields,
      buttons: this.buttons.map(plain),
    };
  }

  private count(name: string, by: 1 | -1): void {
    if (SKIPPED.has(name)) this.open.skipped += by;
    if (FRAME.has(name)) this.open.frame += by;
    if (HEADINGS.has(name)) this.open.heading += by;
    if (name === 'title' && this.open.skipped === 0) this.open.title += by;
    if (name === 'button') this.open.button += by;
    if (name === 'noscript') this.open.noscript += by;
  }

  private input(attributes: Record<string, string>): void {
    const type = (attributes['type'] ?? '').toLowerCase();
    if (type === 'password') this.passwordFields += 1;
    if (type === 'submit' || type === 'button') this.buttons.push(attributes['value'] ?? '');
  }

  private shown(text: string): void {
    const length = text.trim().length;
    if (length === 0 && text !== ' ') return;
    if (this.textLength < MOST_TEXT) this.text.push(text.slice(0, MOST_TEXT));
    this.textLength += length;
  }
}
