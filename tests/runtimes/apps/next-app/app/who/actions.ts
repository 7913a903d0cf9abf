'use server'
import { getUser } from 'landfall/next'
import { redirect } from 'next/navigation'
import { auth } from '../../lib/auth'
import { supabase } from '../../lib/supabase'

const answer = (user: { provider: string | null } | null) => redirect(`/?who=${user?.provider ?? 'nobody'}`)

export const askOwn = async () => answer(await getUser(auth))
export const askSupabase = async () => answer(await getUser(supabase))
