'use server'
import { signIn as startSignIn } from 'landfall/next'
import { auth } from '../lib/auth'

export const signIn = async (form: FormData) =>
  startSignIn(auth, { provider: 'work', next: String(form.get('next')) })
