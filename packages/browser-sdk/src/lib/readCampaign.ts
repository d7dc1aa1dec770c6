/** The utm_ parameters under Segment's names (utm_campaign is `name`) and click ids, or undefined without any. */
export function readCampaign(search: URLSearchParams): Record<string, string> | undefined {
  let campaign: Record<string, string> | undefined;
  search.forEach((value, name) => {
    if (/^utm_|clk?id$|braid$/.test(name))
      campaign = { ...campaign, [name.replace('utm_campaign', 'name').replace('utm_', '')]: value };
  });
  return campaign;
}
