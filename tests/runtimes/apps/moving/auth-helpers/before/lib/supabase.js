import { createRouteHandlerClient } from '@supabase/auth-helpers-nextjs'
import { cookies } from 'next/headers'

const { SUPABASE_URL, SUPABASE_ANON_KEY } = process.env

export const createClient = () =>
  createRouteHandlerClient({ cookies }, { supabaseUrl: SUPABASE_URL, supabaseKey: SUPABASE_ANON_KEY })
