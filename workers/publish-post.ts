import type { App } from '../src/app.js';
import { publishPost } from '../src/pipeline/publish-post.js';
import type { Consumer } from '../src/queue/consumer.js';
import { runStep } from './run-step.js';

export async function publishPosts(app: App): Promise<Consumer> {
  const { deliveries, outputs, clock } = app.steps.publish;
  await deliveries.endOthers(
    outputs.map(({ name }) => name),
    clock.now(),
  );
  return await app.queue.consume('publish-post', async ({ draftId }) => {
    await runStep(app, { name: 'publish-post', draftId }, () => publishPost(app.steps.publish, draftId));
  });
}
