export const CHROMIUM_PATH = '/usr/bin/chromium';

/** Nothing that looks for the network or a GPU by itself. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
