import { errorsOf } from '../support/createTestEmulator.ts';
import type { Rule } from './Rule.ts';
import type { Refusal } from './refuses.ts';

interface Boundary extends Omit<Refusal, 'body'> {
  readonly takes: readonly unknown[];
  /** Each answered by its own of the errors. */
  readonly refuses: readonly unknown[];
}

/** The rule of a limit: what stands at it is taken, what lies beyond it is refused; each body meets a fresh emulator. */
export function bounds(rule: string, boundary: Boundary): Rule {
  const { method = 'POST', path, takes, refuses, errors, options, off } = boundary;
  return {
    rule,
    async scene(open) {
      const answer = async (body: unknown) => {
        const reply = await open(options).send(method, path, body);
        return reply.status < 300 ? ['taken'] : errorsOf(reply);
      };
      const taken = await Promise.all(takes.map(answer));
      const refused = await Promise.all(refuses.map(answer));
      return { taken: taken.flat(), refused: refused.flat() };
    },
    seen: { taken: takes.map(() => 'taken'), refused: errors },
    off,
  };
}
