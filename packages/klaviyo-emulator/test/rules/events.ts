import { eventBody, PATHS } from '../support/bodies.ts';
import { errorsOf } from '../support/createTestEmulator.ts';
import type { Rule } from './Rule.ts';

export const EVENT_RULES: Rule[] = [
  {
    rule: 'an event with the unique_id of a stored one, for the same profile and metric, is dropped',
    async scene(open) {
      const { send, emulator } = open();
      for (const value of [1, 2]) await send('POST', PATHS.event, eventBody({ unique_id: 'o1', value }));
      return emulator.state().events.map(({ value }) => value);
    },
    seen: [1],
    off: {
      file: 'state/recordEvent.ts',
      text: 'if (account.index.eventKeys.has(key)) return undefined;',
      becomes: '',
    },
  },
  {
    rule: 'an e-mail without a domain is refused',
    async scene(open) {
      const { send } = open();
      return errorsOf(await send('POST', PATHS.event, eventBody({ profile: { email: 'ada@' } })));
    },
    seen: ['400 invalid /data/attributes/profile/data/attributes/email'],
    off: { file: 'validate/email.ts', text: 'if (!isEmail(value))', becomes: 'if (false)' },
  },
];
