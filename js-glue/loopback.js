/**
 * Whether a host is this machine: localhost, *.localhost (RFC 6761 6.3), 127.0.0.0/8, also as an IPv4-mapped IPv6
 * address, or [::1]. The core's is_loopback, for addresses that never reach the core.
 * @param {string} hostname as URL spells it
 */
export const isLoopback = (hostname) =>
  /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\]|\[::ffff:7f[\da-f]{2}:[\da-f]{1,4}\])$/.test(hostname)
