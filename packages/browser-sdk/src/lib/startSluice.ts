import type { Sluice, SluiceOptions } from '../types.ts';
import { createCore } from './createCore.ts';
import { createReporter } from './createReporter.ts';
import { createUuid } from './createUuid.ts';
import { readPage } from './readContext.ts';
import { toPlain } from './toPlain.ts';

/** The public methods. What a page passes in is copied and checked here, and nothing it passes can throw out again. */
export function startSluice(options: SluiceOptions): Sluice {
  const { _report, _reportLost } = createReporter(options);
  const { _recorder, _consent, _subscriptions, _flush, _apply } = createCore(options, _report);

  const record = (type: string, event: string | undefined, data: object | undefined, userId?: string) => {
    const messageId = createUuid();
    let reason: string | undefined = 'event_invalid';
    try {
      if (type !== 'track' || (event && typeof event === 'string')) {
        const nameKey = type === 'track' ? 'event' : 'name';
        const dataKey = type === 'identify' ? 'traits' : 'properties';
        const fields = { [nameKey]: event, [dataKey]: toPlain(data, _reportLost) };
        reason = _recorder._add(type, messageId, fields, userId);
      }
    } catch {
      reason = 'event_unserialisable';
    }
    if (reason) _report({ reason, messageId, event });
  };

  return {
    page: (name, properties) => record('page', name, properties),
    track: (event: string, properties?: object) => record('track', event, properties),
    identify: (user, traits) =>
      typeof user === 'string' ? record('identify', undefined, traits, user) : record('identify', undefined, user),
    subscribe(request) {
      const context = { page: readPage(), consent: _consent._context(), locale: navigator.language };
      const anonymousId = _recorder._anonymousId() ?? undefined;
      const result = _subscriptions._add(request, { anonymousId, context }, _reportLost);
      _apply();
      return result;
    },
    consent(categoryPreferences) {
      _consent._save(toPlain(categoryPreferences, _reportLost));
      _apply();
    },
    consentState: _consent._state,
    reset: _recorder._reset,
    flush: _flush,
    anonymousId: _recorder._anonymousId,
  };
}
