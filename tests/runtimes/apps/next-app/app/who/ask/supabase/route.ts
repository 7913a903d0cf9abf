import { getUser } from 'landfall/next'
import { supabase } from '../../../../lib/supabase'

export const GET = async () => Response.json(await getUser(supabase))
