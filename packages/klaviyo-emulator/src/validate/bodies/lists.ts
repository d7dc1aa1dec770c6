import { MAX_LIST_MEMBER_IDS } from '../../limits.ts';
import { array } from '../array.ts';
import { maybe, object, required } from '../object.ts';
import { profileType } from '../profile.ts';
import { literal, string, text } from '../scalars.ts';

const MAX_LIST_NAME_CHARS = 255;
const name = text({ min: 1, max: MAX_LIST_NAME_CHARS });
const optIn = maybe(literal('double_opt_in', 'single_opt_in'));

export const createListBody = object('list', {
  data: required(
    object('list', {
      type: required(literal('list')),
      attributes: required(object('list', { name: required(name), opt_in_process: optIn })),
    }),
  ),
});

export const updateListBody = object('list', {
  data: required(
    object('list', {
      type: required(literal('list')),
      id: required(string),
      attributes: required(object('list', { name: maybe(name), opt_in_process: optIn })),
    }),
  ),
});

const member = object('profile', { type: profileType, id: required(string) });

export const membersBody = object('relationships', {
  data: required(array(member, { min: 1, max: MAX_LIST_MEMBER_IDS, what: 'profiles' })),
});
