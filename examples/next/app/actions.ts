'use server'
import { signIn as startSignIn } from 'landfall/next'
import { auth } from '@/lib/auth'

/** Starts a sign-in from a form. A link to /auth/sign-in does the same: use an action only if the form does more. */
export const signIn = async () => startSignIn(auth, { provider: 'bitbucket', next: '/account' })
