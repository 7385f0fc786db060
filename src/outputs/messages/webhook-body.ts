export type WebhookFormat = 'slack' | 'teams' | 'json';

interface Told {
  readonly subject: string;
  readonly body: string;
}

/** The form that the host of a webhook expects, where that is known: Slack, or Teams (by its connectors and by workflows). */
export function formatOf(url: string): WebhookFormat {
  const { hostname } = new URL(url);
  const within = (domain: string): boolean => hostname === domain || hostname.endsWith(`.${domain}`);
  if (within('hooks.slack.com') || within('hooks.slack-gov.com')) return 'slack';
  const teams = ['webhook.office.com', 'logic.azure.com', 'api.powerplatform.com'];
  return teams.some(within) ? 'teams' : 'json';
}

/** A message as the webhook takes it. Names cannot become mentions or links. */
export function webhookBody(format: WebhookFormat, { subject, body }: Told): unknown {
  switch (format) {
    case 'slack':
      return { text: `*${slackText(subject)}*\n${slackText(body)}`, unfurl_links: false };
    case 'teams':
      return {
        type: 'message',
        attachments: [
          {
            contentType: 'application/vnd.microsoft.card.adaptive',
            content: {
              type: 'AdaptiveCard',
              version: '1.4',
              body: [
                { type: 'TextBlock', text: teamsText(subject), weight: 'bolder', wrap: true },
                { type: 'TextBlock', text: teamsText(body), wrap: true },
              ],
            },
          },
        ],
      };
    case 'json':
      return { subject, text: body };
  }
}

/** Slack reads only these three as its own signs; so `<!channel>` stays a text. */
function slackText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** Text of a card is a little Markdown; a line break needs an empty line. */
function teamsText(text: string): string {
  return text.replace(/([\\*_[\]()#~`<>])/g, '\\$1').replace(/\n+/g, '\n\n');
}
