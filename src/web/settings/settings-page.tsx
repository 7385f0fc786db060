import { DeskPage } from '../layout/desk-page.js';
import type { Frame } from '../layout/frame.js';
import type { SettingShown } from './routes.js';

export interface SettingsProps {
  readonly frame: Frame;
  readonly settings: readonly SettingShown[];
}

/** Every setting of this process as it is in force. They are changed in its environment, not here. */
export function SettingsPage({ frame, settings }: SettingsProps) {
  return (
    <DeskPage title="Settings" frame={frame} styles={['settings.css']}>
      <div class="page-head">
        <h1>Settings</h1>
        <p class="lead">
          As they are in force in the process of this desk. They are environment variables: change them where it is
          started, and start it again. Workers have their own. <a href="/queues">The queues</a> have a page, too.
        </p>
      </div>
      <dl class="settings">
        {settings.map(({ name, value, fallback, about, changed }) => (
          <div key={name} class={changed ? 'setting changed' : 'setting'}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>
              <p class="setting-value">
                <code>{value}</code>
                {changed ? <span class="pill tone-calm">default: {fallback}</span> : null}
              </p>
              <p>{about}</p>
            </dd>
          </div>
        ))}
      </dl>
    </DeskPage>
  );
}
