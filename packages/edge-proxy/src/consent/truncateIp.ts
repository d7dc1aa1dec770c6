/** The address without the part that tells a household apart: evidence of where from, not of who. */
export function truncateIp(ip: string): string {
  if (ip.includes(':')) return `${ip.split(':').slice(0, 3).join(':')}::`;
  return ip.replace(/\.\d+$/, '.0');
}
