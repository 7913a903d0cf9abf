import { betterAuth } from 'better-auth'
import { database } from '@/database'

const { GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET } = process.env

export const auth = betterAuth({
  baseURL: process.env.APP_ORIGIN,
  secret: process.env.AUTH_SECRET,
  database,
  socialProviders: { github: { clientId: GITHUB_CLIENT_ID, clientSecret: GITHUB_CLIENT_SECRET } },
})
