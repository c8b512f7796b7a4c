// Where a request comes from, as it is counted: one IPv6 customer has a whole /64, and would otherwise guess from each address.
import { isIPv6 } from 'node:net'

const NETWORK_GROUPS = 4

/** IPv4 as it is, IPv4 in IPv6 as IPv4, IPv6 as its /64. */
export function placeOf(address: string): string {
  const [bare = ''] = address.replace(/^::ffff:(?=\d+\.)/i, '').split('%')
  if (!isIPv6(bare)) return bare
  const [head = '', tail] = bare.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  // a.b.c.d at the end stands for two groups
  const length = [...before, ...after].reduce((n, group) => n + (group.includes('.') ? 2 : 1), 0)
  const gap = tail === undefined ? [] : Array.from({ length: 8 - length }, () => '0')
  const network = [...before, ...gap, ...after].slice(0, NETWORK_GROUPS)
  return `${network.map((group) => group.toLowerCase().replace(/^0+(?=.)/, '')).join(':')}::`
}
