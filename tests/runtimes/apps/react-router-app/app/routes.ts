import { index, type RouteConfig, route } from '@react-router/dev/routes'

export default [
  index('routes/home.tsx'),
  route('not-set', 'routes/not-set.ts'),
  route('auth/*', 'routes/auth.ts'),
  route('loader/*', 'routes/loader.ts'),
] satisfies RouteConfig
