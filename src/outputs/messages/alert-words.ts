import type { AlertEvent, Untold } from '../../model/alert.js';
import { FAILURES } from '../../model/failure.js';

const MOMENT = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
/** Of a sum-up: enough to see what it is about; the desk has them all. */
const MOST_LINES = 40;
const SUBJECT_LENGTH = 150;

/**
 * The words of an alert. Made of states and codes, never of what a source or a draft says: mails go through many hands. `desk` is
 * the address of the desk, without a slash at the end.
 */
export function alertWords(desk: string): (events: readonly AlertEvent[]) => { subject: string; body: string } {
  return (events) => {
    const [first] = events;
    if (events.length === 1 && first !== undefined) return one(first, desk);
    const began = events.filter(({ what }) => what === 'began').length;
    const subject = `${began} incidents, ${events.length - began} over`;
    const lines = events.slice(0, MOST_LINES).map((event) => `- ${titleOf(event)}`);
    const more = events.length > MOST_LINES ? [`- and ${events.length - MOST_LINES} more`] : [];
    return {
      subject,
      body: [`More happened than is told one by one.`, '', ...lines, ...more, '', `All of them: ${desk}/sources`].join(
        '\n',
      ),
    };
  };
}

function one(event: AlertEvent, desk: string): { subject: string; body: string } {
  const { incident } = event;
  const { subject, kind, source, beganAt, endedAt } = incident;
  const began = `Since ${MOMENT.format(beganAt)} (London).`;
  const ended =
    endedAt === null
      ? []
      : [`Over since ${MOMENT.format(endedAt)}${event.what === 'over' ? ', and calm for an hour' : ''}.`];
  const place =
    source !== null
      ? `/sources/${encodeURIComponent(source.id)}`
      : kind === 'publishing'
        ? `/drafts/${encodeURIComponent(subject)}`
        : '/drafts';
  return {
    subject: titleOf(event),
    body: [
      titleOf(event),
      began,
      ...ended,
      ...(event.what === 'over' ? [] : whatToDo(incident)),
      '',
      `${desk}${place}`,
    ].join('\n'),
  };
}

function titleOf({ what, incident }: AlertEvent): string {
  if (what === 'began') return cut(whatIs(incident));
  const { kind, source } = incident;
  return cut(
    kind === 'source' ? `Over: ${source?.name ?? incident.subject} is read again` : `Over: ${whatIs(incident)}`,
  );
}

function whatIs({ kind, subject, source }: Untold): string {
  switch (kind) {
    case 'source':
      return `${source?.name ?? subject}: ${source === null || source.code === null ? 'could not be read' : `${source.state} (${source.code})`}`;
    case 'silence':
      return `${source?.name ?? subject}: nothing new for longer than is usual`;
    case 'configuration':
      return 'The configuration has a mistake';
    case 'publishing':
      return 'A scheduled post could not be published at its time';
    case 'extraction':
      return `${source?.name ?? subject}: an editor says that a text was taken out wrongly`;
    case 'message':
      return subject === 'mail' ? 'Mail does not go out' : 'The webhook of alerts does not answer';
    default:
      return `Needs attention: ${kind} ${subject}`;
  }
}

/** Only the words of the configuration are told: they are the operator's own. */
function whatToDo({ kind, message, source }: Untold): readonly string[] {
  if (kind === 'configuration') return [message.slice(0, 1_000)];
  return source === null || source.code === null || kind !== 'source' ? [] : [FAILURES[source.code]];
}

function cut(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= SUBJECT_LENGTH ? line : `${line.slice(0, SUBJECT_LENGTH - 1)}…`;
}
