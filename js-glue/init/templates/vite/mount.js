import { completeSignIn } from 'SIGN_IN_MODULE'

const error = await completeSignIn()
if (error) console.error(error.code, error.message)
