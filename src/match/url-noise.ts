/**
 * Names of parameters that never select content, by what adds them. Matched whole and without case.
 * What is not here stays: an unknown parameter may be the item.
 */
export const NOISE: readonly { readonly of: string; readonly names: RegExp }[] = [
  {
    of: 'campaigns and analytics',
    names:
      /^(?:utm_?[\w.-]*|mtm_\w+|pk_\w+|piwik_\w+|matomo_\w+|ns_\w+|at_(?:medium|campaign|custom|link|bbc|ptr|format|creation|variant|general|channel|network|detail|identifier|emailtype|recipient|send|offset)\w*|wt\.[\w.]+|wt_(?:mc|zmc)\w*|xtor|_openstat|s_cid|sc_(?:camp|trk|campaign|channel|medium|cid)|cmp|cmpid|camp_?id|icid|i_cid|intcmp|int_cmp|ncid|ocid|ito|_ga|_gl|_gac|_gid|_hs\w+|__hs\w+|hsa_\w+|hsctatracking|smid|smtyp|ftcamp|ftag|mbid|sr_share|guccounter|guce_\w+|_t_[\w.]+|relatedposts_\w+|trk_\w+|trkcampaign|trkemail|lipi|_branch_match_id|_branch_referrer|spm|gs_l|srsltid|wprov)$/i,
  },
  {
    of: 'advertising click ids',
    names:
      /^(?:fbclid|gclid|gclsrc|gbraid|wbraid|gad_(?:source|campaignid)|dclid|msclkid|twclid|ttclid|yclid|ysclid|li_fat_id|igshid?|epik|irclickid|rb_clickid|wickedid|oly_(?:anon|enc)_id|fb_(?:action_ids|action_types|source|ref|comment_id)|fbadid|mibextid|action_(?:object|type|ref)_map|__cft__\[\d\]|__tn__|__twitter_impression|ref_(?:src|url)|rdt_cid)$/i,
  },
  {
    of: 'mailing platforms',
    names:
      /^(?:mc_(?:cid|eid|tc)|mkt_tok|dm_i|dm_t|_cldee|msdyn\w+|sp(?:mailingid|userid|jobid|reportid)|sfmc_\w+|et_(?:rid|cid|mid)|elq\w*|_(?:ri|ei|di)_|pi_(?:list_email|ad_id|campaign_id)|_bta_\w+|_ke|_kx|__s|omnisendcontactid|ml_subscriber\w*|vgo_ee|vero_(?:id|conv)|mj_campaign|emci|emdi|ceid|bbeml|bb(?:linkid|emailid|ejrid)|can_id|email_(?:referrer|subject)|akid|ea\.(?:tracking|url|campaigner)\.\w+|erid|trid|cmid|wgt_ref|reqfrom|mailpoet_\w*token|nltr|inf_contact_key|ck_subscriber_id|_eml|_ns(?:fb|mail)|beaconid)$/i,
  },
  {
    of: 'clocks and reload flags',
    names:
      /^(?:cache-?_?bust(?:er|ing)?|doing_wp_cron|no-?_?cache|_nocache|nowprocket|lscwp_ctrl|ao_noptimize|nitronocache|swcfpc|wpfcnocache|cn-reloaded|cmplz[_-][\w-]+|cookie[_-]?(?:consent|notice|accept(?:ed)?|check|reload(?:ed)?)|accept[_-]?cookies?|cookies?[_-]?accept(?:ed)?|aspxautodetectcookiesupport|cli_(?:bypass|action)|gdpr-?_?(?:reload(?:ed)?|consent)|consent-?_?reload(?:ed)?|reload(?:ed)?|_reload|sfvrsn)$/i,
  },
  {
    of: 'sessions',
    names:
      /^(?:phpsessid|jsessionid|asp(?:session)\w*|asp\.net_sessionid|cfid|cftoken|sess(?:ion)?_?id|oscsid|zenid)$/i,
  },
  {
    of: 'renderings',
    names:
      /^(?:_?amp|amp_(?:js_v|gsa|r|lite|device_id)|amp-\w+|ampshare|usqp|aoh|ampcf|noamp|non-?amp|nonamp|alttemplate|sc_device|sq_(?:design_name|paint_layout_name)|epieditmode|iomg-device|contrast|high-?_?contrast|text-?_?only|font-?_?size|text-?_?size|_x_tr_\w+|\$lo\$|print[_-]?friendly|printer[_-]?friendly|printable|print-posts)$/i,
  },
  {
    of: 'marking of the words searched for',
    names:
      /^(?:(?:\w*[_-])?highlight(?:ed|er|s|sub|_?-?terms?|_?-?words?|_?-?text)?|zoom_highlight\w*|searchhighlight|hil(?:ite|it|ight)|hlterms?|hlwords?|sword_list(?:\[\d*\])?|swphl|cludo\w+|searchwords?_?hl)$/i,
  },
  { of: 'answers to comments', names: /^(?:replytocom|like_comment|unapproved|moderation-hash|cpage)$/i },
];

/** Values of `ref`, `source`, `src`, `from`, `via` that tell the channel by which a reader came, and nothing of the item. */
const CHANNEL_WORDS =
  /^(?:rss\d*|feed|feeds|atom|e?mail|e?newsletters?|enews|e?bulletins?|eshot|digest|alerts?|notifications?|push|twitter|tweet|x|facebook|fb|linkedin|instagram|insta|whatsapp|youtube|tiktok|threads|bluesky|mastodon|telegram|pinterest|reddit|social|socialmedia|links?|share|sharing|shared|button|icon|homepage|home|banner|carousel|footer|nav|govdelivery|mailchimp|dotdigital|sms|qr|qrcode|google|googlenews|bing|direct|organic|daily|weekly|monthly|campaign|\d+)$/i;
const CHANNEL_NAMES = /^(?:ref|source|src|from|via|referrer|referer)$/i;

const YES = /^(?:|1|true|yes|y|on|t|print|print-page|print-search|only)$/i;
const PRINT_NAMES = /^(?:print|isprint|forprint|printing|print_?view|print_?version|printpage|printer|pf|for_print)$/i;
const LAYOUT_NAMES =
  /^(?:view|mode|format|layout|version|style|display|output|outputtype|template|theme|device|variant|render|action)$/i;
const LAYOUT_VALUES =
  /^(?:print|printable|printer|print_?-?friendly|printer_?-?friendly|print_?-?version|print_?-?view|printpage|amp|mobile|desktop)$/i;
const CLOCK_NAMES = /^(?:_|t|ts|time|timestamp|time_?stamp|cb|rnd|rand|random|r|v|_t|_ts|now)$/i;
const SHARE_NETWORKS =
  /^(?:facebook|twitter|x|linkedin|email|print|pinterest|(?:jetpack-)?whatsapp|telegram|reddit|tumblr|pocket|skype|mastodon|bluesky|threads|nextdoor|google-plus-1|press-this|custom-\d+)$/i;

/** One parameter, and what stands beside it: some names are noise only in company. `names` are in lower case. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
  readonly names: ReadonlySet<string>;
  readonly host: string;
  readonly path: string;
}

/** Whether a parameter says nothing of which item it is. */
export function isNoise(parameter: Parameter): boolean {
  return (
    NOISE.some(({ names }) => names.test(parameter.name)) ||
    isNoiseByValue(parameter) ||
    isNoiseInCompany(parameter) ||
    isNoiseOnHost(parameter)
  );
}

function isNoiseByValue({ name, value }: Parameter): boolean {
  if (CHANNEL_NAMES.test(name))
    return (
      value !== '' &&
      value
        .replace(/^e-(?=\w)/i, 'e')
        .split(/[\s_.-]+/)
        .every((word) => CHANNEL_WORDS.test(word)) &&
      !/^\d+$/.test(value)
    );
  if (PRINT_NAMES.test(name)) return YES.test(value);
  if (LAYOUT_NAMES.test(name)) return LAYOUT_VALUES.test(value);
  if (/^(?:mobile|nomobile|desktop)$/i.test(name)) return /^(?:|0|1|true|false|on|off|yes|no)$/i.test(value);
  // Milliseconds or seconds since 1970, from 2001 on.
  if (CLOCK_NAMES.test(name)) return /^1\d{9}(?:\d{3})?$/.test(value);
  if (name === 'goal') return /^0_[0-9a-f]+-[0-9a-f]+-\d+$/.test(value);
  if (name === 'ct') return value.startsWith('t(');
  if (name === 'acm') return /^\d+_\d+$/.test(value);
  return false;
}

/** Names that are noise only beside another: `recipientid` beside `_cldee`, `nb` beside `share`. */
const COMPANIONS: readonly { readonly beside: RegExp; readonly names: RegExp }[] = [
  { beside: /^_cldee$/, names: /^(?:recipientid|esid|urlid)$/ },
  { beside: /^elq/, names: /^(?:assettype|assetid|recipientid|campaignid|siteid)$/ },
  { beside: /^sfmc_/, names: /^(?:j|l|u|mid|jb|e)$/ },
  { beside: /^wpdmdl$/, names: /^(?:refresh|_wpdmkey)$/ },
  { beside: /^can_id$/, names: /^(?:link_id|source)$/ },
  { beside: /^akid$/, names: /^(?:rd|t)$/ },
  { beside: /^etype$/, names: /^eid$/ },
  { beside: /^na$/, names: /^(?:nk|nek)$/ },
  { beside: /^tmpl$/, names: /^(?:print|layout|page)$/ },
  { beside: /^option=com_$/, names: /^(?:itemid|catid|tmpl|layout)$/ },
  { beside: /^print$/, names: /^(?:layout|tmpl)$/ },
];

function isNoiseInCompany({ name, value, names }: Parameter): boolean {
  const lower = name.toLowerCase();
  if (lower === 'share') return SHARE_NETWORKS.test(value);
  if (lower === 'nb') return names.has('share') && /^1?$/.test(value);
  if (lower === 'tmpl') return /^(?:component|print|raw|index)$/i.test(value);
  if (lower === 'subid') return names.has('option=com_');
  if (lower === 'etype') return /^email/i.test(value);
  if (lower === 'page') return names.has('tmpl') && value === '';
  return COMPANIONS.some(
    (rule) => rule.names.test(lower) && [...names].some((other) => other !== lower && rule.beside.test(other)),
  );
}

/** Words that track on one kind of site and select content elsewhere. */
const ON_HOST: readonly { readonly host: RegExp; readonly path?: RegExp; readonly names: RegExp }[] = [
  { host: /(?:^|\.)(?:campaign-archive\d?\.com|mailchi\.mp|list-manage\d?\.com)$/, names: /^e$/ },
  { host: /(?:^|\.)constantcontact\.com$/, names: /^aid$/ },
  { host: /(?:^|\.)newsweaver\.(?:com|co\.uk|ie)$/, names: /^(?:email|a|t)$/ },
  {
    host: /(?:^|\.)substack\.com$/,
    names: /^(?:r|isfreemail|triedredirect|publication_id|post_id|token|showwelcome\w*)$/,
  },
  { host: /(?:^|\.)medium\.com$/, names: /^(?:source|sk)$/ },
  { host: /(?:^|\.)linkedin\.com$/, names: /^(?:trk|trackingid|rcm|refid)$/ },
  { host: /^(?:twitter|x|spotify|open\.spotify)\.com$/, names: /^(?:s|t|si)$/ },
  { host: /^gov\.uk$/, names: /^(?:step-by-step-nav|priority-taxon|parent|taxon)$/ },
  { host: /./, path: /\/(?:mg|ie)\w+\.aspx$/i, names: /^(?:bcr)$/ },
  { host: /./, path: /\/(?:getmedia|getattachment)\//i, names: /^(?:ext|disposition)$/ },
];

function isNoiseOnHost({ name, host, path }: Parameter): boolean {
  const lower = name.toLowerCase();
  return ON_HOST.some((rule) => rule.host.test(host) && rule.names.test(lower) && (rule.path?.test(path) ?? true));
}
