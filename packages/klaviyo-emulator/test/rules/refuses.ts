import type { EmulatorOptions } from '../../src/options.ts';
import { errorsOf } from '../support/createTestEmulator.ts';
import type { Off, Rule } from './Rule.ts';

export interface Refusal {
  /** @default 'POST' */
  readonly method?: string;
  readonly path: string;
  readonly body: unknown;
  /** `status code pointer` of every error. */
  readonly errors: string[];
  readonly options?: EmulatorOptions;
  readonly off: Off;
}

/** The rule that a body is refused with these errors, and that nothing of it is stored. */
export function refuses(rule: string, { method = 'POST', path, body, errors, options, off }: Refusal): Rule {
  return {
    rule,
    async scene(open) {
      const { send, emulator } = open(options);
      const found = errorsOf(await send(method, path, body));
      const { profiles, events, jobs } = emulator.state();
      return { errors: found, stored: profiles.length + events.length + jobs.length };
    },
    seen: { errors, stored: 0 },
    off,
  };
}

export const invalid = (...pointers: string[]) => pointers.map((pointer) => `400 invalid ${pointer}`);
