import { index, type RouteConfig, route } from '@react-router/dev/routes'

export default [
  index('routes/home.tsx'),
  route('account', 'routes/account.tsx'),
  route('auth/sign-in', 'routes/auth.sign-in.tsx'),
  route('auth/callback', 'routes/auth.callback.tsx'),
  route('auth/sign-out', 'routes/auth.sign-out.tsx'),
  route('auth/auth-code-error', 'routes/auth.auth-code-error.tsx'),
] satisfies RouteConfig
