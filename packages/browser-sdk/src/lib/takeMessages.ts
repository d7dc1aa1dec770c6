import type { Dropped } from '../types.ts';
import { countBytes } from './countBytes.ts';
import { idOfKey, type Queue } from './createQueue.ts';
import type { Parcel } from './createSender.ts';

interface TakeOptions {
  _maxBytes: number;
  /** The body's text for a stored head, without messages. Throws when the head is damaged. */
  _open(head: string): string;
  _report(dropped: Dropped): void;
}

/** The next batch: messages that share a head (one visitor, one session), in order, within the size limit. */
export function takeMessages(queue: Queue, { _maxBytes, _open, _report }: TakeOptions): Parcel | undefined {
  const keys: string[] = [];
  const messages: Omit<Dropped, 'reason'>[] = [];
  let sharedHead = '';
  let body = '';
  let bytes = 0;

  for (const key of queue._keys()) {
    const entry = queue._read(key);
    if (!entry) continue;
    const [head, text] = entry;
    try {
      const { messageId, name, event = name } = JSON.parse(text);
      const size = countBytes(text) + 1;
      if (!body) {
        body = `${_open(head).slice(0, -1)},"batch":[`;
        bytes = countBytes(body) + 1;
        sharedHead = head;
      } else if (head !== sharedHead || bytes + size > _maxBytes) break;
      else body += ',';
      body += text;
      bytes += size;
      keys.push(key);
      messages.push({ messageId, event });
    } catch {
      queue._delete([key]);
      _report({ reason: 'storage_corrupt', messageId: idOfKey(key) });
    }
  }
  if (!body) return;
  return {
    _path: '/v1/batch',
    _body: `${body}]}`,
    _queue: queue,
    _keys: keys,
    _settle({ _status, _data }) {
      messages.forEach((message, at) => {
        const reason =
          _status < 300
            ? _data.rejected?.find(({ index }) => index === at)?.code
            : (_data.error?.code ?? `http_${_status}`);
        if (reason) _report({ ...message, reason });
      });
    },
  };
}
