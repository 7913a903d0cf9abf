import { auth0 } from '@/lib/auth0'

export const proxy = (request) => auth0.middleware(request)
