import type { D1Migration } from 'cloudflare:test';
import type { Env as WorkerEnv } from '../../src/env.ts';

declare global {
  namespace Cloudflare {
    interface Env extends WorkerEnv {
      TEST_MIGRATIONS: D1Migration[];
      /** "1" for the full counts. */
      SLUICE_TEST_LONG: string;
    }
    interface GlobalProps {
      mainModule: typeof import('../../src/index.ts');
    }
  }
}
