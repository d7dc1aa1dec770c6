/** What is wrong with a Klaviyo key and list, in plain words; undefined when nothing is. */
export async function checkKlaviyo(
  { apiKey, listId }: { apiKey: string; listId: string | null },
  { baseUrl, revision }: { baseUrl: string; revision: string },
): Promise<string | undefined> {
  // A key without the scope answers 403 and is valid all the same; only 401 says that it is not one.
  const path = listId === null ? '/api/accounts' : `/api/lists/${encodeURIComponent(listId)}`;
  const headers = { authorization: `Klaviyo-API-Key ${apiKey}`, revision, accept: 'application/vnd.api+json' };
  const response = await fetch(`${baseUrl}${path}`, { headers, signal: AbortSignal.timeout(10_000) }).catch(
    () => undefined,
  );
  if (!response) return `Klaviyo does not answer at ${baseUrl}: is this machine online?`;
  if (response.status === 401)
    return 'Klaviyo does not accept KLAVIYO_API_KEY. It must be a private key (pk_…) of your account.';
  if (response.status === 404)
    return `Klaviyo has no list ${listId}. KLAVIYO_LIST_ID is the id in the address of the list's page.`;
  return undefined;
}
