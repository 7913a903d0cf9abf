/** A signature that nobody has verified yet, for the option `verify`. */
export type UnverifiedSignature = {
  /** The algorithm (RFC 7518 3.1, RFC 8037 3.1). */
  alg: 'RS256' | 'RS384' | 'RS512' | 'PS256' | 'PS384' | 'PS512' | 'ES256' | 'ES384' | 'ES512' | 'EdDSA'
  /** The public key, as a JSON Web Key without its other members. */
  jwk: { kty: string; crv?: string; n?: string; e?: string; x?: string; y?: string }
  /** The same key, as SubjectPublicKeyInfo in DER. */
  spki: Uint8Array
  /** The signature, as JOSE has it: of ES… the numbers r and s, each of full length. */
  signature: Uint8Array
  /** Of ES… the same signature in DER; null otherwise. */
  signatureDer: Uint8Array | null
  /** The bytes that are signed. */
  data: Uint8Array
}

/** The option `verify`. */
export type Verify = (asked: UnverifiedSignature) => boolean | Promise<boolean>
