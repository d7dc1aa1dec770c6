import type { Config } from '@sluice/shared';

interface Local {
  /** Null where the real Klaviyo is meant. */
  emulatorUrl: string | null;
  listId: string | null;
  shopPort: number;
}

/** The configuration of the file, pointed at what runs here. Throws where it has no account "main". */
export function localConfig(config: Config, { emulatorUrl, listId, shopPort }: Local): Config {
  const { main } = config.accounts;
  if (!main) throw new Error('sluice.config.jsonc has no account "main", which KLAVIYO_API_KEY belongs to.');
  const accounts = Object.entries({ ...config.accounts, main: { ...main, defaultList: listId } });
  const origins = [`http://127.0.0.1:${shopPort}`, `http://localhost:${shopPort}`];
  const { consent, enrich } = config;
  return {
    ...config,
    accounts: Object.fromEntries(
      accounts.map(([id, account]) => [id, emulatorUrl ? { ...account, baseUrl: emulatorUrl } : account]),
    ),
    sources: config.sources.map((source) => (source.kind === 'public' ? { ...source, origins } : source)),
    // The local runtime places every visitor in the US, where events would be taken without a yes.
    consent: { ...consent, default: { ...consent.default, optOut: [] } },
    // That place is invented, so no profile of a real account may get it.
    enrich: { ...enrich, location: enrich.location && emulatorUrl !== null },
    // The local runtime's queue is its memory, and one is bound.
    ingest: { queues: 1 },
    // A demo must not wake whoever the shop's alerts wake, nor tell the shop's systems of people that it made up.
    webhooks: { alerts: null, optOuts: null },
  };
}
