/** Whether the browser itself refuses tracking (https://www.w3.org/TR/gpc/). The SDK takes its word over any choice made here. */
export function hasPrivacyControl() {
  return /** @type {{ globalPrivacyControl?: boolean }} */ (navigator).globalPrivacyControl === true;
}
