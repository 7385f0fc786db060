import type { FailureCode } from '../../src/model/failure.js';
import type { Expected } from '../../src/net/expected.js';

export interface Example {
  readonly name: string;
  readonly code: FailureCode;
  readonly body: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Path asked for and path that answered. */
  readonly asked?: string;
  readonly landed?: string;
  readonly expected?: Expected;
}

const page = (title: string, body: string, head = ''): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>${head}</head><body>${body}</body></html>`;
const NAV = `<header><nav>${['Home', 'About us', 'News', 'Training', 'Contact', 'Search', 'Resources', 'Careers']
  .map((name) => `<a href="/${name.toLowerCase().replaceAll(' ', '-')}">${name}</a>`)
  .join(' ')}</nav></header>`;
const FOOT = `<footer><a href="/privacy">Privacy</a> <a href="/cookies">Cookies</a> <p>Registered charity in England and Wales. All rights reserved.</p></footer>`;
const framed = (title: string, main: string): string => page(title, `${NAV}<main>${main}</main>${FOOT}`);
const feed = (title: string, items: string): string =>
  `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>${title}</title><link>https://example.org/</link><description>d</description>${items}</channel></rss>`;

const CHALLENGES: readonly Example[] = [
  {
    name: 'a header that says so, over an empty body',
    code: 'source.challenge',
    status: 403,
    headers: { 'cf-mitigated': 'challenge' },
    body: '',
  },
  {
    name: 'a waiting page with an options object',
    code: 'source.challenge',
    status: 403,
    body: page(
      'Just a moment...',
      '<noscript>Enable JavaScript and cookies to continue</noscript><script>window._cf_chl_opt={cType:"managed"}</script>',
    ),
  },
  {
    name: 'a check of the browser, with status 503',
    code: 'source.challenge',
    status: 503,
    body: page(
      'Please wait',
      '<h1>Checking your browser before accessing example.org.</h1><p>This process is automatic. Your browser will redirect shortly.</p><p>DDoS protection by Guardy</p>',
    ),
  },
  {
    name: 'a puzzle with status 405',
    code: 'source.challenge',
    status: 405,
    headers: { 'x-amzn-waf-action': 'captcha' },
    body: page('Human Verification', '<div id="captcha-container"></div>'),
  },
  {
    name: 'a silent script with status 202',
    code: 'source.challenge',
    status: 202,
    body: page(
      '',
      '<div id="challenge-container"></div><script>window.gokuProps={"key":"x"}</script><noscript><h1>JavaScript is disabled</h1>In order to continue, we need to verify that you\'re not a robot.</noscript>',
    ),
  },
  {
    name: 'proof of work',
    code: 'source.challenge',
    body: page(
      'Making sure you&#39;re not a bot!',
      '<h1>Making sure you&#39;re not a bot!</h1><p>Loading...</p><script id="anubis_challenge" type="application/json">{}</script>',
    ),
  },
  {
    name: 'press and hold',
    code: 'source.challenge',
    status: 403,
    body: page(
      'Access to this page has been denied',
      '<div id="px-captcha"></div><p>Press &amp; Hold to confirm you are a human (and not a bot).</p>',
    ),
  },
  {
    name: 'a search box for robots',
    code: 'source.challenge',
    body: page(
      'Sorry...',
      '<p>Our systems have detected unusual traffic from your computer network. This page checks to see if it is really you sending the requests.</p>',
    ),
  },
  {
    name: 'an interruption',
    code: 'source.challenge',
    body: page(
      'Pardon Our Interruption',
      '<h1>Pardon Our Interruption</h1><p>As you were browsing something about your browser made us think you were a bot.</p>',
    ),
  },
  {
    name: 'a checkpoint',
    code: 'source.challenge',
    status: 429,
    body: page('Vercel Security Checkpoint', "<p>We're verifying your browser</p>"),
  },
  {
    name: 'a home-made one',
    code: 'source.challenge',
    body: page(
      'Security check',
      '<h1>One more step</h1><p>Please complete the security check to access www.example.org</p><img src="c.png">',
    ),
  },
  {
    name: 'a cookie sum in script',
    code: 'source.challenge',
    body: '<html><body><script src="/aes.js"></script><script>function toNumbers(d){return d}document.cookie="x="+toNumbers("aa");location.href="/?i=1"</script><noscript>This site requires Javascript to work</noscript></body></html>',
  },
];

const BLOCKS: readonly Example[] = [
  {
    name: 'a rejected request with a support id',
    code: 'source.refused',
    body: '<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please consult with your administrator.<br><br>Your support ID is: 1234567890<br><br><a href="javascript:history.back();">[Go Back]</a></body></html>',
  },
  {
    name: 'access denied with a reference',
    code: 'source.refused',
    body: '<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1>You don\'t have permission to access "http://example.org/news" on this server.<P>Reference #18.2f1b</BODY></HTML>',
  },
  {
    name: 'blocked, with an incident number in a frame',
    code: 'source.refused',
    body: '<html><head><meta name="robots" content="noindex"></head><body><iframe src="/_Incapsula_Resource?x=1">Request unsuccessful. Incident ID: 1</iframe></body></html>',
  },
  {
    name: 'a firewall of a blog',
    code: 'source.refused',
    body: page(
      'Site unavailable',
      '<h1>Your access to this site has been limited by the site owner</h1><p>Your access to this service has been limited. (HTTP response code 503)</p><p>Generated by Wordfence</p>',
    ),
  },
  {
    name: 'not acceptable',
    code: 'source.refused',
    body: '<head><title>Not Acceptable!</title></head><body><h1>Not Acceptable!</h1><p>An appropriate representation of the requested resource could not be found on this server. This error was generated by Mod_Security.</p></body>',
  },
  {
    name: 'a delivery network',
    code: 'source.refused',
    body: page(
      'ERROR: The request could not be satisfied',
      "<h1>403 ERROR</h1><h2>The request could not be satisfied.</h2><hr>Request blocked. We can't connect to the server for this app or website at this time.",
    ),
  },
  {
    name: 'blocked by name',
    code: 'source.refused',
    body: page(
      'Attention',
      '<h2>Sorry, you have been blocked</h2><p>You are unable to access example.org. This website is using a security service to protect itself from online attacks.</p>',
    ),
  },
  {
    name: 'a country rule',
    code: 'source.refused',
    body: page('Not available in your region', '<p>We are sorry: this content is not available in your region.</p>'),
  },
  { name: 'plain words', code: 'source.refused', headers: { 'content-type': 'text/plain' }, body: 'Access denied\n' },
  {
    name: 'a web filter',
    code: 'source.refused',
    body: page(
      'Web Page Blocked',
      '<h2>Web Page Blocked!</h2><p>The page cannot be displayed. Please contact the administrator. Attack ID: 20000051</p>',
    ),
  },
  { name: 'as JSON', code: 'source.refused', expected: 'json', body: '{"message":"Forbidden","statusCode":403}' },
];

const COOKIE_WALLS: readonly Example[] = [
  {
    name: 'before you continue, on a host of its own',
    code: 'source.cookie-wall',
    asked: '/news/story-of-today',
    landed: 'https://consent.example.org/?continue=x',
    body: page(
      'Before you continue',
      '<h1>Before you continue</h1><p>We use cookies and data to deliver and maintain services.</p><form><button>Reject all</button><button>Accept all</button></form>',
    ),
  },
  {
    name: 'we value your privacy',
    code: 'source.cookie-wall',
    body: page(
      'Example News',
      '<h1>We value your privacy</h1><p>We and our 842 partners store and access information on a device, such as cookies, and process personal data. You may accept or manage your choices.</p><button>Accept all</button><button>Manage options</button>',
    ),
  },
  {
    name: 'cookies are disabled',
    code: 'source.cookie-wall',
    body: page(
      'Cookies are required',
      '<h1>Cookies are disabled</h1><p>Cookies must be enabled to use this site. Please enable cookies in your browser and reload.</p>',
    ),
  },
  {
    name: 'a wall at /cookie-consent',
    code: 'source.cookie-wall',
    asked: '/guidance/a',
    landed: '/cookie-consent?return=/guidance/a',
    body: framed(
      'Cookie consent',
      '<h1>Cookie consent</h1><p>To use this service you must accept our cookies. We use cookies to remember you.</p><form><input type="submit" value="I agree"></form>',
    ),
  },
  {
    name: 'one sentence and a button',
    code: 'source.cookie-wall',
    body: page(
      '',
      '<div class="gate"><p>This website uses cookies. By continuing you consent to our use of cookies.</p><button>I accept</button></div>',
    ),
  },
  {
    name: 'a publisher that cannot set one',
    code: 'source.cookie-wall',
    body: page(
      'Cookie error',
      '<h2>Your browser is not accepting cookies</h2><p>This site requires cookies. Your browser is not accepting cookies from us.</p><a href="/help">Help</a>',
    ),
  },
  {
    name: 'settings first',
    code: 'source.cookie-wall',
    body: page(
      'Cookie settings',
      '<h1>Cookie settings</h1><p>Choose which cookies we may use. Necessary cookies are required for the site to work.</p><button>Save and continue</button>',
    ),
  },
];

const LOG_INS: readonly Example[] = [
  {
    name: 'a form at /login',
    code: 'source.log-in',
    asked: '/resources/pack',
    landed: '/login?next=/resources/pack',
    body: framed(
      'Log in | Example',
      '<h1>Log in</h1><form><input name="u"><input type="password" name="p"><button>Log in</button></form>',
    ),
  },
  {
    name: 'a blog',
    code: 'source.log-in',
    asked: '/private',
    landed: '/wp-login.php?redirect_to=%2Fprivate',
    body: page(
      'Log In ‹ Example — WordPress',
      '<h1><a href="https://wordpress.org/">Powered by WordPress</a></h1><form><label>Username or Email Address<input type="text"></label><input type="password"><input type="submit" value="Log In"></form>',
    ),
  },
  {
    name: 'an account of a big house, without a password field',
    code: 'source.log-in',
    asked: '/board/papers',
    landed: 'https://login.example.com/common/oauth2/authorize?client_id=1',
    body: page(
      'Sign in to your account',
      '<div>Sign in</div><input type="email" placeholder="Email, phone, or Skype"><a href="#">Can’t access your account?</a>',
    ),
  },
  {
    name: 'members only, with menus',
    code: 'source.log-in',
    body: framed(
      'Members only - Network',
      '<h1>Members only</h1><p>This page is only available to members. Please log in to continue, or join us.</p>',
    ),
  },
  {
    name: 'a session that ran out',
    code: 'source.log-in',
    body: page(
      'Session expired',
      '<p>Your session has expired. Please sign in again.</p><a href="/signin">Sign in</a>',
    ),
  },
  {
    name: 'a portal with little else',
    code: 'source.log-in',
    body: page(
      'Case portal',
      '<img src="logo.svg"><form>Email <input name="e"> Password <input type="password"><button>Continue</button></form>',
    ),
  },
  {
    name: 'a short notice',
    code: 'source.log-in',
    body: page('Learning hub', '<p>You must be logged in to view this content.</p>'),
  },
];

const MAINTENANCE: readonly Example[] = [
  {
    name: 'scheduled, of a blog',
    code: 'source.maintenance',
    status: 503,
    body: '<!DOCTYPE html><html><head><title>Maintenance</title></head><body><h1>Briefly unavailable for scheduled maintenance. Check back in a minute.</h1></body></html>',
  },
  {
    name: 'with menus, status 200',
    code: 'source.maintenance',
    body: framed(
      'Website under maintenance | Example',
      '<h1>We are currently undergoing essential maintenance</h1><p>We will be back at 6pm. Sorry for the trouble.</p>',
    ),
  },
  {
    name: 'sorry, the service is unavailable',
    code: 'source.maintenance',
    body: framed(
      'Sorry, the service is unavailable - GOV.UK',
      '<h1>Sorry, the service is unavailable</h1><p>You will be able to use the service from 9am on Monday.</p>',
    ),
  },
  {
    name: 'be right back',
    code: 'source.maintenance',
    body: page(
      'Example Trust',
      '<img src="logo.png"><h1>We’ll be right back</h1><p>Our website is down for maintenance.</p>',
    ),
  },
  {
    name: 'a mode of a content system',
    code: 'source.maintenance',
    body: page(
      'Site under maintenance',
      '<p>Example is currently under maintenance. We should be back shortly. Thank you for your patience.</p>',
    ),
  },
  {
    name: 'plain words from a proxy, status 502',
    code: 'source.maintenance',
    status: 502,
    body: page('Planned maintenance', '<h1>Planned maintenance</h1><p>Back soon.</p>'),
  },
  {
    name: 'led to /maintenance.html',
    code: 'source.maintenance',
    asked: '/news/latest',
    landed: '/maintenance.html',
    body: page('Example', '<p>Hello. Normal service will resume on Tuesday.</p>'),
  },
  {
    name: 'temporarily offline',
    code: 'source.maintenance',
    body: page(
      'Temporarily offline',
      '<h2>This site is temporarily offline</h2><p>We are moving to a new server this weekend.</p>',
    ),
  },
];

const ERRORS: readonly Example[] = [
  {
    name: 'page not found, in full dress',
    code: 'source.soft-error',
    body: framed(
      'Page not found - Example Council',
      `<h1>Page not found</h1><p>If you typed the web address, check it is correct. ${'You can browse from the homepage. '.repeat(20)}</p>`,
    ),
  },
  {
    name: 'sorry, we cannot find',
    code: 'source.soft-error',
    body: framed(
      '404 | Example',
      '<h1>Sorry, we can’t find the page you’re looking for</h1><p>It may have been moved or deleted.</p>',
    ),
  },
  {
    name: 'a database that is away',
    code: 'source.soft-error',
    body: '<!DOCTYPE html><html><head><title>Database Error</title></head><body><h1>Error establishing a database connection</h1></body></html>',
  },
  {
    name: 'a program that fell over in the middle',
    code: 'source.soft-error',
    body: '<br />\n<b>Fatal error</b>:  Uncaught Error: Call to undefined function foo() in /var/www/html/index.php:12\nStack trace:\n#0 {main}',
  },
  {
    name: 'a server error in an application',
    code: 'source.soft-error',
    body: page(
      'Runtime Error',
      "<H1>Server Error in '/' Application.</H1><h2><i>Runtime Error</i></h2><p>An application error occurred on the server.</p>",
    ),
  },
  {
    name: 'an unexpected error of a content system',
    code: 'source.soft-error',
    body: 'The website encountered an unexpected error. Please try again later.',
  },
  {
    name: 'an application of the browser',
    code: 'source.soft-error',
    body: page('500: Internal Server Error', '<h1>Application error: a client-side exception has occurred</h1>', ''),
  },
  {
    name: 'oops',
    code: 'source.soft-error',
    body: framed(
      'Oops! Something went wrong',
      '<h1>Oops!</h1><p>Something went wrong on our side. Please try again.</p>',
    ),
  },
  {
    name: 'a mesh without a healthy end',
    code: 'source.soft-error',
    headers: { 'content-type': 'text/plain' },
    body: 'no healthy upstream',
  },
  {
    name: 'an error as JSON',
    code: 'source.soft-error',
    expected: 'json',
    body: '{"code":"rest_no_route","message":"No route was found matching the URL.","data":{"status":404}}',
  },
  {
    name: 'another as JSON',
    code: 'source.soft-error',
    expected: 'json',
    body: '{"status":"error","message":"Something broke"}',
  },
  {
    name: 'errors as JSON',
    code: 'source.soft-error',
    expected: 'json',
    body: '{"errors":[{"title":"Internal error","status":"500"}],"data":null}',
  },
  {
    name: 'an error as XML',
    code: 'source.soft-error',
    expected: 'feed',
    body: '<?xml version="1.0"?><Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>',
  },
  {
    name: 'a feed that says error',
    code: 'source.soft-error',
    expected: 'feed',
    body: feed('Error', '<item><title>Feed not found</title></item>'),
  },
  {
    name: 'led to /error404',
    code: 'source.soft-error',
    asked: '/news/1',
    landed: '/error-404.aspx',
    body: framed('Example', '<h1>Popular pages</h1><p>Try these.</p>'),
  },
];

const ENDED: readonly Example[] = [
  {
    name: 'a finder that was retired',
    code: 'source.feed-ended',
    expected: 'feed',
    body: '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><id>https://example.org/x.atom</id><title>Publications</title><entry><id>https://example.org/x/feed-ended</id><title>This feed has ended</title></entry></feed>',
  },
  {
    name: 'an item that says so',
    code: 'source.feed-ended',
    expected: 'feed',
    body: feed(
      'News',
      '<item><title>This RSS feed has been discontinued</title><link>https://example.org/n</link></item>',
    ),
  },
  {
    name: 'a title that says so',
    code: 'source.feed-ended',
    expected: 'feed',
    body: feed('This feed is no longer available', ''),
  },
  {
    name: 'a notice that it moved',
    code: 'source.feed-ended',
    expected: 'feed',
    body: feed('Serious case reviews', '<item><title>Important: our feed has moved</title></item>'),
  },
  {
    name: 'an Atom feed that was closed',
    code: 'source.feed-ended',
    expected: 'feed',
    body: '<feed xmlns="http://www.w3.org/2005/Atom"><title type="text"><![CDATA[The news feed has closed]]></title></feed>',
  },
  {
    name: 'a page in its place',
    code: 'source.feed-ended',
    expected: 'feed',
    body: framed(
      'RSS feeds retired | Example',
      '<h1>Our RSS feeds have been retired</h1><p>Subscribe by e-mail instead.</p>',
    ),
  },
];

const NOT_FEEDS: readonly Example[] = [
  {
    name: 'the front page',
    code: 'source.not-a-feed',
    expected: 'feed',
    body: framed('Example', `<h1>Welcome</h1><p>${'We work to keep children safe. '.repeat(40)}</p>`),
  },
  {
    name: 'XHTML with an XML declaration',
    code: 'source.not-a-feed',
    expected: 'feed',
    body: '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>News</title></head><body><h1>News</h1></body></html>',
  },
  {
    name: 'a shell for scripts',
    code: 'source.not-a-feed',
    expected: 'feed',
    body: '<!doctype html><html><head><title>App</title></head><body><div id="root"></div><script src="/main.js"></script></body></html>',
  },
  {
    name: 'a page behind comments',
    code: 'source.not-a-feed',
    expected: 'sitemap',
    body: `<!-- ${'x'.repeat(9000)} --><!-- two --><html><head><title>Site map</title></head><body><h1>Site map</h1><a href="/a">A</a></body></html>`,
  },
  {
    name: 'a page where JSON was',
    code: 'source.not-a-feed',
    expected: 'json',
    body: framed('Posts', '<h1>Posts</h1><p>Nothing here has JSON.</p>'),
  },
  {
    name: 'a piece of a page',
    code: 'source.not-a-feed',
    expected: 'feed',
    body: '<div class="news"><h2>Latest</h2><p>Hello</p></div>',
  },
];

const MISSING: readonly Example[] = [
  {
    name: 'an item that leads to the front page',
    code: 'source.missing',
    asked: '/news/2026/a-story',
    landed: '/',
    body: framed('Example', `<h1>Welcome</h1><p>${'We keep children safe. '.repeat(60)}</p>`),
  },
];

export const EXAMPLES: readonly Example[] = [
  ...CHALLENGES,
  ...BLOCKS,
  ...COOKIE_WALLS,
  ...LOG_INS,
  ...MAINTENANCE,
  ...ERRORS,
  ...ENDED,
  ...NOT_FEEDS,
  ...MISSING,
];

const PARAGRAPH = 'The partnership said that learning from the review would be shared with every agency this autumn. ';

/** Content that talks of the same things, or is small: none of it is an error. */
export const CONTENT: readonly Omit<Example, 'code'>[] = [
  {
    name: 'an article about log-ins',
    body: framed(
      'Sign in safely: new advice | Example',
      `<h1>Sign in safely: new advice</h1><p>${PARAGRAPH.repeat(20)} You must be logged in to comment.</p>`,
    ),
  },
  {
    name: 'an article with a log-in form in its banner',
    body: page(
      'Board minutes',
      `<div class="top"><form>User <input name="u"><input type="password"><button>Log in</button></form></div><h1>Board minutes of June</h1><p>${PARAGRAPH.repeat(6)}</p>`,
    ),
  },
  {
    name: 'the cookie page itself',
    asked: '/help/cookies',
    landed: '/help/cookies',
    body: framed(
      'Cookies',
      '<h1>Cookies</h1><p>We use cookies to count visits. You can accept all cookies.</p><button>Accept</button>',
    ),
  },
  {
    name: 'a short page with a cookie banner',
    body: framed(
      'Contact us',
      '<div><h2>Cookies on Example</h2><p>We use cookies to make this site work.</p><button>Accept</button></div><h1>Contact us</h1><p>Ring 01234 567890.</p>',
    ),
  },
  {
    name: 'news of maintenance on a helpline',
    body: framed(
      'Helpline temporarily unavailable on Sunday | Example',
      `<h1>Helpline maintenance this Sunday</h1><p>${PARAGRAPH.repeat(8)}</p>`,
    ),
  },
  {
    name: 'news about people who were denied access',
    body: framed(
      'Access denied: families speak | Example',
      `<h1>Access denied: families speak</h1><p>${PARAGRAPH.repeat(14)}</p>`,
    ),
  },
  {
    name: 'a report with an error in its title',
    body: framed(
      'Error in the court record | Example',
      `<h1>Error in the court record led to release</h1><p>${PARAGRAPH.repeat(3)}</p>`,
    ),
  },
  {
    name: 'a very short news item',
    body: framed(
      'Office closed on Monday',
      '<h1>Office closed on Monday</h1><p>We are open again on Tuesday 26 May 2026.</p>',
    ),
  },
  {
    name: 'an empty list',
    body: framed('Search results', '<h1>Search results</h1><p>0 results found for your search.</p>'),
  },
  {
    name: 'a page with a robot test on its form',
    body: framed(
      'Report a concern',
      '<h1>Report a concern</h1><form><textarea></textarea><div class="g-recaptcha" data-sitekey="x"></div><button>Send</button></form><p>Call 999 in an emergency.</p>',
    ),
  },
  {
    name: 'a page with the protector’s script in it',
    body: page(
      'News',
      `<h1>News</h1><p>${PARAGRAPH.repeat(4)}</p><script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>`,
    ),
  },
  {
    name: 'a feed with one item',
    expected: 'feed',
    body: feed('News', '<item><title>A review was published</title><link>https://example.org/1</link></item>'),
  },
  { name: 'an empty feed', expected: 'feed', body: feed('News', '') },
  {
    name: 'a living feed that tells of another’s end',
    expected: 'feed',
    body: feed(
      'News',
      '<item><title>A</title></item><item><title>This feed has ended for one topic</title></item><item><title>B</title></item>',
    ),
  },
  {
    name: 'a feed with pages in comments before it',
    expected: 'feed',
    body: `<!-- <html><b>hello</b></html> -->${feed('News', '<item><title>A</title></item>')}`,
  },
  { name: 'JSON with data', expected: 'json', body: '{"results":[{"title":"A"}],"total":1,"error":null}' },
  { name: 'JSON without results', expected: 'json', body: '{"results":[],"total":0,"start":0}' },
  { name: 'a JSON list', expected: 'json', body: '[]' },
  { name: 'JSON with a status word', expected: 'json', body: '{"status":"ok","items":[]}' },
  {
    name: 'a content item',
    expected: 'json',
    body: '{"base_path":"/x","title":"Report","details":{"body":"<p>x</p>"},"document_type":"publication"}',
  },
  { name: 'a PDF', body: '%PDF-1.7 access denied' },
  {
    name: 'a page of a list',
    asked: '/news/',
    landed: '/news',
    body: framed('News', '<h1>News</h1><ul><li><a href="/a">A</a></li></ul>'),
  },
];
