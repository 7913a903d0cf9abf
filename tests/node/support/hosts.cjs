// In place of a hosts file, for a program that is started with `--require`: every name under .example is this machine, and
// Bitbucket does not exist.
const dns = require('node:dns')

const { lookup } = dns
dns.lookup = (name, ...rest) => {
  if (name !== 'bitbucket.org') return lookup(name.endsWith('.example') ? '127.0.0.1' : name, ...rest)
  process.nextTick(rest.at(-1), Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }))
}
