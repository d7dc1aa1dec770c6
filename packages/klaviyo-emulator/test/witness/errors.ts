import { ApiKeySession, ListsApi, ProfileEnum } from 'klaviyo-api';
import type { Witness } from '../support/openWitness.ts';
import type { Scene } from './Scene.ts';

const summary = async (klaviyo: Witness, call: Promise<unknown>) => {
  const { status, data } = await klaviyo.refusal(call);
  return [status, ...data.errors.map(({ code, source }) => `${code} ${source.pointer ?? source.parameter}`)];
};

export const ERROR_SCENES: Scene[] = [
  {
    does: 'is told what is wrong with its request, and where',
    options: {
      accounts: [
        { publicKey: 'EMULAT', keys: [{ key: 'pk_emulator_demo' }, { key: 'pk_events', scopes: ['events:read'] }] },
      ],
    },
    async play(klaviyo) {
      const { profiles, url } = klaviyo;
      const withKey = (key: string) => Object.assign(new ListsApi(new ApiKeySession(key)), { basePath: url });
      const attributes = { email: 'ada@', phoneNumber: '12' };
      return [
        await summary(klaviyo, withKey('pk_wrong').getLists()),
        await summary(klaviyo, withKey('pk_events').getLists()),
        await summary(klaviyo, profiles.createProfile({ data: { type: ProfileEnum.Profile, attributes } })),
        await summary(klaviyo, profiles.getProfiles({ filter: 'equals(shoe_size,"43")' })),
        await summary(klaviyo, profiles.getProfile('nobody')),
      ];
    },
    seen: [
      [401, 'authentication_failed /data/'],
      [403, 'permission_denied /data/'],
      [400, 'invalid /data/attributes/email', 'invalid /data/attributes/phone_number'],
      [400, 'invalid filter'],
      [404, 'not_found /data/'],
    ],
  },
];
