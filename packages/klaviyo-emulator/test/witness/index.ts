import { ACCOUNT_SCENES } from './accounts.ts';
import { CLIENT_SCENES } from './client.ts';
import { ERROR_SCENES } from './errors.ts';
import { EVENT_SCENES } from './events.ts';
import { IMPORT_SCENES } from './imports.ts';
import { LIMIT_SCENES } from './limits.ts';
import { LIST_SCENES } from './lists.ts';
import { PROFILE_SCENES } from './profiles.ts';
import type { Scene } from './Scene.ts';
import { SEGMENT_SCENES } from './segments.ts';
import { SUBSCRIPTION_SCENES } from './subscriptions.ts';
import { SUPPRESSION_SCENES } from './suppressions.ts';
import { WEBHOOK_SCENES } from './webhooks.ts';

export const SCENES: readonly Scene[] = [
  ...ACCOUNT_SCENES,
  ...EVENT_SCENES,
  ...PROFILE_SCENES,
  ...IMPORT_SCENES,
  ...LIST_SCENES,
  ...SEGMENT_SCENES,
  ...SUBSCRIPTION_SCENES,
  ...SUPPRESSION_SCENES,
  ...WEBHOOK_SCENES,
  ...CLIENT_SCENES,
  ...ERROR_SCENES,
  ...LIMIT_SCENES,
];
