import type { PageSource, Source } from '../src/model/source.js';

/**
 * Local partnerships and boards edit their pages in place: what is new there is a document or a section, never a page. Domains were renamed,
 * and www and the bare host answer alike.
 */
function partnership(
  id: string,
  name: string,
  url: string,
  more: Partial<Omit<PageSource, 'kind' | 'id' | 'name' | 'url'>> = {},
): PageSource {
  return {
    id,
    name,
    class: 'local-partnership',
    kind: 'page',
    url,
    evidence: 'verified',
    everyMinutes: 360,
    ignore: ['[class*="cookie" i]', '[id*="cookie" i]'],
    licence: 'copyright',
    ...more,
  };
}

export const partnerships: readonly Source[] = [
  // verified: read; "Posted: 03.08.2021" is 3 August, and "Reviewed" is not "published"
  partnership('birmingham-scp', 'Birmingham Safeguarding Children Partnership', 'https://www.lscpbirmingham.org.uk/'),
  // verified: read; dates stand in titles ("Bulletin 13 - 1st February 2019"). Its public staging copy on another host is never followed.
  partnership(
    'manchester-sp',
    'Manchester Safeguarding Partnership',
    'https://www.manchestersafeguardingpartnership.co.uk/',
  ),
  {
    id: 'manchester-sp-feed',
    name: 'Manchester Safeguarding Partnership',
    class: 'local-partnership',
    kind: 'feed',
    // guess: convention of the platform
    url: 'https://www.manchestersafeguardingpartnership.co.uk/feed/',
    evidence: 'guess',
    enabled: false,
    licence: 'copyright',
  },
  // verified: read; a replaced PDF changes the size in its link text ("(PDF, 150.9 KB)")
  partnership('kent-scmp', 'Kent Safeguarding Children Multi-Agency Partnership', 'https://www.kscmp.org.uk/'),
  // verified: read; a heading with a month ("March 2022") is added each quarter, and old ones drop off
  partnership(
    'essex-scb',
    'Essex Safeguarding Children Board',
    'https://www.escb.co.uk/about/key-messages-from-board-meetings/',
    { sections: 'h2, h3, h4' },
  ),
  // verified: read; ?contrast=1 doubles every address
  partnership('surrey-scp', 'Surrey Safeguarding Children Partnership', 'https://surreyscp.org.uk/'),
  // verified: read; dates in prose ("In June 2023 the NSCP agreed")
  partnership('norfolk-scp', 'Norfolk Safeguarding Children Partnership', 'https://norfolklscp.org.uk/'),
  // verified: read; all news on one page, "09:58AM Wednesday, 15 September 2021" above each, no addresses of their own
  partnership(
    'cumbria-scp',
    'Cumbria Safeguarding Children Partnership',
    'https://www.cumbriasafeguardingchildren.co.uk/newsandevents.asp',
    { notes: 'For cross-checks: it re-tells the news of other bodies in its own words.' },
  ),
  // guess: the path of its news is not evidenced; case management reviews are hosted elsewhere
  partnership('sbni', 'Safeguarding Board for Northern Ireland', 'https://www.safeguardingni.org/', {
    evidence: 'guess',
    enabled: false,
  }),
  {
    id: 'berkshire-boards',
    name: 'Berkshire safeguarding boards',
    class: 'local-partnership',
    kind: 'feed',
    // guess: the form of the address is known (/{blog}/rss), the name of the blog in it is not
    url: 'https://www.berkshiresafeguardingadults.co.uk/news/rss',
    evidence: 'guess',
    enabled: false,
    everyMinutes: 240,
    licence: 'copyright',
    notes: 'Its dates ("Thu, 20 July 2017 10:00:00") have no zone: London. Summaries are cut at 150 characters.',
  },
];
