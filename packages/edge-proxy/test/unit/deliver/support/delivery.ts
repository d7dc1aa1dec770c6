import { ConfigSchema } from '@sluice/shared';

/** The default `delivery` of the configuration. */
export const { delivery } = ConfigSchema.parse({ sources: [{ id: 'backend', kind: 'server' }] });
