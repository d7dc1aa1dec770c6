import { maybe, object, optional, required } from './object.ts';
import { literal, string } from './scalars.ts';

const enablement = literal('AUTHORIZED', 'DENIED', 'NOT_DETERMINED', 'PROVISIONAL', 'UNAUTHORIZED');
const background = literal('AVAILABLE', 'DENIED', 'RESTRICTED');
const sdk = literal('android', 'flutter', 'flutter_community', 'react_native', 'swift');
const system = literal('android', 'ios', 'ipados', 'macos', 'tvos');
const environment = literal('debug', 'release');

const device = object('device_metadata', {
  device_id: maybe(string),
  klaviyo_sdk: maybe(sdk),
  sdk_version: maybe(string),
  device_model: maybe(string),
  os_name: maybe(system),
  os_version: maybe(string),
  manufacturer: maybe(string),
  app_name: maybe(string),
  app_version: maybe(string),
  app_build: maybe(string),
  app_id: maybe(string),
  environment: maybe(environment),
});

/** A token of a subscription; its device is described and otherwise without effect. */
export const pushToken = object('push-token', {
  token: required(string),
  platform: required(literal('android', 'ios')),
  vendor: required(literal('apns', 'fcm')),
  enablement_status: maybe(enablement),
  background: maybe(background),
  device_metadata: optional(device),
});
