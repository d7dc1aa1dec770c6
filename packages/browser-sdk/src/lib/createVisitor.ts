import type { Traits } from '../types.ts';
import { createUuid } from './createUuid.ts';
import type { Store } from './openStore.ts';
import { parseObject } from './parseObject.ts';

interface Visitor {
  anonymousId: string;
  userId?: string | undefined;
  traits?: Traits;
}

/** Who is on the page. Read from the store each time, since another tab may have changed it. */
export function createVisitor(store: Store, key: string) {
  const write = (visitor: Visitor) => {
    store._set(key, JSON.stringify(visitor));
    return visitor;
  };
  const read = (): Visitor => {
    const stored = parseObject(store._get(key)) as Partial<Visitor>;
    return stored.anonymousId ? (stored as Visitor) : write({ anonymousId: createUuid() });
  };
  return {
    _read: read,
    /** Another user id means another person: that one's traits are not kept. */
    _identify(userId: string | undefined, traits: Traits) {
      const { anonymousId, userId: knownId = userId, traits: known } = read();
      const isSame = !userId || userId === knownId;
      write({ anonymousId, userId: userId || knownId, traits: isSame ? { ...known, ...traits } : traits });
    },
    _forget: () => write({ anonymousId: createUuid() }),
  };
}
