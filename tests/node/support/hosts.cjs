// In place of a hosts file, for a program that is started with `--require`: every name under .example is this machine.
const dns = require('node:dns')

const { lookup } = dns
dns.lookup = (name, ...rest) => lookup(name.endsWith('.example') ? '127.0.0.1' : name, ...rest)
