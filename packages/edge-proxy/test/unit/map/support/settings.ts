import { type Config, ConfigSchema } from '@sluice/shared';
import type { MapSettings } from '../../../../src/map/mapEvent.ts';

export const receivedAtMs = Date.UTC(2026, 6, 1, 12, 0, 5);

const defaults = ConfigSchema.parse({ sources: [{ id: 'backend', kind: 'server' }] });

export interface SettingsChange {
  trusted?: boolean;
  events?: Partial<Config['events']>;
  identity?: Partial<Config['identity']>;
}

/** The default configuration's settings for a page's events, changed where a test says so. */
export function makeSettings({ trusted = false, events, identity }: SettingsChange = {}): MapSettings {
  return {
    config: { events: { ...defaults.events, ...events }, identity: { ...defaults.identity, ...identity } },
    trusted,
    receivedAtMs,
  };
}
