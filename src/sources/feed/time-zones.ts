/** Zone names of feeds in lower case, in minutes east of UTC. BST is British Summer Time (DATE-2). */
export const ZONES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    z: 0,
    utc: 0,
    ut: 0,
    gmt: 0,
    wet: 0,
    bst: 60,
    ist: 60,
    west: 60,
    cet: 60,
    met: 60,
    mez: 60,
    cest: 120,
    mest: 120,
    mesz: 120,
    eet: 120,
    eest: 180,
    msk: 180,
    est: -300,
    edt: -240,
    cst: -360,
    cdt: -300,
    mst: -420,
    mdt: -360,
    pst: -480,
    pdt: -420,
    akst: -540,
    akdt: -480,
    hst: -600,
    ast: -240,
    adt: -180,
    et: -300,
    ct: -360,
    mt: -420,
    pt: -480,
    jst: 540,
    kst: 540,
    hkt: 480,
    sgt: 480,
    aest: 600,
    aedt: 660,
    acst: 570,
    awst: 480,
    nzst: 720,
    nzdt: 780,
  }),
);

const LONDON = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  hourCycle: 'h23',
});

/** Since this year summer time lasts from the last Sunday of March to that of October, 01:00 UTC. */
const PRESENT_RULE = 1996;

/** How far London's clocks were ahead of UTC when they showed this time (milliseconds, as if it were UTC): 0 or 60 minutes. */
export function offsetMinutes(shownMs: number): number {
  const winter = londonOffset(shownMs);
  return winter === 0 ? 0 : londonOffset(shownMs - winter * 60_000);
}

function londonOffset(utcMs: number): number {
  const year = new Date(utcMs).getUTCFullYear();
  if (year < PRESENT_RULE) return historicOffset(utcMs);
  return utcMs >= lastSunday(year, 2) && utcMs < lastSunday(year, 9) ? 60 : 0;
}

/** 01:00 UTC on the last Sunday of a month (0 to 11) that has 31 days. */
function lastSunday(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month, 31, 1));
  return last.getTime() - last.getUTCDay() * 86_400_000;
}

function historicOffset(utcMs: number): number {
  const parts = new Map(LONDON.formatToParts(new Date(utcMs)).map(({ type, value }) => [type, Number(value)]));
  const at = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const shown = Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'));
  return (shown - Math.floor(utcMs / 60_000) * 60_000) / 60_000;
}
