/** Text by key: in localStorage while open, else, and where that fails, in memory. */
export interface Store {
  _get(key: string): string | null | undefined;
  _set(key: string, text: string): void;
  _delete(key: string): void;
  /** The keys that start with `prefix`, sorted; with `closed` also those in a localStorage that is not open. */
  _keys(prefix: string, closed?: boolean): string[];
  /** Permits or forbids localStorage. Opening moves what memory holds there. */
  _open(open: boolean): void;
}

// Merely naming localStorage throws in sandboxed frames and with cookies blocked; setItem throws on a full quota;
// some Android web views have null instead. So every touch of it is guarded.
function onDisk<T>(use: (disk: Storage) => T): T | undefined {
  try {
    return use(localStorage);
  } catch {
    return undefined;
  }
}

export function openStore(open: boolean): Store {
  const memory = new Map<string, string>();
  const set = (key: string, text: string) => {
    memory.set(key, text);
    if (open)
      onDisk((disk) => {
        disk.setItem(key, text);
        memory.delete(key);
      });
  };
  return {
    _get: (key) => memory.get(key) ?? (open ? onDisk((disk) => disk.getItem(key)) : null),
    _set: set,
    _delete(key) {
      memory.delete(key);
      onDisk((disk) => disk.removeItem(key));
    },
    _keys: (prefix, closed) =>
      [...new Set([...memory.keys(), ...(((open || closed) && onDisk(Object.keys)) || [])])]
        .filter((key) => key.startsWith(prefix))
        .sort(),
    _open(now) {
      open = now;
      if (open) for (const [key, text] of [...memory]) set(key, text);
    },
  };
}
