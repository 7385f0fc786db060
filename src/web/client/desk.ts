import { startFocus } from './desk/focus.js';
import { startFresh } from './desk/fresh.js';
import { startCopy } from './desk/copy.js';
import { startKeys } from './desk/keys.js';
import { startLive } from './desk/live.js';
import { startPops } from './desk/pops.js';
import { startPresence } from './desk/presence.js';
import { startSelection } from './desk/selection.js';

/** Makes the desk quicker to use. Everything also works without it. */
startFocus();
startCopy();
startKeys();
startSelection();
startLive();
startFresh();
startPresence();
startPops();
