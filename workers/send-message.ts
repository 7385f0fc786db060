import type { App } from '../src/app.js';
import { sendMessage } from '../src/pipeline/send-message.js';
import type { Consumer } from '../src/queue/consumer.js';
import { runStep } from './run-step.js';

export const sendsMessages = (app: App): Promise<Consumer> =>
  app.queue.consume('send-message', async ({ messageId }) => {
    await runStep(app, { name: 'send-message', messageId }, () => sendMessage(app.steps.tell.send, messageId));
  });
