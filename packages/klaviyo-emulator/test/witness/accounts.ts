import type { Scene } from './Scene.ts';

export const ACCOUNT_SCENES: Scene[] = [
  {
    does: 'reads the account of its key, in the collection and by its id',
    async play({ accounts }) {
      const all = await accounts.getAccounts();
      const one = await accounts.getAccount('EMULAT', { fieldsAccount: ['public_api_key', 'timezone'] });
      return { all: all.body.data.map(({ attributes }) => attributes.publicApiKey), one: one.body.data.id };
    },
    seen: { all: ['EMULAT'], one: 'EMULAT' },
  },
];
