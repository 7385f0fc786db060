import { formatOf, webhookBody } from '../../src/outputs/messages/webhook-body.js';

test.each([
  ['https://hooks.slack.com/services/T/B/x', 'slack'],
  ['https://example.webhook.office.com/webhookb2/x', 'teams'],
  ['https://prod-1.uksouth.logic.azure.com:443/workflows/x', 'teams'],
  ['https://default1.2.environment.api.powerplatform.com/powerautomate/x', 'teams'],
  ['https://hooks.slack.com.evil.example/x', 'json'],
  ['https://alerts.example.org/?u=hooks.slack.com', 'json'],
  ['http://10.0.0.7:8080/hook', 'json'],
])('%s takes %s', (url, format) => {
  expect(formatOf(url)).toBe(format);
});

const told = { subject: 'A <!here> & [b](c)', body: 'One\nTwo' };

test('Slack', () => {
  expect(webhookBody('slack', told)).toEqual({
    text: '*A &lt;!here&gt; &amp; [b](c)*\nOne\nTwo',
    unfurl_links: false,
  });
});

test('Teams', () => {
  expect(webhookBody('teams', told)).toMatchObject({
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: { type: 'AdaptiveCard', body: [{ text: 'A \\<!here\\> & \\[b\\]\\(c\\)' }, { text: 'One\n\nTwo' }] },
      },
    ],
  });
});

test('any other', () => {
  expect(webhookBody('json', told)).toEqual({ subject: told.subject, text: told.body });
});
