// `npx landfall init`: the providers that a person names, the variables that a project has, the routes that it has.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { PROVIDERS } from '../../dist/generated/providers.js'
import { createAuth } from '../../dist/index.js'
import { readProviders } from '../../tools/providers.mjs'
import { init, makeProject, manifest, SKELETONS } from './support/init.mjs'

const NEXT = SKELETONS['Next.js'].files
const withSupabase = { ...NEXT, 'package.json': manifest({ next: '16', '@supabase/supabase-js': '2' }) }
const read = (root, path) => readFileSync(join(root, path), 'utf8')

test('every provider of the table: createAuth takes what is written, and names the same variables', async (t) => {
  assert.equal(PROVIDERS.length, readProviders().length)
  const names = PROVIDERS.map((row) => row.names[0])
  const root = makeProject(t, NEXT)
  const args = names.flatMap((name) => ['--provider', name])
  const { code, stdout } = await init(root, '--yes', ...args)
  assert.equal(code, 0)
  const text = read(root, 'lib/auth.js')
    .replace(/^import .*$/m, '')
    .replace('export const auth =', 'return')
  const auth = new Function('createAuth', 'process', text)(createAuth, { env: {} })
  const wanted = auth.check().map(({ variable }) => variable)
  const example = read(root, '.env.example').match(/^\w+(?==)/gm)
  assert.deepEqual(wanted.sort(), example.sort())
  for (const {
    names: [name],
    title,
    steps,
  } of PROVIDERS) {
    assert.ok(stdout.includes(`Register the app at ${title}. The redirect URI is `), title)
    assert.ok(stdout.includes(`/auth/callback/${name}\n`) && stdout.includes(steps[0]), title)
  }
  assert.doesNotMatch(stdout.slice(stdout.indexOf('To do:')), /\]\(|`/)
})

test('Apple: four settings, and no address of this machine', async (t) => {
  const { stdout } = await init(makeProject(t, NEXT), '--dry-run', '--provider', 'apple')
  assert.match(
    stdout,
    /Register the app at Apple\. The redirect URI is https:\/\/<your domain>\/auth\/callback\/apple\n/,
  )
  assert.match(stdout, /Apple takes neither localhost nor http/)
  assert.doesNotMatch(stdout, /localhost:3000\/auth\/callback/)
  for (const name of ['CLIENT_ID', 'TEAM_ID', 'KEY_ID', 'PRIVATE_KEY'])
    assert.match(stdout, new RegExp(`APPLE_${name}=\n`))
})

test('a mistake in the command: 2, and what the person may mean', async (t) => {
  const root = makeProject(t, NEXT)
  for (const [args, message] of [
    [['--provider', 'githb'], /githb is no provider .*: is it github\?/],
    [['--provider', 'gitHub'], /is it github\?/],
    [['--provider', 'googel'], /is it google\?/],
    [['--provider', 'x'.repeat(100_000)], /, authentik, logto, ghes\n/],
    [['--provider', ''], /It knows google, /],
    [['--provider', '__proto__'], /It knows google, /],
    [['--provider'], /--provider is no option, or its value is missing/],
    [['--provider', 'slack', '--provider', 'slack_oidc'], /are one provider/],
    [['--provider', 'auth0', '--supabase'], /Supabase Auth has no provider Auth0: use --direct/],
    [['--provider', 'linkedin_oidc'], /without Supabase, linkedin_oidc is called linkedin/],
    [['--supabase', '--direct'], /give --supabase or --direct/],
    [['--force'], /--force is no option/],
    [['other'], /give only one folder, not also other/],
    [['-y'], /-y is no option/],
  ]) {
    const { code, stdout, stderr } = await init(root, ...args)
    assert.deepEqual([code, stdout], [2, ''], args.join(' '))
    assert.match(stderr, message)
    assert.match(stderr, /\n\nnpx landfall init \[folder\] \[options\]\n/)
  }
  const empty = await init('')
  assert.deepEqual([empty.code, empty.stdout], [2, ''])
})

test('through Supabase a provider has the name that Supabase gives it, and its page says where the client goes', async (t) => {
  for (const [name, wanted] of [
    ['linkedin', 'linkedin_oidc'],
    ['slack', 'slack_oidc'],
    ['microsoft', 'azure'],
    ['x', 'x'],
    ['github', 'github'],
  ]) {
    const { stdout, code } = await init(makeProject(t, withSupabase), '--dry-run', '--provider', name)
    assert.equal(code, 0)
    assert.match(stdout, new RegExp(`sign-in\\?provider=${wanted}"`))
    assert.match(stdout, /Sign In \/ Providers → /)
    assert.doesNotMatch(stdout, /CLIENT_ID|AUTH_SECRET/)
  }
})

test('the command overrules the guess', async (t) => {
  const [direct, supabase] = [
    await init(makeProject(t, withSupabase), '--dry-run', '--direct'),
    await init(makeProject(t, NEXT), '--dry-run', '--supabase'),
  ]
  assert.match(direct.stdout, /^Next\.js 16, JavaScript, without Supabase\n[\s\S]*BITBUCKET_CLIENT_ID=/)
  assert.match(
    supabase.stdout,
    /^Next\.js 16\.4\.3, JavaScript, through Supabase Auth\n[\s\S]*SUPABASE_ANON_KEY=/,
  )
})

test('variables keep the names that the project has; no value is shown', async (t) => {
  const secret = 'https://hush.supabase.co'
  const kit = (version) => manifest({ '@sveltejs/kit': version, '@supabase/ssr': '0.12' })
  const env = (prefix, key) => `# x\n${prefix}SUPABASE_URL=${secret}\n export ${prefix}${key}="hush"\n`
  for (const [files, path, wanted] of [
    [
      { ...withSupabase, '.env.local': env('NEXT_PUBLIC_', 'SUPABASE_PUBLISHABLE_KEY') },
      'lib/auth.js',
      /url: process\.env\.NEXT_PUBLIC_SUPABASE_URL, key: process\.env\.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY/,
    ],
    [
      { 'package.json': kit('2.63.0'), 'src/app.html': '', '.env': env('PUBLIC_', 'SUPABASE_ANON_KEY') },
      'src/lib/server/auth.js',
      /url: publicEnv\.PUBLIC_SUPABASE_URL, key: publicEnv\.PUBLIC_SUPABASE_ANON_KEY/,
    ],
    [
      { 'package.json': kit('3.2.0'), 'src/app.html': '', '.env': env('PUBLIC_', 'SUPABASE_ANON_KEY') },
      'src/env.js',
      / {2}PUBLIC_SUPABASE_URL: \{ schema, public: true \},\n/,
    ],
  ]) {
    const root = makeProject(t, files)
    const { code, stdout } = await init(root, '--yes')
    assert.equal(code, 0)
    assert.match(read(root, path), wanted)
    assert.ok(!stdout.includes('hush') && !read(root, '.env.example').includes('hush'))
  }
  const files = {
    'package.json': kit('2.63.0'),
    'src/app.html': '',
    '.env': env('PUBLIC_', 'SUPABASE_ANON_KEY'),
  }
  const direct = await init(makeProject(t, files), '--dry-run', '--direct')
  assert.deepEqual([direct.code, direct.stderr], [0, ''])
  assert.match(direct.stdout, / {4}export const auth = createAuth/)
  assert.doesNotMatch(direct.stdout, /SUPABASE|publicEnv/)
  const other = {
    ...withSupabase,
    'env.txt': env('NEXT_PUBLIC_', 'OTHER'),
    '.envrc': env('NEXT_PUBLIC_', 'OTHER'),
  }
  const found = await init(makeProject(t, other), '--dry-run')
  assert.match(found.stdout, /process\.env\.SUPABASE_URL/)
})

test('routes that are there: who answers first, and a second catch-all is not written', async (t) => {
  const next = await init(
    makeProject(t, { ...withSupabase, 'app/(site)/auth/callback/route.ts': '', 'app/auth/page.tsx': '' }),
    '--dry-run',
  )
  assert.match(
    next.stdout,
    /Next\.js answers \/auth\/callback with app\/\(site\)\/auth\/callback\/route\.ts, so Landfall/,
  )
  assert.doesNotMatch(next.stdout, /auth\/page\.tsx/)
  const kit = { 'package.json': manifest({ '@sveltejs/kit': '2' }), 'src/routes/auth/confirm/+server.ts': '' }
  const { stdout } = await init(makeProject(t, kit), '--dry-run')
  assert.match(
    stdout,
    /Landfall answers \/auth\/confirm before src\/routes\/auth\/confirm\/\+server\.ts does: delete the file\.\n/,
  )
  const taken = { ...NEXT, 'app/auth/[...nextauth]/route.js': '// other' }
  const root = makeProject(t, taken)
  const second = await init(root, '--yes')
  assert.equal(second.code, 0)
  assert.match(second.stdout, /! app\/auth\/\[\.\.\.nextauth\]\/route\.js is there, and stays as it is\./)
  assert.doesNotMatch(second.stdout, /\+ app\/auth/)
  assert.equal(read(root, 'app/auth/[...nextauth]/route.js'), '// other')
})

test('the command that adds packages is that of the project; what it has is not added', async (t) => {
  const add = async (files) => (await init(makeProject(t, files), '--dry-run')).stdout
  for (const [file, command] of [
    ['pnpm-lock.yaml', 'pnpm add landfall'],
    ['yarn.lock', 'yarn add landfall'],
    ['bun.lock', 'bun add landfall'],
    ['package-lock.json', 'npm install landfall'],
  ])
    assert.match(await add({ ...NEXT, [file]: '' }), new RegExp(`\n {4}${command}\n`))
  assert.doesNotMatch(
    await add({ ...NEXT, 'package.json': manifest({ next: '16', landfall: '0.1.0' }) }),
    /Add the package/,
  )
})
