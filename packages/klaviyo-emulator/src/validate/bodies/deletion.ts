import { all, type Check, complain } from '../check.ts';
import { email } from '../email.ts';
import { isObject, maybe, object, required } from '../object.ts';
import { phone } from '../phone.ts';
import { identifier, profileType } from '../profile.ts';
import { literal } from '../scalars.ts';

/** Exactly one identifier, or Klaviyo would not know whom to delete. */
const oneIdentifier: Check = (resource, at, on) => {
  if (!isObject(resource) || !isObject(resource.attributes)) return;
  const { email, phone_number } = resource.attributes;
  const count = [resource.id, email, phone_number].filter(Boolean).length;
  if (count !== 1)
    complain(on, `${at}/attributes`, `Exactly one of id, email, phone_number must be given, received ${count}.`);
};

export const deletionBody = object('data-privacy-deletion-job', {
  data: required(
    object('data-privacy-deletion-job', {
      type: required(literal('data-privacy-deletion-job')),
      attributes: required(
        object('data-privacy-deletion-job', {
          profile: required(
            object('profile', {
              data: required(
                all(
                  object('profile', {
                    type: profileType,
                    id: identifier,
                    attributes: required(object('profile', { email: maybe(email), phone_number: maybe(phone) })),
                  }),
                  oneIdentifier,
                ),
              ),
            }),
          ),
        }),
      ),
    }),
  ),
});
