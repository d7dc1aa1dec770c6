/** Ours: people whose chains one page of a verification recomputes. */
export const VERIFY_PAGE_SUBJECTS = 100;

/** Ours: what Klaviyo shows as the source of a subscription that came through the proxy. Reading it back tells ours apart. */
export const CUSTOM_SOURCE = 'Sluice';
