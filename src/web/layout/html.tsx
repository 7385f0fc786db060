import { sanitise } from '../../compose/sanitise.js';

/** The only place where stored HTML comes onto a screen: sanitised once more, whoever wrote it. */
export function Html({
  html,
  ...attributes
}: {
  readonly html: string;
  readonly class?: string;
  readonly lang?: string;
}) {
  return <div {...attributes} dangerouslySetInnerHTML={{ __html: sanitise(html) }} />;
}
