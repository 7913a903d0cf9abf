// For a program that is started with `--require`: every https address is where the stand-ins of the providers have it, below
// LANDFALL_STAND_INS.
const https = require('node:https')
const { request } = require('node:http')
const { syncBuiltinESMExports } = require('node:module')

https.request = ({ host, pathname, search }, init, answered) =>
  request(`${process.env.LANDFALL_STAND_INS}/${host}${pathname}${search}`, init, answered)
syncBuiltinESMExports()
