/** The address without the part that tells a household apart: evidence of where from, not of who. */
export function truncateIp(ip: string): string {
  if (ip.includes(':')) {
    // What "::" leaves out are zeros, and what follows it is the part to drop.
    const [head = ''] = ip.split('::', 1);
    return `${head.split(':').slice(0, 3).join(':')}::`;
  }
  return ip.replace(/\.\d+$/, '.0');
}
