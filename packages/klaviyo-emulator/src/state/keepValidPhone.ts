import { isPhoneNumber } from '../validate/phone.ts';
import type { ProfileAttributes } from '../wire.ts';

/** Guide: beside a valid e-mail an invalid phone number of an event is ignored, not refused. */
export function keepValidPhone(attributes: ProfileAttributes): ProfileAttributes {
  if (!attributes.phone_number || isPhoneNumber(attributes.phone_number)) return attributes;
  const { phone_number: _ignored, ...rest } = attributes;
  return rest;
}
