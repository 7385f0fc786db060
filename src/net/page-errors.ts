import type { PageFace } from './page-face.js';
import type { SoftError, SoftErrorInput } from './soft-errors.js';
import { COOKIE_WALL, LOG_IN, SIGNS, type Sign } from './soft-signs.js';

/** How much a page may show, in characters outside menus and banners, for each sort of evidence to count. */
const WITH_TITLE_AND_HEADING = 4_000;
const WITH_ONE_HEADING = 1_200;
const WITH_TITLE_OVER_OTHER_HEADINGS = 500;
const WITH_MARK = 1_500;
const WITH_TEXT = 700;
const FEW_LINKS = 15;

/** The first sign that a page shows, and shows little beside. */
export function signOf(face: PageFace, html: string): SoftError | null {
  for (const sign of SIGNS) {
    const evidence = evidenceOf(sign, face, html);
    if (evidence !== null) return { code: sign.code, because: sign.because, evidence };
  }
  return null;
}

function evidenceOf({ head, text, mark }: Sign, face: PageFace, html: string): string | null {
  const title = head === undefined ? undefined : face.titleParts.find((part) => head.test(part));
  const heading = head === undefined ? undefined : wholeHeading(face, head);
  if (title !== undefined && heading !== undefined && face.textLength <= WITH_TITLE_AND_HEADING) {
    return `title "${title}", heading "${heading}"`;
  }
  if (face.links > FEW_LINKS) return null;
  if (heading !== undefined && face.textLength <= WITH_ONE_HEADING) return `heading "${heading}"`;
  const most = face.headings.length === 0 ? WITH_ONE_HEADING : WITH_TITLE_OVER_OTHER_HEADINGS;
  if (title !== undefined && face.textLength <= most) return `title "${title}"`;
  const marked = face.textLength <= WITH_MARK ? mark?.exec(html) : null;
  if (marked) return `mark ${marked[0].slice(0, 60)}`;
  const said = face.textLength <= WITH_TEXT ? (text?.exec(face.text) ?? text?.exec(face.noscript)) : null;
  return said ? `text "${said[0].slice(0, 80)}"` : null;
}

/** A heading all of which fits: `Access denied: families speak` is a headline. */
function wholeHeading({ headings }: PageFace, head: RegExp): string | undefined {
  return headings.find((parts) => parts.every((part) => head.test(part)))?.join(': ');
}

/** A page that asks for a name and a password, or says that one must be a member. */
export function logIn(face: PageFace, { url, requestedUrl }: SoftErrorInput): SoftError | null {
  const head = face.titleParts.find((part) => LOG_IN.head.test(part)) ?? wholeHeading(face, LOG_IN.head);
  const said = LOG_IN.text.exec(face.text.slice(0, 1_500))?.[0];
  const evidence = loginEvidence(face, { head, said, led: ledTo(LOG_IN, url, requestedUrl) });
  return evidence === null
    ? null
    : { code: 'source.log-in', because: 'a log-in page came instead of the content', evidence };
}

interface LoginSigns {
  readonly head: string | undefined;
  readonly said: string | undefined;
  readonly led: boolean;
}

function loginEvidence(face: PageFace, { head, said, led }: LoginSigns): string | null {
  const asks = face.passwordFields > 0;
  const length = face.textLength;
  if (led && (asks || head !== undefined || said !== undefined) && length <= 2_500) return 'led to a log-in address';
  if (asks && head !== undefined && length <= 1_500) return `password field and "${head}"`;
  if (asks && length <= 400 && face.links <= 10) return 'password field and little else';
  if (face.links > FEW_LINKS) return null;
  if (head !== undefined && said !== undefined && length <= 900) return `"${head}" and "${said}"`;
  if (said !== undefined && length <= 400) return `"${said}"`;
  return null;
}

/** A page about cookies and consent, and nothing else, where something else was asked for. */
export function cookieWall(face: PageFace, { url, requestedUrl }: SoftErrorInput): SoftError | null {
  const asked = new URL(requestedUrl);
  if (/cookie|privacy|consent|gdpr/i.test(asked.pathname)) return null;
  const said = COOKIE_WALL.text.exec(face.text)?.[0];
  const headings = face.headings.length > 0 ? face.headings.flat() : face.titleParts;
  const only = headings.length > 0 && headings.every((part) => COOKIE_WALL.head.test(part));
  const offers = face.buttons.some((caption) => COOKIE_WALL.button.test(caption)) || face.links <= 6;
  const led = ledTo(COOKIE_WALL, url, requestedUrl);
  const evidence = cookieEvidence(face, { said, only, offers, led });
  return evidence === null
    ? null
    : { code: 'source.cookie-wall', because: 'a cookie or consent page came instead of the content', evidence };
}

interface CookieSigns {
  readonly said: string | undefined;
  /** Every heading is about cookies. */
  readonly only: boolean;
  readonly offers: boolean;
  readonly led: boolean;
}

function cookieEvidence(face: PageFace, { said, only, offers, led }: CookieSigns): string | null {
  const length = face.textLength;
  if (led && (only || said !== undefined) && length <= 4_000) return 'led to a consent address';
  if (face.links > FEW_LINKS) return null;
  if (only && said !== undefined && offers && length <= 1_800)
    return `"${face.headings[0]?.[0] ?? face.titleParts[0]}" and "${said}"`;
  const bare = face.headings.length === 0;
  if (bare && said !== undefined && offers && length <= 700) return `"${said}" and little else`;
  return null;
}

/** Whether a redirect led to such a place, and was not asked for. */
function ledTo(place: { readonly path: RegExp; readonly host: RegExp }, url: string, requestedUrl: string): boolean {
  const landed = new URL(url);
  const asked = new URL(requestedUrl);
  if (landed.hostname !== asked.hostname && place.host.test(landed.hostname)) return true;
  const where = landed.pathname + landed.search;
  return place.path.test(where) && !place.path.test(asked.pathname + asked.search);
}
