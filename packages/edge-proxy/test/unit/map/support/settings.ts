import { type Config, ConfigSchema, type RuleInput } from '@sluice/shared';
import type { MapSettings } from '../../../../src/map/mapEvent.ts';

export const receivedAtMs = Date.UTC(2026, 6, 1, 12, 0, 5);

const sources = [{ id: 'backend', kind: 'server' }];
const defaults = ConfigSchema.parse({ sources });

export interface SettingsChange {
  trusted?: boolean;
  events?: Partial<Config['events']>;
  identity?: Partial<Config['identity']>;
  rules?: RuleInput[];
}

/** The default configuration's settings for a page's events, changed where a test says so. */
export function makeSettings({ trusted = false, events, identity, rules }: SettingsChange = {}): MapSettings {
  return {
    config: { events: { ...defaults.events, ...events }, identity: { ...defaults.identity, ...identity } },
    trusted,
    receivedAtMs,
    rules: ConfigSchema.parse({ sources, rules }).rules,
  };
}
