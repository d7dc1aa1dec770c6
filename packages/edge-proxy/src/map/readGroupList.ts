import { type GroupMessage, isJsonObject, MAX_LIST_ID_LENGTH } from '@sluice/shared';

/** True when a group message says that its group is a Klaviyo list: `context: { klaviyo: { list: true } }`. Never guessed. */
export function namesList({ context }: GroupMessage): boolean {
  return isJsonObject(context?.klaviyo) && context.klaviyo.list === true;
}

/** A list's id as Klaviyo writes them: letters and digits. Anything else in an address would be another address. */
const LIST_ID = /^[a-z0-9_-]+$/i;

/** The Klaviyo list that a group message names as one, when it can be a list's id. */
export function readGroupList(message: GroupMessage): string | undefined {
  const { groupId } = message;
  if (!namesList(message) || !groupId || groupId.length > MAX_LIST_ID_LENGTH) return undefined;
  return LIST_ID.test(groupId) ? groupId : undefined;
}
