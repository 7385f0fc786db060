import type { App } from '../src/app.js';
import { sweep } from '../src/pipeline/sweep.js';
import type { Consumer } from '../src/queue/consumer.js';
import { sessions } from '../src/store/sessions.js';
import { runStep } from './run-step.js';
import { tellPeople } from './tell-people.js';

export const sweeps = (app: App): Promise<Consumer> =>
  app.queue.consume('sweep', async () => {
    await runStep(app, { name: 'sweep' }, () => sweep(app.steps.sweep));
    await sessions(app.store.db).removeExpired(app.clock.now());
    await tellPeople(app);
  });
