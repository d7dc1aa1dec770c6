import type { Scene } from './Scene.ts';

export const LIMIT_SCENES: Scene[] = [
  {
    does: 'waits for Retry-After and then gets through',
    async play({ emulator, metrics, exchanges }) {
      emulator.faults.replace([{ operation: 'get_metrics', status: 429, retryAfterSeconds: 0 }]);
      const { response } = await metrics.getMetrics();
      return [response.status, exchanges.map(({ status, answerHeaders }) => [status, answerHeaders['retry-after']])];
    },
    seen: [
      200,
      [
        [429, '0'],
        [200, undefined],
      ],
    ],
  },
  {
    does: 'is throttled beyond the burst of one account a second, until its clock says otherwise',
    async play(klaviyo) {
      const { accounts, exchanges, later } = klaviyo;
      // The client asks again by itself: time must pass between its attempts, or it would give up.
      const first = await accounts.getAccounts();
      const second = accounts.getAccounts();
      while (exchanges.length < 2) await new Promise((resolve) => setImmediate(resolve));
      later();
      return {
        statuses: [first.response.status, (await second).response.status],
        wire: exchanges.map(({ status, answerHeaders }) => [
          status,
          'ratelimit-remaining' in answerHeaders,
          'retry-after' in answerHeaders,
        ]),
      };
    },
    seen: {
      statuses: [200, 200],
      wire: [
        [200, true, false],
        [429, false, true],
        [200, true, false],
      ],
    },
  },
];
