// A certificate of its own, that nobody trusts who is not told to.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Writes key.pem and certificate.pem. @param {string} folder @param {string} name such as `DNS:app.example` or `IP:127.0.0.1` */
export const makeCertificate = (folder, name) => {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc']
  const names = ['-subj', `/CN=${name.replace(/^\w+:/, '')}`, '-addext', `subjectAltName=${name}`]
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'certificate.pem')]
  return promisify(execFile)('openssl', ['req', '-x509', ...key, ...names, ...files, '-days', '2'])
}
