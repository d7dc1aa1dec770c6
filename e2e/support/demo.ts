/** Keys of the local demo, and the private one that must show nowhere. */
export const WRITE_KEY = 'wk_demo';
export const SECRET_KEY = 'sk_demo';
export const OPERATOR_TOKEN = 'op_demo';
export const KLAVIYO_KEY = 'pk_emulator_demo';
export const LIST_ID = 'DEMO01';

/** Every address of these tests is there, so that one search finds them all. */
export const MAIL_DOMAIN = '@e2e.example';
